import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// NRRD headers: the numbers that one promises lie in the file, and every one of them can be read.
@main
enum FuzzNRRD: Fuzzing {
  static let longest = 1024

  static func read(_ input: [UInt8]) {
    let file = Bytes(input)
    let header = attempt { () throws(Problem) in try NRRDHeader(reading: file) }
    guard let header = header.value else { return }
    claim(header.length <= input.count, "the header is longer than its file")
    if let matrix = header.matrix {
      claim(matrix.count == 12, "an affine of \(matrix.count) numbers")
    }
    if let name = header.dataFile {
      claim(!name.isEmpty && !name.contains("/"), "numbers that do not lie beside the header")
    }
    let start = attempt { () throws(Problem) in try header.start(in: file) }
    guard let start = start.value, header.numbers.packing == .raw else { return }
    claim(start + header.numbers.size <= input.count, "the numbers leave the file")
    let array = header.numbers.array(in: file, at: start)
    claim(array.shape.count == header.numbers.sizes.count, "an axis is lost")
    claimIsReadable(array)
  }
}
