import Core
import Raster

/// The fields of a ZIP record, one after the other, least significant byte first.
struct ZIPFields {
  private let bytes: Bytes
  private let end: Int
  /// The byte that comes next.
  private(set) var place: Int

  init(_ bytes: Bytes, in range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { place == end }

  mutating func two() throws(Problem) -> Int { try number(UInt16.self) }
  mutating func four() throws(Problem) -> Int { try number(UInt32.self) }
  mutating func eight() throws(Problem) -> Int { try number(UInt64.self) }

  mutating func bytes(_ count: Int) throws(Problem) -> [UInt8] {
    let start = place
    try skip(count)
    return bytes.array(start..<place)
  }

  mutating func skip(_ count: Int) throws(Problem) {
    guard count <= end - place else { throw .damagedArchive(place, "a record is cut off") }
    place += count
  }

  mutating func signature(_ signature: Int, of record: String) throws(Problem) {
    let start = place
    guard try four() == signature else { throw .damagedArchive(start, "no \(record) is here") }
  }

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type
  ) throws(Problem) -> Int {
    let start = place
    try skip(MemoryLayout<Number>.size)
    guard let number: Number = bytes.littleEndian(at: start), let value = Int(exactly: number)
    else { throw .damagedArchive(start, "a size is more than any file has") }
    return value
  }
}

extension ZIPFields {
  /// Skips the extra fields (4.5.1), and returns the one with what needs more than 32 bits.
  mutating func wideNumbers(in count: Int) throws(Problem) -> WideNumbers {
    let start = place
    try skip(count)
    var extra = ZIPFields(bytes, in: start..<place)
    // Tools pad this block with what is no field, so its end is not an error.
    while extra.end - extra.place >= 4 {
      let kind = try extra.two()
      let size = try extra.two()
      guard size <= extra.end - extra.place else { break }
      let field = extra.place
      if kind == 0x0001 { return WideNumbers(ZIPFields(bytes, in: field..<field + size)) }
      try extra.skip(size)
    }
    return WideNumbers(ZIPFields(bytes, in: place..<place))
  }

  /// The extra field ZIP64 (4.5.3): only the numbers that are all ones in the record itself.
  struct WideNumbers {
    private var fields: ZIPFields
    fileprivate init(_ fields: ZIPFields) { self.fields = fields }

    mutating func eight(insteadOf narrow: Int) throws(Problem) -> Int {
      narrow == 0xffff_ffff ? try fields.eight() : narrow
    }

    mutating func four(insteadOf narrow: Int) throws(Problem) -> Int {
      narrow == 0xffff ? try fields.four() : narrow
    }
  }
}
