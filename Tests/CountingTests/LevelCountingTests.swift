import Core
import Counting
import Raster
import Testing

@Suite("Levels are counted the same, wherever they and their truth lie")
struct LevelCountingTests {
  static let width = 19
  static let pixels = 19 * 13
  /// Runs of 23 pixels: of the class, of another number, and ignored.
  static let labels: [Label] = (0..<pixels).map { [0, .none, .ignored][$0 / 23 % 3] }

  @Test("8 and 16 bits, with gaps, and with bytes swapped", arguments: [255, 65535])
  func layouts(top: Int) throws {
    let levels = (0..<Self.pixels).map { ($0 * 7919 + $0 / 5 * 257) % (top + 1) }
    let expected = overlap(levels, top: top)
    for gap in [0, 3] {
      for isSwapped in [false, true] where top > 255 || !isSwapped {
        let plane = plane(levels, size: top > 255 ? 2 : 1, gap: gap, isSwapped: isSwapped)
        let prediction: Prediction = top > 255 ? .probabilities([plane]) : .levels([plane])
        for truth in truths() {
          let tally = try tally(pair(prediction, truth, width: Self.width), classes: 1)
          #expect(tally.classes[0].overlap == expected, "gap \(gap), swapped \(isSwapped)")
        }
      }
    }
  }

  @Test("every byte of a mask that is not 0 is the class", arguments: [255, 65535])
  func masks(top: Int) throws {
    let levels = (0..<Self.pixels).map { $0 * 7919 % (top + 1) }
    let plane = plane(levels, size: top > 255 ? 2 : 1)
    let prediction: Prediction = top > 255 ? .probabilities([plane]) : .levels([plane])
    let tallies = try [1, 255, 254].map { (yes: UInt8) in
      let mask = (0..<Self.pixels).map { $0 / 23 % 2 == 0 ? yes : 0 }
      return try tally(pair(prediction, .masks([mask]), width: Self.width), classes: 1)
    }
    #expect(tallies[0].classes[0].overlap.truth > 0)
    #expect(tallies[1] == tallies[0] && tallies[2] == tallies[0])
  }
}

extension LevelCountingTests {
  private func overlap(_ levels: [Int], top: Int) -> Overlap {
    var overlap = Overlap()
    for (level, label) in zip(levels, Self.labels) where label != .ignored {
      switch (label == 0, 2 * level > top) {
      case (true, true): overlap.both += 1
      case (true, false): overlap.onlyTrue += 1
      case (false, true): overlap.onlyPredicted += 1
      case (false, false): overlap.neither += 1
      }
    }
    return overlap
  }

  /// Labels; and bytes that mean them, with and without gaps.
  private func truths() -> [Truth] {
    let numbers = Self.labels.map { $0 == 0 ? 9 : $0 == .none ? 4 : 250 }
    var meanings = [Label](repeating: .none, count: 256)
    meanings[9] = 0
    meanings[250] = .ignored
    return [.labels(Self.labels)]
      + [0, 3].map { .labels(LabelMap(plane(numbers, size: 1, gap: $0), meaning: meanings)) }
  }

  /// Numbers of `size` bytes, each with `gap` bytes behind it.
  private func plane(_ numbers: [Int], size: Int, gap: Int = 0, isSwapped: Bool = false) -> Plane {
    let isBigEndian = (1 == 1.bigEndian) != isSwapped
    let bytes = numbers.flatMap { number in
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
      return (isBigEndian ? bytes.reversed() : bytes) + [UInt8](repeating: 77, count: gap)
    }
    return Plane(
      bytes: Bytes(bytes), element: size == 2 ? .u2 : .u1, isByteSwapped: isSwapped,
      rowStride: Self.width * (size + gap), columnStride: size + gap, width: Self.width,
      height: numbers.count / Self.width)
  }
}
