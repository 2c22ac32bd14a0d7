/// How many pixels of a boundary lie at each distance from another boundary.
///
/// Squared Euclidean distances between pixels are integers, so nothing is rounded: every mean,
/// percentile and tolerance follows from these counts. Sparse, because most pixels of two masks that
/// agree lie at few distances.
package struct DistanceCounts: Statistic {
  /// Squared, in pixels², ascending, each once.
  private var squares: Counts
  /// How many pixels there are at each of them; none is 0.
  private var counts: Counts
  /// Pixels that are infinitely far: there is no other boundary.
  package private(set) var unreached: Int

  private init(squares: [Int], counts: [Int], unreached: Int) {
    self.squares = Counts(squares)
    self.counts = Counts(counts)
    self.unreached = unreached
  }

  /// Of pixels whose squared distances are these, in any order.
  package init(squared distances: [Int]) {
    var (squares, counts): ([Int], [Int]) = ([], [])
    for square in distances.sorted() {
      if squares.last == square {
        counts[counts.count - 1] += 1
      } else {
        squares.append(square)
        counts.append(1)
      }
    }
    self.init(squares: squares, counts: counts, unreached: 0)
  }

  /// Of pixels that all lie on the other boundary.
  package init(coinciding pixels: Int) {
    self.init(
      squares: pixels == 0 ? [] : [0], counts: pixels == 0 ? [] : [pixels], unreached: 0)
  }

  /// Of pixels to which there is no other boundary.
  package init(unreached pixels: Int) { self.init(squares: [], counts: [], unreached: pixels) }

  package static let zero = DistanceCounts(unreached: 0)

  package static func + (a: DistanceCounts, b: DistanceCounts) -> DistanceCounts {
    if a == .zero { return b }
    if b == .zero { return a }
    var (squares, counts): ([Int], [Int]) = ([], [])
    squares.reserveCapacity(a.squares.count + b.squares.count)
    counts.reserveCapacity(a.squares.count + b.squares.count)
    var (i, j) = (0, 0)
    while i < a.squares.count || j < b.squares.count {
      let left = i < a.squares.count ? a.squares[i] : .max
      let right = j < b.squares.count ? b.squares[j] : .max
      squares.append(min(left, right))
      counts.append((left <= right ? a.counts[i] : 0) + (right <= left ? b.counts[j] : 0))
      if left <= right { i += 1 }
      if right <= left { j += 1 }
    }
    return DistanceCounts(
      squares: squares, counts: counts, unreached: a.unreached + b.unreached)
  }

  /// All pixels of the boundary.
  package var pixels: Int { unreached + (0..<counts.count).reduce(0) { $0 + counts[$1] } }
}

// MARK: - What follows

extension DistanceCounts {
  /// Pixels at most `tolerance` pixels away. Squares are compared, since roots would be rounded.
  package func pixels(within tolerance: Double) -> Int {
    var pixels = 0
    for index in 0..<squares.count where Double(squares[index]) <= tolerance * tolerance {
      pixels += counts[index]
    }
    return pixels
  }

  /// Of all pixels; `nil` where there is none, or one is infinitely far.
  package var mean: Double? {
    guard let greatest, greatest.isFinite else { return nil }
    return sum / Double(pixels)
  }

  /// Of the pixels that are not infinitely far, from the nearest to the farthest.
  package var sum: Double {
    (0..<squares.count).reduce(0) {
      $0 + Double(squares[$1]).squareRoot() * Double(counts[$1])
    }
  }

  /// ∞ where a pixel is infinitely far; `nil` where there is none.
  package var greatest: Double? {
    if unreached > 0 { return .infinity }
    return squares.count == 0 ? nil : Double(squares[squares.count - 1]).squareRoot()
  }

  /// With linear interpolation between the two neighbours in order (NumPy's default).
  ///
  /// - Returns: `nil` where there is no pixel, or one is infinitely far.
  package func percentile(_ percent: Double) -> Double? {
    guard let greatest, greatest.isFinite else { return nil }
    let position = percent / 100 * Double(pixels - 1)
    let lower = distance(atRank: Int(position))
    let upper = distance(atRank: Int(position) + 1)
    return lower + (position - position.rounded(.down)) * (upper - lower)
  }

  /// The distance of the pixel at a place in order, from 0; of the farthest behind the last.
  private func distance(atRank rank: Int) -> Double {
    var before = 0
    for index in 0..<squares.count {
      before += counts[index]
      if rank < before { return Double(squares[index]).squareRoot() }
    }
    return greatest ?? 0
  }
}

// MARK: - As it is kept

extension DistanceCounts {
  /// The step from each squared distance to the next, and how many pixels are there, in turn: small
  /// numbers, the last of them not 0.
  package var steps: [Int] {
    var (steps, last): ([Int], Int) = ([], 0)
    for index in 0..<squares.count {
      steps += [squares[index] - last, counts[index]]
      last = squares[index]
    }
    return steps
  }

  /// Squares beyond this are no distances in any image, and more pixels than this are in none.
  private static let most = 1 << 50

  /// - Returns: `nil` where no counts have such steps.
  package init?(steps: [Int], unreached: Int) {
    guard steps.count.isMultiple(of: 2), unreached >= 0 else { return nil }
    var (squares, counts): ([Int], [Int]) = ([], [])
    var left = Self.most
    for index in stride(from: 0, to: steps.count, by: 2) {
      let (last, step, count) = (squares.last, steps[index], steps[index + 1])
      guard step >= (last == nil ? 0 : 1), step <= Self.most - (last ?? 0), count >= 1,
        count <= left
      else { return nil }
      left -= count
      squares.append((last ?? 0) + step)
      counts.append(count)
    }
    self.init(squares: squares, counts: counts, unreached: unreached)
  }
}
