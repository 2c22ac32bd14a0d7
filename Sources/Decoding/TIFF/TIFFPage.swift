import Core
import Raster

/// What the directory of one page says, checked; where its pixels are is not looked at yet.
struct TIFFPage {
  let directory: TIFFDirectory
  let width: Int
  let height: Int
  let samples: Int
  let bits: Int
  let element: Plane.Element
  /// The number of PhotometricInterpretation.
  let photometric: Int
  /// What each sample is that the photometric interpretation does not name.
  let extraSamples: [Int]
  let compression: TIFFCompression
  let predictor: TIFFPredictor
  let isBitReversed: Bool
  let grid: TIFFGrid

  init(_ directory: TIFFDirectory) throws(Problem) {
    self.directory = directory
    func required(_ tag: TIFFTag) throws(Problem) -> Int {
      guard let number = try directory.integer(tag) else {
        throw .damagedTIFF(directory.place, "its directory does not say \(tag)")
      }
      return number
    }
    width = try required(.ImageWidth)
    height = try required(.ImageLength)
    samples = try directory.integer(.SamplesPerPixel) ?? 1
    try expectSize(width, height, samples: samples)
    if let depth = try directory.integer(.ImageDepth), depth > 1 {
      throw .unreadTIFF("holds a volume of \(depth) slices in one page")
    }
    compression = try TIFFCompression(directory.integer(.Compression) ?? 1)
    bits = try directory.same(.BitsPerSample, samples: samples) ?? 1
    element = try Plane.Element(
      bits: bits, format: directory.same(.SampleFormat, samples: samples) ?? 1)
    predictor = try TIFFPredictor(
      directory.integer(.Predictor) ?? 1, compression: compression, element: element, bits: bits)
    // Where it does not say, GDAL and tifffile take the numbers as they are, as with black at 0.
    photometric = try directory.integer(.PhotometricInterpretation) ?? 1
    extraSamples = try directory.integers(.ExtraSamples, most: samples) ?? []
    // Of what is compressed libtiff turns the compressed bytes, and so does everybody.
    isBitReversed = try directory.integer(.FillOrder) == 2
    grid = try TIFFGrid(
      directory, width: width, height: height, planes: planes(directory, samples: samples))
    try expectRoom()
  }

  /// Samples that lie beside each other for each pixel.
  var samplesTogether: Int { samples / grid.planes }

  /// Bytes of a row of a strip or tile; rows begin at a byte.
  var chunkRowBytes: Int { (grid.chunkWidth * samplesTogether * bits + 7) / 8 }

  /// Bytes of all pixels in memory.
  var bytes: Int { width * height * samples * element.size }

  private func expectRoom() throws(Problem) {
    let most = Limits.inflatedBytes.most
    // The tiles beside each other are unpacked together.
    let (tiles, overflow) = (grid.across + 1).multipliedReportingOverflow(
      by: chunkRowBytes * grid.chunkHeight)
    guard !overflow, max(bytes, grid.isTiled ? tiles : 0) <= most else {
      throw Problem(
        "a page of \(width) by \(height) pixels with \(samples) samples would take more than \(most) bytes of memory, which is the limit",
        remedy: "save fewer samples a pixel, or cut the image into smaller files")
    }
  }
}

private func expectSize(_ width: Int, _ height: Int, samples: Int) throws(Problem) {
  guard width > 0, height > 0 else {
    throw Problem("has \(width) by \(height) pixels", remedy: "write it again, with pixels")
  }
  let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
  guard !overflow, pixels <= Limits.pixels.most else {
    throw Problem(
      "has \(width) by \(height) pixels; the limit is \(Limits.pixels.most)",
      remedy: "cut it into smaller files: gdal_translate -srcwin 0 0 8192 8192 old.tif new.tif")
  }
  guard 1...Limits.classes.most ~= samples else {
    throw Problem(
      "has \(samples) samples a pixel; read are 1 to \(Limits.classes.most)",
      remedy: "write it again, with one sample a class")
  }
}

/// In how many planes the samples lie (TIFF 6.0, section 8, PlanarConfiguration).
private func planes(_ directory: TIFFDirectory, samples: Int) throws(Problem) -> Int {
  switch try directory.integer(.PlanarConfiguration) ?? 1 {
  case 1: return 1
  case 2: return samples
  case let other:
    throw .damagedTIFF(directory.place, "its PlanarConfiguration is \(other), and not 1 or 2")
  }
}

extension TIFFDirectory {
  /// The number that `tag` has for every sample. Some writers give it once for all of them.
  fileprivate func same(_ tag: TIFFTag, samples: Int) throws(Problem) -> Int? {
    guard let numbers = try integers(tag, most: samples), let first = numbers.first else {
      return nil
    }
    if let other = numbers.first(where: { $0 != first }) {
      throw Problem(
        "has samples of several kinds: \(tag) is \(first) and \(other)",
        remedy: "save each kind in a file of its own")
    }
    return first
  }
}

extension Plane.Element {
  /// As which numbers samples are kept: SampleFormat is 1 for whole numbers without a sign, 2 with one, 3 for
  /// floating point and 4 where nobody knows, which every reader takes for 1 (TIFF 6.0, section 19).
  fileprivate init(bits: Int, format: Int) throws(Problem) {
    switch (format, bits) {
    case (1, 1), (1, 2), (1, 4), (1, 8), (4, 8), (4, 1), (4, 2), (4, 4): self = .u1
    case (1, 16), (4, 16): self = .u2
    case (1, 32), (4, 32): self = .u4
    case (1, 64), (4, 64): self = .u8
    case (2, 8): self = .i1
    case (2, 16): self = .i2
    case (2, 32): self = .i4
    case (2, 64): self = .i8
    case (3, 16): self = .f2
    case (3, 32): self = .f4
    case (3, 64): self = .f8
    case (5, _), (6, _):
      throw Problem(
        "holds complex numbers", remedy: "save their real part: tifffile.imwrite(file, x.real)")
    default:
      let kind = [1: "whole numbers", 2: "whole numbers with a sign", 3: "floats"][format]
      throw .unreadTIFF(
        "holds \(kind ?? "numbers of the unknown SampleFormat \(format)") of \(bits) bits")
    }
  }
}
