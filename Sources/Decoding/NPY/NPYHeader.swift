import Core
import Raster

/// What an NPY file says about its numbers before they begin.
///
///     {'descr': '<f4', 'fortran_order': False, 'shape': (8, 112, 128, 5), }
///
/// A Python dictionary, but nothing is evaluated: only what `np.save` writes for numbers is
/// understood. The format: NumPy, `numpy.lib.format`, versions 1.0 to 3.0.
struct NPYHeader: Hashable {
  var type: NumberType
  var isFortranOrder: Bool
  var shape: [Int]
  /// Bytes from the start of the file to its first number.
  var length: Int

  /// Bytes that a header can have with what stands before it.
  static let mostBytes = Limits.headerBytes.most + 12

  static let magic = Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })
}

extension NPYHeader {
  /// Reads the header of the NPY file that lies at `file` in `bytes`.
  init(parsing bytes: Bytes, in file: Range<Int>) throws(Problem) {
    let dictionary = try Self.dictionary(of: bytes, in: file)
    var tokens = HeaderTokens(bytes.array(dictionary), at: dictionary.lowerBound)
    var type: NumberType?
    var isFortranOrder: Bool?
    var shape: [Int]?

    try tokens.take("{")
    while !tokens.takes("}") {
      let start = tokens.place
      let key = try tokens.string()
      try tokens.take(":")
      switch key {
      case "descr" where type == nil: type = try tokens.numberType()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try tokens.truth()
      case "shape" where shape == nil: shape = try tokens.shape()
      case "descr", "fortran_order", "shape":
        throw .header(start, "the header names '\(key)' twice")
      default: throw .header(start, "the header has the unknown key '\(printable(key, most: 100))'")
      }
      if !tokens.takes(",") {
        try tokens.take("}")
        break
      }
    }
    try tokens.end()

    func required<Value>(_ value: Value?, _ key: String) throws(Problem) -> Value {
      guard let value else {
        throw .header(dictionary.lowerBound, "the header does not say '\(key)'")
      }
      return value
    }
    self.type = try required(type, "descr")
    self.isFortranOrder = try required(isFortranOrder, "fortran_order")
    self.shape = try required(shape, "shape")
    self.length = dictionary.upperBound - file.lowerBound
  }

  /// Where the dictionary stands: after the magic, the version and the dictionary's own length.
  private static func dictionary(
    of bytes: Bytes, in file: Range<Int>
  ) throws(Problem) -> Range<Int> {
    let start = file.lowerBound
    let versionEnd = start + magic.count + 2
    let withinHeader = Problem.cut(file.upperBound, "it ends within its header")
    guard versionEnd <= file.upperBound else { throw withinHeader }
    guard bytes.array(start..<start + magic.count) == magic else {
      throw .header(start, "does not begin as an NPY file does")
    }
    let version = bytes.array(versionEnd - 2..<versionEnd)
    let countSize: Int
    switch (version[0], version[1]) {
    case (1, 0): countSize = 2
    case (2, 0), (3, 0): countSize = 4
    default:
      throw .header(
        versionEnd - 2, "is of NPY version \(version[0]).\(version[1]); known are 1.0, 2.0 and 3.0")
    }
    let headerStart = versionEnd + countSize
    guard headerStart <= file.upperBound else { throw withinHeader }
    let count = bytes.array(versionEnd..<headerStart).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Limits.headerBytes.most else {
      throw .header(
        versionEnd, "the header is \(count) bytes long; the limit is \(Limits.headerBytes.most)")
    }
    guard count <= file.upperBound - headerStart else {
      throw .cut(
        file.upperBound,
        "its header is \(count) bytes long, but only \(file.upperBound - headerStart) are there")
    }
    return headerStart..<headerStart + count
  }
}

extension NumberArray {
  /// The array of the NPY file that lies at `file` in `bytes`.
  init(readingNPY bytes: Bytes, in file: Range<Int>) throws(Problem) {
    try self.init(NPYHeader(parsing: bytes, in: file), of: bytes, in: file)
  }

  /// What `header` says of the file at `file`, whose numbers need not be in `bytes`.
  init(_ header: NPYHeader, of bytes: Bytes, in file: Range<Int>) throws(Problem) {
    let start = file.lowerBound + header.length

    // In the order of memory, the stride of an axis is the size of all that runs faster.
    var strides = header.shape
    var size = header.type.element.size
    let axes = header.shape.indices
    for axis in header.isFortranOrder ? Array(axes) : axes.reversed() {
      strides[axis] = size
      let (product, overflow) = size.multipliedReportingOverflow(by: header.shape[axis])
      guard !overflow else {
        throw .header(start, "the header claims more numbers than any memory holds")
      }
      size = product
    }

    let there = file.upperBound - start
    let claim = "\(tuple(header.shape)) of \(header.type.element) = \(size) bytes"
    guard there >= size else {
      throw .cut(file.upperBound, "its header says \(claim), but \(there) follow it")
    }
    guard there == size else {
      throw .atByte(
        start + size, "\(there - size) bytes are left over: the header says \(claim)",
        remedy: "save one array in a file; for several use np.savez")
    }
    self.init(
      bytes: bytes, element: header.type.element, isByteSwapped: header.type.isByteSwapped,
      shape: header.shape, strides: strides, offset: start, narrow: header.type.narrow,
      isRaw: header.type.isRaw)
  }
}

/// `shape` as Python writes it.
func tuple(_ shape: [Int]) -> String {
  "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
}

extension Problem {
  /// The file has too few bytes.
  fileprivate static func cut(_ byte: Int, _ how: String) -> Problem {
    .atByte(
      byte, "the file is truncated or still being written: \(how)",
      remedy: "wait until it is written, or write it again")
  }

  /// The header is not one that `np.save` writes for numbers.
  static func header(_ byte: Int, _ what: String) -> Problem {
    .atByte(byte, what, remedy: "the file is damaged or not from np.save; write it again")
  }
}
