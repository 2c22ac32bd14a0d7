extension SurfaceDistances: RatioCell {
  package init(_ tally: ClassTally) { self = tally.distances }

  package static let worst = Worst.largest
  package static let countsDecisions = true
  /// What is boundary in a tile need not be so in the image, and of the outlines of several objects
  /// together the longest would be all that is seen.
  package static let isOfOneImage = true

  package var perfect: SurfaceDistances {
    let all = DistanceCounts(coinciding: truth.pixels)
    return SurfaceDistances(predicted: all, truth: all)
  }
  package var extent: ExactSum { ExactSum(near: 1) * pixels }
  package var neverPredicted: SurfaceDistances {
    SurfaceDistances(truth: DistanceCounts(unreached: truth.pixels))
  }
}
