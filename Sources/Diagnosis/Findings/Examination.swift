package import Core
package import Counting
internal import Pages
package import Tables

/// What every rule looks at: a run, and what its headline says of it.
///
/// A rule is a property that gives findings, on a page of its own, and its name in `rules`.
package struct Examination: Sendable {
  package let measurements: Measurements
  package let diagnosis: Diagnosis
  /// Those that the reader's configuration names.
  let measures: [Measure]
  /// The headline's measure, or the leading one of a sum.
  let table: MeasureTable
  /// Of the whole run, one a class.
  let overlaps: [Overlap]
  /// What training hears of the headline, or why that is not known; neither of a score.
  package let gradient: Gradient?
  package let gradientObstacle: Problem?

  package init(
    of measurements: Measurements, for diagnosis: Diagnosis, measures: [Measure] = []
  ) {
    self.measurements = measurements
    self.diagnosis = diagnosis
    self.measures = measures
    let leading = diagnosis.headline.leading
    table = measurements.table(
      of: leading.measure, byTile: leading.chain.axes.contains(.tile))
    overlaps = measurements.overlaps
    guard !diagnosis.headline.isScore, diagnosis.printed != nil else {
      (gradient, gradientObstacle) = (nil, nil)
      return
    }
    do throws(Problem) {
      (gradient, gradientObstacle) = (try Gradient(of: diagnosis.headline, on: measurements), nil)
    } catch {
      (gradient, gradientObstacle) = (nil, error)
    }
  }

  /// Everything that was noticed: faults of the input first, because they explain all others.
  package var findings: [Finding] {
    Examination.rules.flatMap { rule in
      rule.looksAt == .anyHeadline || headline.isSingle && !diagnosis.isOfShares
        ? rule.findings(self) : []
    }
  }

  private static let rules = [
    Rule(.anyHeadline) { $0.unlistedLabels },
    Rule(.oneChain) { $0.unclassedPixels },
    Rule(.oneChain) { $0.negativeLoss },
    Rule(.oneChain) { $0.undividedWeights },
    Rule(.oneChain) { $0.cancellingWeights },
    Rule(.oneChain) { $0.pooledClasses },
    Rule(.oneChain) { $0.emptyClasses },
    Rule(.anyHeadline) { $0.oneSided },
    Rule(.anyHeadline) { $0.revealingReductions },
    Rule(.oneChain) { $0.smallestEdits },
    Rule(.oneChain) { $0.audibility },
    Rule(.anyHeadline) { $0.slices },
    Rule(.anyHeadline) { $0.sequences },
    Rule(.anyHeadline) { $0.pulledDown },
    Rule(.anyHeadline) { $0.unheard },
    Rule(.anyHeadline) { $0.polarity },
    Rule(.anyHeadline) { $0.takenFor },
    Rule(.anyHeadline) { $0.missedImages },
    Rule(.anyHeadline) { $0.concentration },
    Rule(.anyHeadline) { $0.sizes },
    Rule(.anyHeadline) { $0.border },
    Rule(.anyHeadline) { $0.thresholds },
  ]

  private struct Rule: Sendable {
    let looksAt: Subject
    let findings: @Sendable (Examination) -> [Finding]

    init(
      _ looksAt: Subject, _ findings: @escaping @Sendable (Examination) -> [Finding]
    ) {
      self.looksAt = looksAt
      self.findings = findings
    }

    enum Subject {
      /// The input, the classes, or other reductions.
      case anyHeadline
      /// The headline's own chain, which a sum of several does not have; what it would be otherwise, which
      /// is not known against a soft truth.
      case oneChain
    }
  }
}

extension Examination {
  /// How many classes are looked into.
  static let mostClasses = 5

  var headline: Headline { diagnosis.headline }
  /// Above which probability a class is predicted; `nil` where something else decides.
  package func threshold(of c: Int) -> Double? { measurements.scheme.threshold(of: c) }
  /// Whether losses are of logits, which have no highest cost.
  var hasLogits: Bool { measurements.scheme.kind == .logits }
  /// The headline's chain, or that of the leading gauge of a sum.
  var chain: Chain { headline.leading.chain }
  var names: [String] { measurements.evidence.classes.names.map(printable) }

  /// `loss` or `score`.
  var kindText: String { headline.isScore ? "score" : "loss" }

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
