import Core
import Raster

/// What a safetensors file says of its arrays before their numbers begin.
///
///     {"prob": {"dtype": "F32", "shape": [3, 112, 128], "data_offsets": [0, 172032]}, "__metadata__": {…}}
///
/// The format: README of safetensors, "Format". Eight bytes say how long the header is, least significant
/// first; then come the header, which blanks may follow, and the numbers.
struct SafetensorsHeader {
  /// In the order of the header.
  var entries: [SafetensorsEntry] = []
  /// The byte of the file where the numbers begin.
  var length: Int

  /// Whether bytes begin as such a file: with a length that a file can have, and a bracket.
  static func begins(_ bytes: Bytes) -> Bool {
    guard bytes.count > 8, let length: UInt64 = bytes.littleEndian(at: 0) else { return false }
    return length < 1 << 40 && bytes.array(8..<9) == [UInt8(ascii: "{")]
  }

  init(reading bytes: Bytes) throws(Problem) {
    guard Self.begins(bytes), let size: UInt64 = bytes.littleEndian(at: 0) else {
      throw .safetensors(0, "does not begin as a safetensors file does")
    }
    guard size <= Limits.safetensorsHeaderBytes.most else {
      throw .atByte(
        0, "the header is \(size) bytes long; the limit is \(Limits.safetensorsHeaderBytes.most)",
        remedy: "save fewer arrays in a file, or shorter metadata")
    }
    length = 8 + Int(size)
    guard length <= bytes.count else {
      throw .atByte(
        bytes.count,
        "the file is truncated or still being written: its header is \(size) bytes long, but only \(bytes.count - 8) are there",
        remedy: "wait until it is written, or write it again")
    }
    do throws(Problem) {
      entries = try JSONReader.read(Bytes(bytes.array(8..<length)), file: "") {
        (reader) throws(Problem) in try SafetensorsHeader.entries(from: &reader)
      }
    } catch {
      throw error.movedBehindLength
    }
    try expectCovered(bytes.count - length)
  }

  private static func entries(
    from reader: inout JSONReader
  ) throws(Problem) -> [SafetensorsEntry] {
    // Two names that differ in nothing but the form of their Unicode are one to a person.
    var names: Set<String> = []
    var entries: [SafetensorsEntry] = []
    try reader.object { reader, name throws(Problem) in
      guard names.insert(name).inserted else {
        throw Problem(
          "the header names '\(printable(name, most: 100))' twice", remedy: Problem.writeAgain)
      }
      if name == "__metadata__" {
        try reader.object { reader, _ throws(Problem) in _ = try reader.string() }
      } else {
        entries.append(try SafetensorsEntry(called: name, from: &reader))
      }
    }
    try reader.expectEnd()
    return entries
  }

  /// The numbers of one array follow those of another until the end of the file, without a gap.
  private func expectCovered(_ size: Int) throws(Problem) {
    var end = 0
    for entry in entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start == end else {
        throw .safetensors(
          8,
          entry.start < end
            ? "\(entry.words) overlaps another array"
            : "\(entry.words) does not follow another: \(entry.start - end) bytes before it belong to none"
        )
      }
      end = entry.end
    }
    guard size >= end else {
      throw .atByte(
        length + size,
        "the file is truncated or still being written: its header says \(end) bytes of numbers, but \(size) follow it",
        remedy: "wait until it is written, or write it again")
    }
    guard size == end else {
      throw .safetensors(length + end, "\(size - end) bytes are left over behind the last array")
    }
  }
}

/// One array: the bytes of its numbers are counted from the end of the header.
struct SafetensorsEntry {
  var name: String
  var type: SafetensorsType
  var shape: [Int]
  var start: Int
  var end: Int

  var words: String { "array '\(printable(name, most: 100))'" }

  fileprivate init(called name: String, from reader: inout JSONReader) throws(Problem) {
    var type: SafetensorsType?
    var shape: [Int]?
    var offsets: [Int]?
    var keys: Set<String> = []
    func wrong(_ what: String) -> Problem {
      Problem("array '\(printable(name, most: 100))' \(what)", remedy: Problem.writeAgain)
    }
    func lengths(_ reader: inout JSONReader) throws(Problem) -> [Int] {
      var lengths: [Int] = []
      try reader.list { reader throws(Problem) in
        let number = try reader.whole()
        guard number >= 0 else { throw wrong("has the negative number \(number)") }
        lengths.append(Int(number))
      }
      return lengths
    }
    try reader.object { reader, key throws(Problem) in
      guard keys.insert(key).inserted else { throw wrong("has two '\(printable(key, most: 100))'") }
      switch key {
      case "dtype":
        let word = try reader.string()
        type = SafetensorsType(word)
        if type == nil { throw wrong("has the unknown dtype '\(printable(word, most: 100))'") }
      case "shape": shape = try lengths(&reader)
      case "data_offsets": offsets = try lengths(&reader)
      default: try reader.skip()
      }
    }
    guard let type, let shape, let offsets else {
      throw wrong("has no \(type == nil ? "dtype" : shape == nil ? "shape" : "data_offsets")")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw wrong("has data_offsets that are no start and end")
    }
    var bits = type.bits
    for length in shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: length)
      guard !overflow else { throw wrong("claims more numbers than any memory holds") }
      bits = product
    }
    let size = offsets[1] - offsets[0]
    guard bits % 8 == 0, bits / 8 == size else {
      throw wrong(
        "is \(list(shape)) of \(type.name) = \(bits / 8) bytes, but its data_offsets hold \(size)")
    }
    self.name = name
    self.type = type
    self.shape = shape
    (start, end) = (offsets[0], offsets[1])
  }
}

/// `shape` as JSON writes it; what is longer than any array's is cut.
private func list(_ shape: [Int]) -> String {
  let shown = shape.prefix(8).map(String.init).joined(separator: ", ")
  return "[\(shown)\(shape.count > 8 ? ", …" : "")]"
}

extension Problem {
  fileprivate static let writeAgain =
    "the file is damaged or not from safetensors; write it again"

  static func safetensors(_ byte: Int, _ what: String) -> Problem {
    .atByte(byte, what, remedy: writeAgain)
  }

  /// A byte of the header as one of the file.
  fileprivate var movedBehindLength: Problem {
    var problem = self
    if case .byte(let byte, let file)? = place { problem.place = .byte(byte + 8, file: file) }
    return problem
  }
}
