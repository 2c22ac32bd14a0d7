import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// TIFF files: what the directories promise of a page is what it has, every number of it can be read, and reading
/// it again gives the same.
@main
enum FuzzTIFF: Fuzzing {
  static let longest = 1024

  /// A short file may leave out all pixels of a large image.
  private static let pixelLimit = 1 << 14

  static func read(_ input: [UInt8]) {
    let bytes = Bytes(input)
    let opened = attempt { () throws(Problem) in try TIFFFile(reading: bytes, path: "") }
    guard let file = opened.value else { return }
    claim(TIFFFile.isTIFF(input), "read, but not recognised")
    let outline = file.outline
    claim(outline.shape[0] == file.pages && file.pages > 0, "another number of pages")
    guard file.width * file.height * file.samples <= pixelLimit else { return }
    for index in 0..<min(file.pages, 3) {
      func page() -> NumberArray? { attempt { () throws(Problem) in try file.page(index) }.value }
      guard let read = page() else { continue }
      claim(read.shape == Array(outline.shape.dropFirst()), "\(read.shape), not \(outline.shape)")
      claim(read.element == outline.element, "another type of numbers")
      claimIsReadable(read)
      guard let again = page() else { fatalError("cannot be read again") }
      claim(numbers(read) == numbers(again), "other numbers when read again")
    }
  }

  private static func numbers(_ array: NumberArray) -> [UInt64] {
    let samples = array.shape.count > 2 ? array.shape[2] : 1
    return (0..<min(samples, 4)).flatMap { sample in
      let plane = array.plane(
        rowAxis: 0, columnAxis: 1, at: Array([0, 0, sample].prefix(array.shape.count)))
      var numbers = [Double](repeating: 0, count: plane.pixels)
      var span = numbers.mutableSpan
      plane.load(0..<plane.pixels, into: &span)
      return numbers.map(\.bitPattern)
    }
  }
}
