/// What the counted pixels of one place, an image or a tile of it, contribute to everything that
/// was asked for.
package struct Tally: Statistic {
  /// Counted pixels: all but the ignored ones.
  package var pixels = 0
  package var classes: [ClassTally] = []
  /// For exclusive classes only.
  package var confusion = Confusion.zero
  /// Pixels that truly are several classes.
  package var overlapping = 0
  /// Counted pixels that truly are no class of the list.
  package var unclassed = 0
  /// Σ w of the counted pixels, where pixels have weights.
  package var weight = ExactSum.zero
  /// For a categorical cross-entropy whose repair is wanted: cell [k·C + c] holds, over the pixels
  /// of true class k, Σ −ln(1 − p_c), and −ln p_c where c = k.
  package var repairs: [ExactSum] = []

  package init() {}

  package static let zero = Tally()

  package static func + (a: Tally, b: Tally) -> Tally {
    var sum = Tally()
    sum.pixels = a.pixels + b.pixels
    sum.classes = adding(a.classes, b.classes)
    sum.confusion = a.confusion + b.confusion
    sum.overlapping = a.overlapping + b.overlapping
    sum.unclassed = a.unclassed + b.unclassed
    sum.weight = a.weight + b.weight
    sum.repairs = adding(a.repairs, b.repairs)
    return sum
  }
}

/// One class's part of a `Tally`.
package struct ClassTally: Statistic {
  /// Counts of pixels modulo 2³², in half the room; `details` has the rest.
  private var small = Small()
  /// At most one; none where it would be zero. A run has a tally for every image and class, and
  /// those of label maps need nothing of this.
  private var details: [Details] = []

  private struct Small: Hashable {
    var both: UInt32 = 0
    var onlyTrue: UInt32 = 0
    var onlyPredicted: UInt32 = 0
    var neither: UInt32 = 0
    var first: UInt32 = 0
    var onIgnored: UInt32 = 0
  }

  private struct Details: Statistic {
    /// Multiples of 2³².
    var overlap = Overlap.zero
    var first = 0
    var onIgnored = 0
    var losses: [LossSum] = []
    var soft = SoftSums.zero
    var weighted: [WeightedSum] = []
    var saturated = SaturatedCounts.zero
    var ties = TieCounts.zero
    var border = BorderCounts.zero
    /// At most one: runs that do not count it need no room for it.
    var distances: [SurfaceDistances] = []
    var bounds: [LossBounds] = []
    var capped: [SplitSum] = []

    static let zero = Details()

    static func + (a: Details, b: Details) -> Details {
      Details(
        overlap: a.overlap + b.overlap, first: a.first + b.first,
        onIgnored: a.onIgnored + b.onIgnored, losses: adding(a.losses, b.losses),
        soft: a.soft + b.soft,
        weighted: adding(a.weighted, b.weighted),
        saturated: a.saturated + b.saturated, ties: a.ties + b.ties, border: a.border + b.border,
        distances: adding(a.distances, b.distances),
        bounds: adding(a.bounds, b.bounds), capped: adding(a.capped, b.capped))
    }
  }

  package init(
    overlap: Overlap = .zero, soft: SoftSums = .zero, losses: [LossSum] = [],
    weighted: [WeightedSum] = [], first: Int = 0, onIgnored: Int = 0,
    saturated: SaturatedCounts = .zero, ties: TieCounts = .zero,
    border: BorderCounts = .zero, distances: SurfaceDistances = .zero,
    bounds: [LossBounds] = [], capped: [SplitSum] = []
  ) {
    change {
      $0 = Details(
        losses: losses, soft: soft, weighted: weighted, saturated: saturated, ties: ties,
        border: border, distances: distances == .zero ? [] : [distances],
        bounds: bounds, capped: capped)
    }
    self.overlap = overlap
    self.first = first
    self.onIgnored = onIgnored
  }

  package static let zero = ClassTally()

  package static func + (a: ClassTally, b: ClassTally) -> ClassTally {
    var sum = ClassTally()
    sum.details = adding(a.details, b.details)
    sum.overlap = a.overlap + b.overlap
    sum.first = a.first + b.first
    sum.onIgnored = a.onIgnored + b.onIgnored
    return sum
  }

  private mutating func change(_ change: (inout Details) -> Void) {
    if details.isEmpty { details = [.zero] }
    change(&details[0])
    if details[0] == .zero { details = [] }
  }
}

