/// How often each of the 256 levels of an 8-bit plane occurs on a class's own pixels and on the
/// others.
///
/// Every loss that judges a class on its own, every threshold and every soft sum follows exactly
/// from these 512 counts.
package struct LevelHistogram: Statistic {
  package var own: [Int]
  package var other: [Int]

  package init(own: [Int], other: [Int]) {
    self.own = own
    self.other = other
  }

  package static let zero = LevelHistogram(
    own: .init(repeating: 0, count: 256), other: .init(repeating: 0, count: 256))

  package static func + (a: LevelHistogram, b: LevelHistogram) -> LevelHistogram {
    LevelHistogram(own: zip(a.own, b.own).map(+), other: zip(a.other, b.other).map(+))
  }
}
