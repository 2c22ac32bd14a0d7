/// A small picture that is drawn on: for each pixel the place of its colour in a palette.
package struct Canvas: Hashable, Sendable {
  package let width: Int
  package let height: Int
  /// Row by row, from the top.
  package private(set) var samples: [UInt8]

  package init(width: Int, height: Int, fill: UInt8) {
    precondition(width > 0 && height > 0)
    self.width = width
    self.height = height
    samples = .init(repeating: fill, count: width * height)
  }

  /// Beyond the edges nothing is drawn.
  package mutating func set(_ x: Int, _ y: Int, _ color: UInt8) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    samples[y * width + x] = color
  }
}
