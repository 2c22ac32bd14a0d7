internal import Core
internal import Raster

/// COCO's compressed counts, decoded (cocoapi, common/maskApi.c, rleToString and rleFrString).
///
/// Of each count five bits a character, the lowest first, from '0' on; 32 more where another character follows; the
/// highest bit of the last one is the sign. From the fourth count on the difference to the last count but one is written.
struct CountText {
  /// The characters, and behind them 64 or more that go on for ever.
  private var characters: [UInt8] = []
  private var count = 0
  private let place: Int

  /// - Parameter range: a text within JSON, where a backslash, which is a digit here, stands twice.
  /// - Throws: Problem: it holds another character; what goes on after "runs".
  init(_ range: Range<Int>, of bytes: ByteView) throws(Problem) {
    place = range.lowerBound
    characters.reserveCapacity(range.count + 2 * CountText.atOnce)
    var start = range.lowerBound
    while let escape = bytes.first(UInt8(ascii: "\\"), in: start..<range.upperBound) {
      bytes.append(start..<escape, to: &characters)
      let (character, end) = try CountText.escaped(at: escape, before: range.upperBound, of: bytes)
      characters.append(character)
      start = end
    }
    bytes.append(start..<range.upperBound, to: &characters)
    var worst: UInt8 = 0
    for character in characters { worst = max(worst, character &- 48) }
    guard worst < 64 else {
      let isLiteral = characters.starts(with: "b'".utf8)
      throw .atByte(
        place, "hold a character outside '0' … 'o', which no count has",
        remedy: isLiteral
          ? "they were written as str(bytes): write counts.decode(\"ascii\")"
          : "the text is damaged: write it again")
    }
    count = characters.count
    for _ in 0..<2 * CountText.atOnce { characters.append(48 + 32) }
  }

  /// `\\`, or a character by its number.
  private static func escaped(
    at start: Int, before end: Int, of bytes: ByteView
  ) throws(Problem) -> (UInt8, end: Int) {
    if start + 1 < end, bytes[start + 1] == UInt8(ascii: "\\") { return (bytes[start], start + 2) }
    if start + 6 <= end, bytes[start + 1] == UInt8(ascii: "u"),
      let number = bytes.text(start + 2..<start + 6).flatMap({ UInt8($0, radix: 16) })
    {
      return (number, start + 6)
    }
    throw .atByte(
      start, "hold an escape that no count has", remedy: "the text is damaged: write it again")
  }

  private static let atOnce = 64
}

extension CountText {
  /// - Throws: Problem: what goes on after "runs".
  func runs(pixels: Int) throws(Problem) -> [Run] {
    let numbers = try numbers()
    var sum = Sum()
    var runs = unsafe [Run](unsafeUninitializedCapacity: numbers.count / 2 + 1) { runs, found in
      sum = unsafe CountText.add(numbers, pixels: pixels, into: runs)
      found = sum.runs
    }
    guard !sum.isNegative else {
      throw .atByte(
        place, "have a negative length", remedy: "the text is damaged: write it again")
    }
    guard sum.end <= pixels else { throw .runs(from: place, areBeyond: pixels) }
    guard sum.end == pixels else { throw .runs(from: place, addUpTo: sum.end, of: pixels) }
    if sum.haveTouching { runs.joinTouching() }
    return runs
  }

