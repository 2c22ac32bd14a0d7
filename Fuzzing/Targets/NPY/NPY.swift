import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// NPY files: every number that a header promises can be read, and a header that is written again says
/// the same.
@main
enum FuzzNPY: Fuzzing {
  static let longest = 512

  static func read(_ input: [UInt8]) {
    let file = Bytes(input)
    let array = attempt { () throws(Problem) in
      try NumberArray(readingNPY: file, in: 0..<file.count)
    }
    if let array = array.value {
      claimIsReadable(array)
      claimHeaderIsWritten(file)
    }
    claimFloatsAreWritten(input)
  }

  private static func claimHeaderIsWritten(_ file: Bytes) {
    func header(_ bytes: Bytes) -> NPYHeader? {
      attempt { () throws(Problem) in try NPYHeader(parsing: bytes, in: 0..<bytes.count) }.value
    }
    guard let read = header(file) else { fatalError("the header alone cannot be read") }
    let code =
      read.type.isRaw
      ? "V\(read.type.element.size)" : read.type.narrow == nil ? read.type.element.rawValue : "f1"
    let text = """
      {'descr': '\(read.type.isByteSwapped ? ">" : "<")\(code)', \
      'fortran_order': \(read.isFortranOrder ? "True" : "False"), 'shape': \(tuple(read.shape)), }
      """
    let start = NPYHeader.magic + [1, 0, UInt8(text.utf8.count & 255), UInt8(text.utf8.count >> 8)]
    var again = header(Bytes(start + text.utf8))
    again?.length = read.length
    claim(again == read, "\(read) is written as \(text), which is another header")
  }

  /// The input as numbers of a program.
  private static func claimFloatsAreWritten(_ input: [UInt8]) {
    let floats = stride(from: 0, to: input.count - 3, by: 4).map { start in
      Float(bitPattern: input[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) })
    }
    let file = Bytes(floats.npy(shape: [floats.count]))
    guard
      let array = attempt({ () throws(Problem) in
        try NumberArray(readingNPY: file, in: 0..<file.count)
      }).value
    else { fatalError("what was written cannot be read") }
    var numbers = [Float](repeating: 0, count: floats.count)
    var span = numbers.mutableSpan
    array.plane(rowAxis: 0, width: floats.count).load(0..<floats.count, into: &span)
    claim(
      numbers.map(\.bitPattern) == floats.map(\.bitPattern), "what was written is not what is read")
  }
}

extension NumberArray {
  /// A list as a plane of one row.
  fileprivate func plane(rowAxis: Int, width: Int) -> Plane {
    Plane(
      bytes: bytes, element: element, isByteSwapped: isByteSwapped, offset: offset,
      rowStride: 0, columnStride: strides[0], width: width, height: 1)
  }
}
