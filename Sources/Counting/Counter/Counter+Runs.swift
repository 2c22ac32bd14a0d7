internal import Core
package import Raster

extension Counter {
  /// Counts an image of which both sides are runs, without a pixel: what changes where either side does.
  ///
  /// - Returns: what `count` returns for the same labels as maps.
  package func count(truth: LabelRuns, predicted: LabelRuns) -> Counted {
    precondition(truth.width == predicted.width && truth.height == predicted.height)
    var counted = Counted()
    counted.tally.classes = noTallies
    var pairs = PairCounts(classes: needs.classes)
    pairs.add(truth, predicted)
    pairs.write(into: &counted.tally)
    return counted
  }
}
