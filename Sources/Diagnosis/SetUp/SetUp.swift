internal import Core
package import Pages
package import Tables

/// Whether a run was set up as its files are: looked for before anything is said of the model.
///
/// A rule is a property that gives faults, on a page of its own, and its name in `rules`.
package struct SetUp: Sendable {
  let measurements: Measurements
  /// Of each class, over the run.
  let overlaps: [Overlap]
  /// The images that were looked at, at most 16.
  let looks: [ImageEvidence]
  /// Of all of these.
  let glance: Glance
  /// Of the run, in pixels: those that count, those that do not, and those predicted as no class.
  let (pixels, ignored, unlisted): (Int, Int, Int)
  /// Of the run.
  let confusion: Confusion
  /// Kinds of faults of which the configuration says that they are meant so.
  let accepted: Set<SetUpFault.Kind>

  package init(of measurements: Measurements, accepting accepted: Set<SetUpFault.Kind> = []) {
    self.measurements = measurements
    self.accepted = accepted
    overlaps = measurements.overlaps
    // Once, and through a span: a rule that walks over 100,000 images touches each of them.
    let images = measurements.images
    let all = images.span
    var looked: [Int] = []
    var (pixels, ignored, unlisted) = (0, 0, 0)
    for index in all.indices {
      pixels += all[index].tally.pixels
      ignored += all[index].ignored
      unlisted += all[index].unlistedPredictions
      if all[index].glance != nil { looked.append(index) }
    }
    (self.pixels, self.ignored, self.unlisted) = (pixels, ignored, unlisted)
    looks = looked.map { images[$0] }
    glance = looks.compactMap(\.glance).reduce(.zero, +)
    confusion = Confusion.sum(images.lazy.map(\.tally.confusion))
  }

  /// Errors alone where there are any, for they explain the rest; then warnings, then what is
  /// accepted.
  package var faults: [SetUpFault] {
    let found = found
    let shown: [SetUpFault.Severity] =
      found.withholdVerdict ? [.error, .accepted] : [.warning, .accepted]
    return shown.flatMap { severity in found.filter { $0.severity == severity } }
  }

  /// Those that are seen without a truth.
  package var faultsOfPredictions: [SetUpFault] {
    let kinds: Set<SetUpFault.Kind> = [.wrongKind, .wrongActivation]
    return found.filter { kinds.contains($0.kind) }
  }

  private var found: [SetUpFault] {
    SetUp.rules.flatMap { $0(self) }.map { fault in
      var fault = fault
      if accepted.contains(fault.kind) { fault.severity = .accepted }
      return fault
    }
  }

  /// In the order in which one explains the next.
  private static let rules: [@Sendable (SetUp) -> [SetUpFault]] = [
    { $0.wrongKind }, { $0.wrongActivation }, { $0.mispaired },
    { $0.inverted }, { $0.turned }, { $0.instanceIDs }, { $0.renumbered }, { $0.shuffled },
    { $0.misordered }, { $0.numbersByFile },
    { $0.shortList }, { $0.unlistedPredictions },
    { $0.mostlyIgnored }, { $0.maskOfOne }, { $0.absentFromTruth }, { $0.predictedWhereIgnored },
    { $0.mergedClasses }, { $0.unusedLevels }, { $0.stretched }, { $0.neverPredicted },
  ]
}

extension SetUp {
  var scheme: Scheme { measurements.scheme }
  var classes: ClassList { scheme.classes }
  var names: [String] { classes.names.map(printable) }
  var images: [ImageEvidence] { measurements.images }
  /// How many images were looked at.
  var looked: Int { looks.count }

  func listed(_ lines: [Line]) -> Line { Line(listing: lines, most: 5) }
}

/// Something about how files are read that would make every number below it wrong, or of little
/// worth.
package struct SetUpFault: Hashable, Sendable {
  package var kind: Kind
  package var severity: Severity
  /// For a heading: `predictions are probabilities, not logits`.
  package var title: Line
  /// The evidence, up to the full stop.
  package var statement: Line
  /// What to do, up to the full stop; `lines` may follow.
  package var remedy: Line
  /// What to write in the configuration, line by line, as it stands there.
  package var lines: [String]
  /// The numbers of the statement with every digit, by name.
  package var numbers: [String: Double]

  init(
    _ kind: Kind, _ severity: Severity, _ title: Line, _ statement: Line, remedy: Line,
    lines: [String] = [], numbers: [String: Double] = [:]
  ) {
    self.kind = kind
    self.severity = severity
    self.title = title
    self.statement = statement
    self.remedy = remedy
    self.lines = lines
    self.numbers = numbers
  }

  package enum Severity: String, CaseIterable, Sendable {
    /// No verdict can be given.
    case error
    /// The verdicts stand, below this.
    case warning
    /// An error, or a warning, of which the configuration says that it is meant so.
    case accepted
  }

  package enum Kind: String, CaseIterable, Codable, Sendable {
    case wrongKind = "wrong-kind"
    case wrongActivation = "wrong-activation"
    case mispaired
    case inverted
    case turned
    case instanceIDs = "instance-ids"
    case shuffledLabels = "shuffled-labels"
    case numbersByFile = "numbers-by-file"
    case shortList = "short-list"
    case unlistedPredictions = "unlisted-predictions"
    case mostlyIgnored = "mostly-ignored"
    case absentFromTruth = "absent-from-truth"
    case predictedWhereIgnored = "predicted-where-ignored"
    case mergedClasses = "merged-classes"
    case unusedLevels = "unused-levels"
    case stretched
    case neverPredicted = "never-predicted"
  }
}

extension [SetUpFault] {
  /// Whether nothing below can be believed.
  package var withholdVerdict: Bool { contains { $0.severity == .error } }
}
