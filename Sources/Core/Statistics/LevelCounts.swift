/// How often each level occurs on a class's own pixels and on the others, for any number of levels.
///
/// What `LevelHistogram` is for 8-bit planes, for 16-bit planes and for bins of floats too. It is
/// counted once a class and run, not once an image: 65,536 levels take 1 MB.
package struct LevelCounts: Statistic {
  package private(set) var own: [Int]
  package private(set) var other: [Int]

  /// - Precondition: as many levels in `own` as in `other`.
  package init(own: [Int], other: [Int]) {
    precondition(own.count == other.count, "own and other pixels have the same levels")
    self.own = own
    self.other = other
  }

  package init(_ histogram: LevelHistogram) {
    self.init(own: histogram.own, other: histogram.other)
  }

  /// No pixel at any of `levels` levels.
  package init(levels: Int) {
    self.init(own: .init(repeating: 0, count: levels), other: .init(repeating: 0, count: levels))
  }

  /// Of no levels, which stands for any number of them.
  package static let zero = LevelCounts(levels: 0)

  package static func + (a: LevelCounts, b: LevelCounts) -> LevelCounts {
    var sum = a
    sum += b
    return sum
  }

  /// In place: a megabyte is not copied for each term.
  package static func += (a: inout LevelCounts, b: LevelCounts) {
    if b.levels == 0 { return }
    if a.levels == 0 {
      a = b
      return
    }
    precondition(a.levels == b.levels, "levels of different planes are not added")
    for level in 0..<a.levels {
      a.own[level] += b.own[level]
      a.other[level] += b.other[level]
    }
  }

  package mutating func count(_ level: Int, isOwn: Bool) {
    if isOwn { own[level] += 1 } else { other[level] += 1 }
  }

  package var levels: Int { own.count }
  package var ownPixels: Int { own.reduce(0, +) }
  package var otherPixels: Int { other.reduce(0, +) }
}
