internal import Core
internal import Raster

// Numbers as digits: COCO's counts that are not compressed, and Kaggle's pairs. What is thrown goes on after "runs".

extension ByteView {
  /// Counts of pixels that are not and that are in the mask, in turn: `[5, 2, 8]`.
  func runs(ofList range: Range<Int>, pixels: Int) throws(Problem) -> [Run] {
    var runs: [Run] = []
    var digits = Digits(self, range, between: UInt8(ascii: ","))
    var (end, isInside) = (0, false)
    while let count = try digits.next() {
      if isInside { runs.append(end, count, pixels: pixels) }
      end += count
      guard end <= pixels else { throw .runs(from: range.lowerBound, areBeyond: pixels) }
      isInside.toggle()
    }
    guard end == pixels else { throw .runs(from: range.lowerBound, addUpTo: end, of: pixels) }
    return runs
  }

  /// Start, from 1, and length of each run: `6 2 12 1`.
  func runs(ofPairs range: Range<Int>, pixels: Int) throws(Problem) -> [Run] {
    var runs: [Run] = []
    var digits = Digits(self, range, between: nil)
    var end = 0
    while let start = try digits.next() {
      guard let count = try digits.next() else {
        throw .atByte(
          range.upperBound, "have a start without a length", remedy: "write pairs: start and length"
        )
      }
      // "1 0" is how some say that there is nothing.
      if count == 0 { continue }
      guard start > end else {
        throw .atByte(
          range.lowerBound,
          start == 0
            ? "start at pixel 0" : "overlap or are not sorted: one starts at pixel \(start)",
          remedy:
            "number pixels from 1, from top to bottom and then from left to right, and sort the pairs"
        )
      }
      guard start - 1 <= pixels, count <= pixels - (start - 1) else {
        throw .runs(from: range.lowerBound, areBeyond: pixels)
      }
      runs.append(start - 1, count, pixels: pixels)
      end = start - 1 + count
    }
    return runs
  }
}

extension Problem {
  static func runs(from place: Int, areBeyond pixels: Int) -> Problem {
    .atByte(
      place, "go beyond its \(Figure.count(pixels, "pixel"))",
      remedy: "check the size, height before width, or write it again")
  }

  static func runs(from place: Int, addUpTo end: Int, of pixels: Int) -> Problem {
    .atByte(
      place, "add up to \(end) of its \(Figure.count(pixels, "pixel"))",
      remedy: "check the size, height before width, or write it again")
  }
}

extension [Run] {
  /// Appends a run behind the others; one that touches the last makes that longer.
  fileprivate mutating func append(_ start: Int, _ count: Int, pixels: Int) {
    guard count > 0, count <= pixels - start else { return }
    if let last, Int(last.start) + Int(last.count) == start {
      self[self.count - 1].count += UInt32(count)
    } else {
      append(Run(start: UInt32(start), count: UInt32(count)))
    }
  }
}

/// Whole numbers between blanks, or between commas.
private struct Digits {
  private let bytes: ByteView
  private let range: Range<Int>
  private let separator: UInt8?
  private var place: Int
  private var isFirst = true

  init(_ bytes: ByteView, _ range: Range<Int>, between separator: UInt8?) {
    self.bytes = bytes
    self.range = range
    self.separator = separator
    place = range.lowerBound
  }

  private mutating func skipBlanks() {
    while place < range.upperBound, isBlank(bytes[place]) || bytes[place] == 10 { place += 1 }
  }

  mutating func next() throws(Problem) -> Int? {
    skipBlanks()
    guard place < range.upperBound else { return nil }
    if let separator, !isFirst {
      guard bytes[place] == separator else { throw fault }
      place += 1
      skipBlanks()
    }
    isFirst = false
    let start = place
    var number = 0
    while place < range.upperBound, 48...57 ~= bytes[place], place - start < 18 {
      number = number &* 10 &+ Int(bytes[place] &- 48)
      place += 1
    }
    guard place > start, place == range.upperBound || isEnd(bytes[place]) else { throw fault }
    return number
  }

  private func isEnd(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 10 || byte == separator }

  private var fault: Problem {
    .atByte(
      min(place, range.upperBound), "hold something that is no whole number from 0 to 10^18",
      remedy: "write whole numbers, none of them negative")
  }
}
