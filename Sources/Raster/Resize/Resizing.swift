package import Core

/// An ``Interpolation`` from one size to another, worked out along both axes once for all planes of an
/// image.
package enum Resizing: Sendable {
  case nearest(columns: [Int], rows: [Int])
  case weighted(columns: AxisTaps, rows: AxisTaps)

  /// - Parameters:
  ///   - from: width and height of the planes; neither is 0.
  ///   - to: those that they are to have.
  package init(
    _ interpolation: Interpolation, from: (width: Int, height: Int), to: (width: Int, height: Int)
  ) {
    precondition(min(from.width, from.height, to.width, to.height) > 0, "there are no pixels")
    switch interpolation.rule {
    case .nearest(let places):
      self = .nearest(columns: places(from.width, to.width), rows: places(from.height, to.height))
    case .weighted(let arithmetic, let taps):
      self = .weighted(
        columns: AxisTaps(taps: taps(from.width, to.width), arithmetic: arithmetic),
        rows: AxisTaps(taps: taps(from.height, to.height), arithmetic: arithmetic))
    }
  }
}

/// What each place along an axis is made of.
package struct AxisTaps: Sendable {
  let taps: [[Interpolation.Tap]]
  let arithmetic: Interpolation.Arithmetic

  /// Makes lines of `length` numbers, one for each place, of lines that lie one after the other too.
  func write(_ lines: [Float], length: Int, into target: inout MutableSpan<Float>) {
    var sums = [Double](repeating: 0, count: length)
    for (place, taps) in taps.enumerated() {
      let start = place * length
      switch arithmetic {
      case .sum:
        for index in 0..<length { sums[index] = 0 }
        for tap in taps {
          let first = tap.place * length
          for index in 0..<length { sums[index] += tap.weight * Double(lines[first + index]) }
        }
        for index in 0..<length { target[start + index] = Float(sums[index]) }
      case .lerp:
        let (first, second) = (taps[0].place * length, taps[1].place * length)
        let share = Float(taps[1].weight)
        for index in 0..<length {
          let (a, b) = (lines[first + index], lines[second + index])
          target[start + index] = a + (b - a) * share
        }
      }
    }
  }
}
