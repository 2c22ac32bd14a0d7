/// What a ratio is made of, of one class at one place: a statistic of truth and prediction together.
package protocol RatioCell: Statistic {
  init(_ tally: ClassTally)
  /// Which end of the ratio's values is the bad one, unless the ratio says so itself.
  static var worst: Worst { get }
  /// Whether it counts decisions; where classes exclude each other, a pixel has one of them.
  static var countsDecisions: Bool { get }
  /// Whether it is of one image and one class, and says nothing of a tile or of several together.
  static var isOfOneImage: Bool { get }
  /// Over the same truth, predicted as that is.
  var perfect: Self { get }
  /// Over the same truth, predicted nowhere.
  var neverPredicted: Self { get }
  /// The pixels that the class has in truth or prediction, which is what its ratio is about.
  var extent: ExactSum { get }
}

extension RatioCell {
  package static var isOfOneImage: Bool { false }
}

extension Overlap: RatioCell {
  package init(_ tally: ClassTally) { self = tally.overlap }

  package static let worst = Worst.smallest
  package static let countsDecisions = true
  package var perfect: Overlap { Overlap(both: truth, neither: pixels - truth) }
  package var neverPredicted: Overlap { Overlap(onlyTrue: truth, neither: pixels - truth) }
  package var extent: ExactSum { ExactSum(near: 1) * union }
}

extension SoftSums: RatioCell {
  package init(_ tally: ClassTally) { self = tally.soft }

  package static let worst = Worst.largest
  package static let countsDecisions = false
  package var perfect: SoftSums {
    SoftSums(
      predicted: truth, both: truthSquared, common: truth, predictedSquared: truthSquared,
      bothSquared: truthSquared, truth: truth, truthSquared: truthSquared)
  }
  package var neverPredicted: SoftSums { SoftSums(truth: truth, truthSquared: truthSquared) }
  package var extent: ExactSum { truth + predicted - both }
}

extension PlaceTable where Cell: RatioCell {
  /// Some classes predicted everywhere as the truth has it.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == SoftSums)
  package mutating func makePerfect(_ classes: [Int]) {
    for c in classes { change(c) { cell, _ in cell.perfect } }
  }

  /// Some classes predicted nowhere.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == SoftSums)
  package mutating func neverPredict(_ classes: [Int]) {
    for c in classes { change(c) { cell, _ in cell.neverPredicted } }
  }
}
