import Core
import Raster

extension TIFFSource {
  /// Where the directories of the pages lie, which is at least one.
  ///
  /// Images of reduced resolution and masks belong to other pages (TIFF 6.0, section 8, NewSubfileType, bits 0 and
  /// 2), so they are none, unless there is nothing else. Trees of SubIFDs are not entered.
  func pageDirectories() throws(Problem) -> [Int] {
    var pages: [Int] = []
    var others: [Int] = []
    var seen: Set<Int> = []
    var length = 0
    var place = try firstDirectory()
    while place != 0 {
      guard seen.insert(place).inserted else {
        throw .damagedTIFF(place, "its directories lead in a circle")
      }
      guard seen.count <= Limits.tiffPages.most else {
        throw Problem(
          "has more than \(Limits.tiffPages.most) pages, which is the limit",
          remedy: "save it as several files")
      }
      let directory = try TIFFDirectory(self, at: place)
      // Directories that lie in each other would take longer to read than the file is long.
      length += directory.length
      guard length <= bytes.count + 8 else {
        throw .damagedTIFF(place, "its directories lie in one another")
      }
      if try directory.isPage { pages.append(place) } else { others.append(place) }
      place = directory.next
    }
    guard let first = pages.first ?? others.first else {
      throw .damagedTIFF(bytes.count, "it has no directory")
    }
    return pages.isEmpty ? [first] : pages
  }
}

extension TIFFDirectory {
  fileprivate var isPage: Bool {
    get throws(Problem) {
      if let type = try integer(.NewSubfileType) { return type & 0b101 == 0 }
      // The older tag (TIFF 6.0, section 8, SubfileType): 2 is a reduced resolution.
      return try integer(.SubfileType) != 2
    }
  }
}

// Two writers keep many images under one directory, one behind the other, and say so in the ImageDescription:
//
// * ImageJ, where a stack takes more than 4 GiB: "ImageJ=1.54f", and "images=N" in a line of its own (ij.io.FileInfo
//   and TiffDecoder)
// * tifffile with `truncate=True`: {"shape": [N, height, width], "truncated": true}

extension TIFFPage {
  /// How many images lie behind one another under this directory.
  func imagesInFirst(of directories: Int) throws(Problem) -> Int {
    guard directories == 1,
      let text = try directory.text(.ImageDescription, most: 4096),
      let count = imagesOfImageJ(text) ?? imagesOfTifffile(text), count > 1
    else { return 1 }
    guard count <= Limits.tiffPages.most else {
      throw Problem(
        "has \(count) pages; the limit is \(Limits.tiffPages.most)",
        remedy: "save it as several files")
    }
    // Programs that save one page of a stack may keep its description.
    guard let place = try placeInFile() else { return 1 }
    let there = (directory.source.bytes.count - place) / bytes
    guard there > 1 else { return 1 }
    guard there >= count else {
      throw .damagedTIFF(
        directory.source.bytes.count,
        "its description names \(count) images, and \(there) are there")
    }
    return count
  }

  private func imagesOfImageJ(_ text: String) -> Int? {
    guard text.hasPrefix("ImageJ=") else { return nil }
    return text.split(whereSeparator: \.isNewline).lazy
      .first { $0.hasPrefix("images=") }
      .flatMap { Int($0.dropFirst("images=".count)) }
  }

  private func imagesOfTifffile(_ text: String) -> Int? {
    guard text.hasPrefix("{\"shape\": ["), text.contains("\"truncated\": true"),
      let list = text.dropFirst("{\"shape\": [".count).split(separator: "]").first
    else { return nil }
    var numbers = 1
    for length in list.split(separator: ",") {
      guard let length = Int(length.drop { $0 == " " }), length > 0 else { return nil }
      let (product, overflow) = numbers.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      numbers = product
    }
    let (count, rest) = numbers.quotientAndRemainder(dividingBy: width * height * samples)
    return rest == 0 ? count : nil
  }
}
