/// One class of one image: where it truly is, and how probable a model finds it at each pixel.
///
/// The model sees the border a little off, doubts near it, and has the noise of a real one.
struct ProbabilityScene {
  var seed: UInt64
  /// Of the class in the list.
  var place: Int
  var width: Int
  var height: Int

  /// The last class is rare.
  private static let thresholds: [Float] = [0.42, 0.48, 0.54, 0.60, 0.72]

  /// One row: the truth, and p from 0 to 1.
  func row(_ y: Int, _ body: (_ x: Int, _ isTrue: Bool, _ p: Float) -> Void) {
    let seed = hashed(seed, UInt64(place))
    let size = max(width / 4, 4)
    var field = [Float](repeating: 0, count: width)
    ValueNoise(seed: hashed(seed, 1), cell: size).add(row: y, times: 0.8, to: &field)
    ValueNoise(seed: hashed(seed, 2), cell: size / 4).add(row: y, times: 0.2, to: &field)
    var shift = [Float](repeating: -0.5, count: width)
    ValueNoise(seed: hashed(seed, 3), cell: size / 2).add(row: y, times: 1, to: &shift)
    let noise = UInt32(truncatingIfNeeded: hashed(seed, 4, UInt64(y)))
    let threshold = Self.thresholds[place % Self.thresholds.count]
    for x in 0..<width {
      let inside = field[x] - threshold
      let z = 30 * (inside + 0.06 * shift[x]) + 2.5 * (whiteNoise(noise, x) - 0.5)
      // A sigmoid made of operations that IEEE 754 rounds alike everywhere.
      let p = 0.5 + 0.5 * z / (1 + z * z).squareRoot()
      body(x, inside > 0, p)
    }
  }
}
