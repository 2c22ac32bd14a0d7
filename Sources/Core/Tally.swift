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
  package var overlap = Overlap.zero
  /// One sum for each loss of the run, in the order of the run's losses.
  package var losses: [LossSum] = []
  /// Of the class's own pixels, those of which no class before it in the list is true too: what a
  /// lookup by arg max of the truth finds.
  package var first = 0
  /// At most one; none where it would be zero. A run has a tally for every image and class, and
  /// most of them need nothing of this.
  private var details: [Details] = []

  private struct Details: Statistic {
    var soft = SoftSums.zero
    var weighted: [WeightedSum] = []
    var saturated = SaturatedCounts.zero
    var border = BorderCounts.zero
    var bounds: [LossBounds] = []
    var capped: [SplitSum] = []

    static let zero = Details()

    static func + (a: Details, b: Details) -> Details {
      Details(
        soft: a.soft + b.soft, weighted: adding(a.weighted, b.weighted),
        saturated: a.saturated + b.saturated, border: a.border + b.border,
        bounds: adding(a.bounds, b.bounds), capped: adding(a.capped, b.capped))
    }
  }

  package init(
    overlap: Overlap = .zero, soft: SoftSums = .zero, losses: [LossSum] = [],
    weighted: [WeightedSum] = [], first: Int = 0, saturated: SaturatedCounts = .zero,
    border: BorderCounts = .zero,
    bounds: [LossBounds] = [], capped: [SplitSum] = []
  ) {
    self.overlap = overlap
    self.losses = losses
    self.first = first
    change {
      $0 = Details(
        soft: soft, weighted: weighted, saturated: saturated, border: border, bounds: bounds,
        capped: capped)
    }
  }

  package static let zero = ClassTally()

  package static func + (a: ClassTally, b: ClassTally) -> ClassTally {
    var sum = ClassTally()
    sum.overlap = a.overlap + b.overlap
    sum.losses = adding(a.losses, b.losses)
    sum.first = a.first + b.first
    sum.details = adding(a.details, b.details)
    return sum
  }

  private mutating func change(_ change: (inout Details) -> Void) {
    var changed = details.first ?? .zero
    change(&changed)
    details = changed == .zero ? [] : [changed]
  }
}

extension ClassTally {
  package var soft: SoftSums {
    get { details.first?.soft ?? .zero }
    set { change { $0.soft = newValue } }
  }

  /// Like `losses`, with the pixels' weights, where they have any; otherwise empty.
  package var weighted: [WeightedSum] {
    get { details.first?.weighted ?? [] }
    set { change { $0.weighted = newValue } }
  }

  package var saturated: SaturatedCounts {
    get { details.first?.saturated ?? .zero }
    set { change { $0.saturated = newValue } }
  }

  /// Zero unless it was counted.
  package var border: BorderCounts {
    get { details.first?.border ?? .zero }
    set { change { $0.border = newValue } }
  }

  /// One for each loss, where planes hold levels; otherwise empty. Those of a categorical loss are
  /// not counted and stay 0.
  package var bounds: [LossBounds] {
    get { details.first?.bounds ?? [] }
    set { change { $0.bounds = newValue } }
  }

  /// Of each loss, what saturated wrong values cost that are clipped; empty where there are none.
  package var capped: [SplitSum] {
    get { details.first?.capped ?? [] }
    set { change { $0.capped = newValue } }
  }
}

/// Element by element; an empty list is a list of zeros.
private func adding<S: Statistic>(_ a: [S], _ b: [S]) -> [S] {
  if a.isEmpty { return b }
  if b.isEmpty { return a }
  return zip(a, b).map(+)
}
