internal import Core
package import Measures
internal import Pages

/// What every rule looks at: a run, and what its headline says of it.
///
/// A rule is a property that gives findings, on a page of its own, and its name in `rules`.
package struct Examination: Sendable {
  package let measurements: Measurements
  package let diagnosis: Diagnosis
  /// Those that the reader's configuration names.
  let measures: [Measure]
  /// The headline's measure.
  let table: MeasureTable
  /// Of the whole run, one a class.
  let overlaps: [Overlap]

  package init(
    of measurements: Measurements, for diagnosis: Diagnosis, measures: [Measure] = []
  ) {
    self.measurements = measurements
    self.diagnosis = diagnosis
    self.measures = measures
    let chain = diagnosis.headline.chain
    table = measurements.table(
      of: diagnosis.headline.measure, byTile: chain.axes.contains(.tile))
    overlaps = measurements.overlaps
  }

  /// Everything that was noticed: faults of the input first, because they explain all others.
  package var findings: [Finding] { Examination.rules.flatMap { $0(self) } }

  private static let rules: [@Sendable (Examination) -> [Finding]] = [
    { $0.shuffledLabels },
    { $0.unlistedLabels },
    { $0.notNormalised },
    { $0.unclassedPixels },
    { $0.negativeLoss },
    { $0.undividedWeights },
    { $0.cancellingWeights },
    { $0.pooledClasses },
    { $0.emptyClasses },
    { $0.revealingReductions },
    { $0.smallestEdits },
    { $0.audibility },
    { $0.polarity },
    { $0.missedImages },
    { $0.concentration },
    { $0.sizes },
    { $0.border },
    { $0.thresholds },
  ]
}

extension Examination {
  /// How many classes are looked into.
  static let mostClasses = 5

  var headline: Headline { diagnosis.headline }
  /// Above which probability a class is predicted; `nil` where something else decides.
  package var threshold: Double? { measurements.scheme.threshold }
  /// Whether losses are of logits, which have no highest cost.
  var hasLogits: Bool { measurements.scheme.kind == .logits }
  var chain: Chain { headline.chain }
  var names: [String] { measurements.evidence.classes.names.map(printable) }

  /// `loss` or `score`.
  var kindText: String { headline.measure.worst == .smallest ? "score" : "loss" }

  /// The worst classes, as their places in the list.
  var poor: [Int] { places(of: diagnosis.poorClasses) }

  /// Those that the headline hides or mutes.
  var unseen: [Int] {
    places(of: diagnosis.poorClasses.filter { $0.leaning == .hidden || $0.leaning == .muted })
  }

  /// What the headline's chain makes of another table, or another chain of its table.
  func value(_ table: MeasureTable? = nil, by other: Chain? = nil) -> Double? {
    let (table, chain) = (table ?? self.table, other ?? chain)
    guard table.obstacle(to: chain) == nil else { return nil }
    return table.merged(for: chain).value(by: chain)
  }

  private func places(of found: [ClassDiagnosis]) -> [Int] {
    found.compactMap { one in diagnosis.classes.firstIndex { $0.name == one.name } }
  }
}

extension ClassDiagnosis {
  /// The verdict, or what it would be if it were certain.
  var leaning: Verdict? { tendency ?? verdict }
}

extension Examination {
  func listed(_ lines: [Line]) -> Line { Line(listing: lines, most: Examination.mostClasses) }
  func listed(_ names: [String]) -> Line { listed(names.map(Line.name)) }
  func listed(_ classes: [Int]) -> Line { listed(classes.map { names[$0] }) }
}
