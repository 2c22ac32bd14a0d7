package import Core
package import Raster

extension Counter {
  /// For each class how far the boundaries of truth and prediction are from each other.
  ///
  /// A pixel that does not count is in neither mask.
  ///
  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  package mutating func distances(of pair: ImagePair) throws(Problem) -> [SurfaceDistances] {
    let predicted = try decisions(on: pair)
    var standings = [UInt8](repeating: 0, count: pair.pixels)
    var mask = standings
    // Asked for once: it is a call to another module.
    let ignored = Standing.ignored
    return (0..<needs.classes).map { c in
      var span = standings.mutableSpan
      pair.truth.write(0..<pair.pixels, class: c, into: &span, at: 0)
      predicted.write(c, into: &mask)
      for pixel in standings.indices where standings[pixel] == ignored {
        standings[pixel] = 0
        mask[pixel] = 0
      }
      return SurfaceDistances(
        predicted: Boundary(of: mask, width: pair.width),
        truth: Boundary(of: standings, width: pair.width))
    }
  }
}