  /// What is written. Where numbers end is found for 64 characters together: how long one is cannot be predicted, and a
  /// loop over its characters would often guess wrong.
  private func numbers() throws(Problem) -> [Int32] {
    var (start, longest) = (0, 0)
    let numbers = unsafe [Int32](unsafeUninitializedCapacity: count) { numbers, found in
      unsafe characters.withUnsafeBytes { characters in
        var block = 0
        while block < count {
          var ends: UInt64 = 0
          for word in 0..<8 {
            let eight = unsafe CountText.eight(characters, at: block &+ 8 &* word)
            let set = (~eight & CountText.highest) &>> 7
            ends |= ((set &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(8 &* word)
          }
          while ends != 0 {
            let length = block &+ ends.trailingZeroBitCount &+ 1 &- start
            ends &= ends &- 1
            unsafe numbers[found] = CountText.number(
              unsafe CountText.eight(characters, at: start), length: length)
            longest = max(longest, length)
            found &+= 1
            start &+= length
          }
          block &+= CountText.atOnce
        }
      }
    }
    guard start == count else {
      throw .atByte(place, "end within a number", remedy: "the text is damaged: write it again")
    }
    // Six have 30 bits, and no image has more than 2²⁸ pixels.
    guard longest <= 6 else {
      throw .atByte(
        place, "have a number of more than six characters",
        remedy: "the text is damaged: write it again")
    }
    return numbers
  }

  private struct Sum {
    /// How many runs there are.
    var runs = 0
    /// The pixel behind the last one.
    var end = 0
    /// Whether a run begins where another ends.
    var haveTouching = false
    var isNegative = false
  }

  /// Numbers are pixels that are not and that are in the mask, in turn; from the fourth on, how many more than before.
  private static func add(
    _ numbers: [Int32], pixels: Int, into runs: UnsafeMutableBufferPointer<Run>
  ) -> Sum {
    let numbers = numbers.span
    var sum = Sum()
    // Of the pixels that are not in the mask the first count is none to start from.
    var (out, inside, lowest) = (0, 0, 0)
    var index = 0
    while index < numbers.count, sum.end <= pixels, lowest >= 0 {
      out = Int(numbers[index]) &+ (index == 2 ? 0 : out)
      sum.haveTouching = sum.haveTouching || out == 0 && sum.runs > 0
      sum.end &+= out
      index &+= 1
      guard index < numbers.count else {
        lowest |= out
        break
      }
      inside &+= Int(numbers[index])
      unsafe runs[sum.runs].start = UInt32(truncatingIfNeeded: sum.end)
      unsafe runs[sum.runs].count = UInt32(truncatingIfNeeded: inside)
      sum.runs &+= inside == 0 ? 0 : 1
      sum.end &+= inside
      lowest |= out | inside
      index &+= 1
    }
    sum.isNegative = lowest < 0
    return sum
  }

  /// Eight characters, of each of which the highest bit then says whether another follows, and the lowest five are
  /// part of the number.
  @inline(__always)
  private static func eight(_ characters: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
    UInt64(littleEndian: unsafe characters.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      &+ 0x3030_3030_3030_3030
  }

  /// The number of the first `length` characters: pairs of digits are joined, then pairs of these.
  @inline(__always)
  private static func number(_ eight: UInt64, length: Int) -> Int32 {
    let others = 8 &- length
    var digits = (eight & 0x1f1f_1f1f_1f1f_1f1f) &<< UInt64(truncatingIfNeeded: 8 &* others)
    digits = digits & 0x001f_001f_001f_001f | (digits & 0x1f00_1f00_1f00_1f00) &>> 3
    digits = digits & 0x0000_03ff_0000_03ff | (digits & 0x03ff_0000_03ff_0000) &>> 6
    digits = digits & 0x0000_0000_000f_ffff | (digits & 0x000f_ffff_0000_0000) &>> 12
    // Now it lies at the upper end of 40 bits.
    return Int32(
      truncatingIfNeeded: Int(truncatingIfNeeded: digits &<< 24) &>> (24 &+ 5 &* others))
  }

  private static let highest: UInt64 = 0x8080_8080_8080_8080
}

extension [Run] {
  /// One run where several follow each other without a gap.
  fileprivate mutating func joinTouching() {
    var joined: [Run] = []
    for run in self {
      if let last = joined.last, last.start + last.count == run.start {
        joined[joined.count - 1].count += run.count
      } else {
        joined.append(run)
      }
    }
    self = joined
  }
}