extension ClassTally {
  package var overlap: Overlap {
    get {
      let overlap = Overlap(
        both: Int(small.both), onlyTrue: Int(small.onlyTrue),
        onlyPredicted: Int(small.onlyPredicted), neither: Int(small.neither))
      return details.isEmpty ? overlap : overlap + details[0].overlap
    }
    set {
      func rest(_ count: Int, _ small: inout UInt32) -> Int {
        small = UInt32(truncatingIfNeeded: count)
        return count - Int(small)
      }
      let rest = Overlap(
        both: rest(newValue.both, &small.both),
        onlyTrue: rest(newValue.onlyTrue, &small.onlyTrue),
        onlyPredicted: rest(newValue.onlyPredicted, &small.onlyPredicted),
        neither: rest(newValue.neither, &small.neither))
      if rest != (details.isEmpty ? .zero : details[0].overlap) { change { $0.overlap = rest } }
    }
  }

  /// The class's own pixels at which no class before it in the list is true: those that a lookup by
  /// arg max of the truth finds.
  package var first: Int {
    get { Int(small.first) + (details.isEmpty ? 0 : details[0].first) }
    set {
      small.first = UInt32(truncatingIfNeeded: newValue)
      let rest = newValue - Int(small.first)
      if rest != (details.isEmpty ? 0 : details[0].first) { change { $0.first = rest } }
    }
  }

  /// Pixels that are predicted as the class and do not count.
  package var onIgnored: Int {
    get { Int(small.onIgnored) + (details.isEmpty ? 0 : details[0].onIgnored) }
    set {
      small.onIgnored = UInt32(truncatingIfNeeded: newValue)
      let rest = newValue - Int(small.onIgnored)
      if rest != (details.isEmpty ? 0 : details[0].onIgnored) { change { $0.onIgnored = rest } }
    }
  }

  /// One sum for each loss of the run, in the order of the run's losses.
  package var losses: [LossSum] {
    get { details.isEmpty ? [] : details[0].losses }
    // In place, because every block of pixels adds to it.
    _modify {
      if details.isEmpty { details = [.zero] }
      defer { if details[0].losses.isEmpty, details[0] == .zero { details = [] } }
      yield &details[0].losses
    }
  }

  package var soft: SoftSums {
    get { details.isEmpty ? .zero : details[0].soft }
    set { change { $0.soft = newValue } }
  }

  /// Like `losses`, with the pixels' weights, where they have any; otherwise empty.
  package var weighted: [WeightedSum] {
    get { details.isEmpty ? [] : details[0].weighted }
    set { change { $0.weighted = newValue } }
  }

  package var saturated: SaturatedCounts {
    get { details.isEmpty ? .zero : details[0].saturated }
    set { change { $0.saturated = newValue } }
  }

  /// Zero unless they were counted.
  package var ties: TieCounts {
    get { details.isEmpty ? .zero : details[0].ties }
    set { change { $0.ties = newValue } }
  }

  /// Zero unless it was counted.
  package var border: BorderCounts {
    get { details.isEmpty ? .zero : details[0].border }
    set { change { $0.border = newValue } }
  }

  /// Zero unless they were counted.
  package var distances: SurfaceDistances {
    get { details.isEmpty ? .zero : details[0].distances.first ?? .zero }
    set { change { $0.distances = newValue == .zero ? [] : [newValue] } }
  }

  /// One for each loss, where planes hold levels; otherwise empty. Those of a categorical loss are
  /// not counted and stay 0.
  package var bounds: [LossBounds] {
    get { details.isEmpty ? [] : details[0].bounds }
    set { change { $0.bounds = newValue } }
  }

  /// For each loss, what clipped saturated wrong values cost; empty where there are none.
  package var capped: [SplitSum] {
    get { details.isEmpty ? [] : details[0].capped }
    set { change { $0.capped = newValue } }
  }
}

/// Element by element; an empty list is a list of zeros.
private func adding<S: Statistic>(_ a: [S], _ b: [S]) -> [S] {
  if a.isEmpty { return b }
  if b.isEmpty { return a }
  return zip(a, b).map(+)
}
