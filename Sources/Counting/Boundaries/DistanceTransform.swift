/// The squared Euclidean distance from pixels to the nearest of some sites: exact, in integers, and in
/// time that grows with the area alone.
///
/// Meijster, Roerdink, Hesselink: "A General Algorithm for Computing Distance Transforms in Linear
/// Time", Mathematical Morphology and its Applications to Image and Signal Processing, 2000. First
/// each column by itself: how far is its nearest site, up or down? Then each row: with g(u) the
/// answer in column u, a pixel x is at
///
///     min over u of (x − u)² + g(u)²
///
/// which is the lower envelope of one parabola a column.
struct DistanceTransform {
  private let rows: Range<Int>
  private let columns: Range<Int>
  /// g, row by row; `none` where a column has no site.
  private var vertical: [Int32]
  /// Those parabolas of a row that are the lowest somewhere, from left to right.
  private var envelope: [Parabola] = []
  /// Of each pixel that is asked for, from the last to the first: the leftmost column that matters to
  /// it or to one behind it.
  private var starts: [Int] = []

  private static let none = Int32.max

  /// (x − site)² + height, which no other is below from x = start to the next one's start.
  private struct Parabola {
    var site: Int
    var height: Int
    var start: Int

    func callAsFunction(_ x: Int) -> Int { (x - site) * (x - site) + height }

    /// The last x at which `self` is not above `other`, whose site lies to the right, where that is
    /// not left of column 0.
    ///
    /// (x − i)² + g(i)² ≤ (x − u)² + g(u)²  ⇔  2·x·(u − i) ≤ u² + g(u)² − i² − g(i)²
    func last(below other: Parabola) -> Int {
      (other(0) - self(0)) / (2 * (other.site - site))
    }
  }

  /// - Parameters:
  ///   - sites: at least one.
  ///   - rows: where distances will be asked for.
  init(to sites: Boundary, in rows: Range<Int>) {
    let rows =
      min(rows.lowerBound, sites.rows.lowerBound)..<max(rows.upperBound, sites.rows.upperBound)
    // In columns beside the sites' there is no parabola.
    (self.rows, columns) = (rows, sites.columns)
    vertical = .init(repeating: Self.none, count: rows.count * columns.count)
    for pixel in sites.pixels {
      let (y, x) = pixel.quotientAndRemainder(dividingBy: sites.width)
      vertical[(y - rows.lowerBound) * columns.count + x - columns.lowerBound] = 0
    }
    for row in 1..<max(1, rows.count) { step(from: row - 1, to: row) }
    for row in (0..<max(1, rows.count) - 1).reversed() { step(from: row + 1, to: row) }
  }

  /// Through a row's pixels each column's site is at most one pixel farther for the row beside it.
  private mutating func step(from: Int, to: Int) {
    let width = columns.count
    var vertical = self.vertical.mutableSpan
    for x in 0..<width {
      let beside = vertical[from * width + x]
      let farther = beside == Self.none ? beside : beside &+ 1
      vertical[to * width + x] = min(vertical[to * width + x], farther)
    }
  }

  /// Calls `body` with the squared distance of each of some pixels of a row.
  ///
  /// - Parameter xs: ascending, from 0.
  mutating func forEachSquare(
    of xs: some BidirectionalCollection<Int>, inRow y: Int, _ body: (Int) -> Void
  ) {
    formEnvelope(near: xs, inRow: y - rows.lowerBound)
    var next = 0
    for x in xs {
      while next + 1 < envelope.count, envelope[next + 1].start <= x { next += 1 }
      body(envelope[next](x))
    }
  }

  /// The envelope of the parabolas that matter to some pixels of a row.
  ///
  /// Where two masks nearly agree these are few: a pixel's own column has a site g away, so none
  /// farther than g to the left or right is nearer.
  private mutating func formEnvelope(near xs: some BidirectionalCollection<Int>, inRow row: Int) {
    envelope.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var start = columns.upperBound
    for x in xs.reversed() {
      start = min(start, reach(of: x, inRow: row).lowerBound)
      starts.append(start)
    }
    var next = columns.lowerBound
    for (x, start) in zip(xs, starts.reversed()) {
      let end = reach(of: x, inRow: row).upperBound
      guard max(next, start) < end else { continue }
      for column in max(next, start)..<end { add(column, inRow: row) }
      next = end
    }
  }

  /// The columns in which a pixel's nearest site can be.
  private func reach(of x: Int, inRow row: Int) -> Range<Int> {
    guard columns.contains(x), let g = vertical(x, inRow: row) else { return columns }
    return (x - g..<x + g + 1).clamped(to: columns)
  }

  private mutating func add(_ column: Int, inRow row: Int) {
    guard let g = vertical(column, inRow: row) else { return }
    var parabola = Parabola(site: column, height: g * g, start: 0)
    while let last = envelope.last, last(last.start) > parabola(last.start) {
      envelope.removeLast()
    }
    if let last = envelope.last { parabola.start = last.last(below: parabola) + 1 }
    envelope.append(parabola)
  }

  private func vertical(_ column: Int, inRow row: Int) -> Int? {
    let g = vertical[row * columns.count + column - columns.lowerBound]
    return g == Self.none ? nil : Int(g)
  }
}
