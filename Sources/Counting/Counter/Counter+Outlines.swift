package import Core
package import Raster

extension Counter {
  /// Counts what looks at a pixel's neighbours, where it is wanted; it is not a sum over tiles.
  ///
  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  package mutating func countOutlines(
    of pair: ImagePair, into tally: inout Tally
  ) throws(Problem) {
    if let radius = needs.scheme.border {
      for (c, border) in try borders(of: pair, within: radius).enumerated() {
        tally.classes[c].border = border
      }
    }
    if needs.scheme.distances {
      for (c, distances) in try distances(of: pair).enumerated() {
        tally.classes[c].distances = distances
      }
    }
  }
}
