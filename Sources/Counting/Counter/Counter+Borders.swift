package import Core
package import Raster

extension Counter {
  /// For each class what is wrong within `radius` pixels of its border.
  ///
  /// A pixel is near the border where the square around it, 2·radius + 1 pixels wide and cut at the
  /// image's edge, holds own pixels and others; pixels that do not count are others.
  ///
  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  package mutating func borders(
    of pair: ImagePair, within radius: Int
  ) throws(Problem) -> [BorderCounts] {
    let predicted = try decisions(on: pair)
    var standings = [UInt8](repeating: 0, count: pair.pixels)
    return (0..<needs.classes).map { c in
      var span = standings.mutableSpan
      pair.truth.write(0..<pair.pixels, class: c, into: &span, at: 0)
      var counts = BorderCounts.zero
      let isNear = SquareSums(of: standings, pair.width, pair.height, radius).isMixed
      for pixel in standings.indices where isNear[pixel] && standings[pixel] != Standing.ignored {
        let isPredicted = predicted.has(c, at: pixel)
        if standings[pixel] == Standing.own {
          counts.own += 1
          counts.missed += isPredicted ? 0 : 1
        } else {
          counts.taken += isPredicted ? 1 : 0
        }
      }
      return counts
    }
  }
}

/// For each pixel how many own pixels the square around it holds.
private struct SquareSums {
  private var sums: [Int32]
  private let width, height, radius: Int

  init(of standings: [UInt8], _ width: Int, _ height: Int, _ radius: Int) {
    (self.width, self.height, self.radius) = (width, height, radius)
    sums = standings.map { $0 == Standing.own ? 1 : 0 }
    for y in 0..<height { slide(from: y * width, by: 1, count: width) }
    for x in 0..<width { slide(from: x, by: width, count: height) }
  }

  /// Replaces each number of a row or column by the sum of those around it.
  private mutating func slide(from start: Int, by step: Int, count: Int) {
    var line = [Int32](repeating: 0, count: count)
    for index in 0..<count { line[index] = sums[start + index * step] }
    var sum: Int32 = line.prefix(radius).reduce(0, +)
    for index in 0..<count {
      if index + radius < count { sum += line[index + radius] }
      if index > radius { sum -= line[index - radius - 1] }
      sums[start + index * step] = sum
    }
  }

  /// Where a square holds own pixels and others.
  var isMixed: [Bool] {
    var isMixed = [Bool](repeating: false, count: sums.count)
    for y in 0..<height {
      let rows = min(y + radius, height - 1) - max(y - radius, 0) + 1
      for x in 0..<width {
        let columns = min(x + radius, width - 1) - max(x - radius, 0) + 1
        let sum = sums[y * width + x]
        isMixed[y * width + x] = sum > 0 && sum < Int32(rows * columns)
      }
    }
    return isMixed
  }
}
