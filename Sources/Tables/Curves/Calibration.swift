internal import Core
internal import Counting

/// How often what was given a probability is true: the rows of a reliability diagram.
///
/// As in torchmetrics 1.9 `BinaryCalibrationError` (classification/calibration_error.py), where the
/// *confidence* of a pixel is its probability and its *accuracy* whether it is the class's own.
/// `MulticlassCalibrationError` is the same on counts of the most probable class's
/// probability, where a pixel is own if that class is the true one.
package struct Calibration: Hashable, Sendable {
  package internal(set) var rows: [Row]

  /// The pixels of one range of probabilities.
  package struct Row: Hashable, Sendable {
    /// From `start` on and below `end`; the last row is p = 1 alone.
    package var start: Double
    package var end: Double
    package var own = 0
    package var other = 0
    /// Σ p, each pixel in the middle of its level.
    package var confidence = 0.0
    /// How far Σ (t − p) may lie from `own − confidence`; 0 where each level is one probability.
    var doubt = Doubt()

    package var pixels: Int { own + other }
    package var meanConfidence: Double? {
      pixels == 0 ? nil : confidence / Double(pixels)
    }
    package var ownShare: Double? { pixels == 0 ? nil : Double(own) / Double(pixels) }
  }

  struct Doubt: Hashable, Sendable {
    var below = 0.0
    var above = 0.0
    /// Pixels that may stand in a neighbouring row, and those of neighbours that may stand here.
    var fewer = 0
    var more = 0
  }

  /// - Precondition: `rows` is in 1...32768, where single precision keeps the starts in order.
  package init(_ curve: LevelCurve, rows: Int = 15) {
    let starts = Calibration.starts(rows)
    self.rows = zip(starts, starts.dropFirst() + [1]).map { Row(start: $0, end: $1) }
    for level in 0..<curve.counts.levels {
      let (own, other) = (curve.counts.own[level], curve.counts.other[level])
      if own + other > 0 { add(own, other, at: curve.scale.probabilities(of: level)) }
    }
  }

  private mutating func add(_ own: Int, _ other: Int, at range: ClosedRange<Double>) {
    let (a, n) = (Double(own), Double(other))
    let (low, high) = (range.lowerBound, range.upperBound)
    let middle = low + (high - low) / 2
    let (home, reach) = (row(of: middle), row(of: low)...row(of: high))
    rows[home].own += own
    rows[home].other += other
    rows[home].confidence += (a + n) * middle
    if reach.count == 1 {
      rows[home].doubt.below += (a + n) * (high - middle)
      rows[home].doubt.above += (a + n) * (middle - low)
      return
    }
    // Any of these pixels may be in any of the rows: at worst the others and none of the own.
    for index in reach where index != home {
      rows[index].doubt.below += n * high
      rows[index].doubt.above += a * (1 - low)
      rows[index].doubt.more += own + other
    }
    rows[home].doubt.below += a * (1 - middle) + n * (high - middle)
    rows[home].doubt.above += a * (middle - low) + n * middle
    rows[home].doubt.fewer += own + other
  }

  /// The last row that starts at `p` or before.
  private func row(of p: Double) -> Int {
    var index = min(Int(p * Double(rows.count - 1)), rows.count - 1)
    while index > 0, rows[index].start > p { index -= 1 }
    while index + 1 < rows.count, rows[index + 1].start <= p { index += 1 }
    return index
  }

  /// The starts of `rows` equal ranges of 0…1, and 1, as torch.linspace gives them in float32.
  ///
  /// It counts from both ends (ATen/native/cpu/RangeFactoriesKernel.cpp), and that decides in which
  /// row a level of an 8-bit plane lies: 3 / 15 comes out above 51 / 255.
  private static func starts(_ rows: Int) -> [Double] {
    precondition((1...32768).contains(rows), "so many rows are not told apart")
    let step = 1 / Float(rows)
    return (0...rows).map { index in
      Double(index < (rows + 1) / 2 ? step * Float(index) : 1 - step * Float(rows - index))
    }
  }
}
