import Core
import Raster

extension TIFFFile {
  /// What the samples stand for (TIFF 6.0, section 8, PhotometricInterpretation).
  ///
  /// It changes no number. With `whiteIsZero` Pillow 13.0.0 and OpenCV 5.0.0 return 255 - x for 8 bits and turn 1 bit
  /// round, but leave 16 bits as they are; Pillow also does where the tag is missing. tifffile 2026.3.3 and
  /// rasterio 1.4.4 return what is in the file, and so does this.
  package enum Photometric: Hashable, Sendable {
    case whiteIsZero
    case blackIsZero
    case rgb
    /// The colours of the numbers. 16 bits are cut to 8 by taking the upper ones, as Pillow and OpenCV do (GDAL
    /// divides by 257). Where no number is above 255 they have 8 bits already, as GDAL and OpenCV know them.
    case palette([PNGImage.RGB])
    case mask
  }
}

extension TIFFFile.Photometric {
  init(_ page: TIFFPage) throws(Problem) {
    switch page.photometric {
    case 0: self = .whiteIsZero
    case 1: self = .blackIsZero
    case 2:
      guard page.samples >= 3 else {
        throw .damagedTIFF(
          page.directory.place, "it is RGB, but has \(page.samples) samples a pixel")
      }
      self = .rgb
    case 3: self = .palette(try page.colors())
    case 4: self = .mask
    case let number:
      let name = names[number] ?? "the unknown PhotometricInterpretation \(number)"
      throw Problem(
        "holds colours as \(name); read are grey, RGB, palettes and masks",
        remedy: "save the labels or probabilities themselves, as a grey TIFF or as an array")
    }
  }
}

private let names = [
  5: "CMYK", 6: "YCbCr", 8: "CIE L*a*b*", 9: "ICC L*a*b*", 10: "ITU L*a*b*",
  32_803: "a colour filter array (raw)", 32_844: "SGI LogL", 32_845: "SGI LogLuv",
  34_892: "linear raw", 51_177: "depth", 52_527: "a photometric mask",
]

extension TIFFPage {
  /// All reds, then all greens, then all blues (TIFF 6.0, section 5, ColorMap).
  fileprivate func colors() throws(Problem) -> [PNGImage.RGB] {
    guard bits <= 16, !element.isFloat else {
      throw .damagedTIFF(directory.place, "a palette with numbers of \(bits) bits")
    }
    let count = 1 << bits
    guard let map = try directory.integers(.ColorMap, most: 3 * count), map.count == 3 * count
    else { throw .damagedTIFF(directory.place, "its palette is not there, or too short") }
    let isWide = map.contains { $0 > 255 }
    func byte(_ number: Int) -> UInt8 { UInt8(truncatingIfNeeded: isWide ? number >> 8 : number) }
    return (0..<count).map {
      PNGImage.RGB(
        red: byte(map[$0]), green: byte(map[count + $0]), blue: byte(map[2 * count + $0]))
    }
  }

  /// The first extra sample that is alpha, with colours multiplied by it (1) or not (2); TIFF 6.0, section 18.
  var alphaSample: Int? {
    guard let index = extraSamples.firstIndex(where: { $0 == 1 || $0 == 2 }) else { return nil }
    let sample = samples - extraSamples.count + index
    return sample < 0 ? nil : sample
  }
}
