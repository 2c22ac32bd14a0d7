internal import Core
package import Raster

/// What a map says of one class: its losses on its own pixels and on the others, and the pixel
/// where the largest is.
package struct ClassLosses: Sendable {
  package var own: MapStatistics
  package var other: MapStatistics
  package var worstPixel: Int?

  /// - Parameter place: of the class among those of the map.
  package init(of map: LossMap, at place: Int, truth: Truth) {
    let values = map.planes[place]
    let standings = truth.standings(ofClass: map.classes[place], pixels: values.count)
    var own: [Double] = []
    var other: [Double] = []
    var largest = -Double.infinity
    for (pixel, value) in values.enumerated() where !value.isNaN {
      if standings[pixel] == Standing.own { own.append(value) } else { other.append(value) }
      // Of equal ones the first stays.
      if value > largest { (largest, worstPixel) = (value, pixel) }
    }
    self.own = MapStatistics(of: own)
    self.other = MapStatistics(of: other)
  }
}

extension Truth {
  fileprivate func standings(ofClass c: Int, pixels: Int) -> [UInt8] {
    var standings = [UInt8](repeating: Standing.ignored, count: pixels)
    var span = standings.mutableSpan
    write(0..<pixels, class: c, into: &span, at: 0)
    return standings
  }
}
