package import Core
internal import Counting
package import Diagnosis
package import Tables

/// Everything that documents say about a run; each is a view of it.
///
/// It holds nothing that differs between two runs on the same evidence: no times, no output paths,
/// no numbers of workers.
package struct Report: Sendable {
  package var version: String
  package var inputs: Inputs
  /// What is wrong with how the files are read; said before anything else.
  package var setUp: [SetUpFault] = []
  package var headline: Diagnosis
  /// Whether the configuration names the headline; otherwise the first that fits was taken.
  package var isHeadlineNamed: Bool
  package var reductions: [Reduced]
  /// The same predictions, as frameworks would print them.
  /// Why the headline is NaN, where its chain says so.
  package var headlineNaN: NaNCause?
  package var presets: [PresetValue]
  /// The diagnoses by the file's other chains, those first that show what the headline does not.
  package var others: [Diagnosis]
  package var images: ImageRows
  package var saving: Saving
  /// For whom its tables are written.
  package var dialect = CSVDialect.plain
  /// What came of the limits of `check`, in their order.
  package var gates: [GateResult] = []
  /// Of `accepted`, what nothing needs any more.
  package var staleAcceptances: [Acceptance] = []
  /// What else was noticed.
  package var findings: [Finding] = []
  /// Where failing classes are worst.
  package var pictures: [ClassPicture] = []
  /// Which classes the pixels of each were predicted as, where a class fails and classes exclude each other.
  package var confusion = Confusion()
  /// One a class, where it was counted how often each probability occurs.
  package var curves: [ClassCurve] = []
  /// What training hears of each class, or why that is not known.
  package var gradient: Gradient?
  package var gradientObstacle: Problem?
  /// Which weights were really in force in the headline.
  package var weights: WeightAudit?

  package init(
    version: String, inputs: Inputs, headline: Diagnosis, isHeadlineNamed: Bool,
    reductions: [Reduced], presets: [PresetValue], others: [Diagnosis], images: ImageRows,
    saving: Saving = Saving()
  ) {
    self.version = version
    self.inputs = inputs
    self.headline = headline
    self.isHeadlineNamed = isHeadlineNamed
    self.reductions = reductions
    self.presets = presets
    self.others = others
    self.images = images
    self.saving = saving
  }

  package struct Inputs: Hashable, Sendable {
    /// As the user named it.
    package var configuration = ""
    /// Where the files are, as the configuration says.
    package var predictions = ""
    package var truth = ""
    /// What metrics call the run.
    package var run: String?
    package var kind: String
    package var activation: String
    package var classes: ClassList
    /// Decided where classes are independent.
    package var threshold: Double?
    /// The same where each class has its own.
    package var thresholds: [Double]?
    package var listed: Int
    package var used: Int
    /// Left out with a last batch that is not full.
    package var dropped: Int
    package var batchSize: Int?
    package var pixels: Int
    package var ignored: Int
    package var unclassed: Int
    package var overlapping: Int
    package var unlistedPredictions: Int
    package var problems: [ImageProblem]
    package var notes: [String]

    package init(
      kind: String, activation: String, classes: ClassList, threshold: Double?, listed: Int,
      used: Int, dropped: Int, batchSize: Int?, pixels: Int, ignored: Int, unclassed: Int,
      overlapping: Int, unlistedPredictions: Int, problems: [ImageProblem], notes: [String]
    ) {
      self.kind = kind
      self.activation = activation
      self.classes = classes
      self.threshold = threshold
      self.listed = listed
      self.used = used
      self.dropped = dropped
      self.batchSize = batchSize
      self.pixels = pixels
      self.ignored = ignored
      self.unclassed = unclassed
      self.overlapping = overlapping
      self.unlistedPredictions = unlistedPredictions
      self.problems = problems
      self.notes = notes
    }

    package var isComplete: Bool { problems.isEmpty }

    /// All images that were found, used or not.
    var found: Int { used + dropped + problems.count }
  }

  /// One measure under one chain.
  package struct Reduced: Hashable, Sendable {
    package var measure: String
    package var reduction: String
    /// `nil` where several are added up.
    package var chain: Chain?
    /// Whether larger is better.
    package var isScore: Bool
    /// What was computed, in the notation of configurations: the chain, or a sum of several.
    package var text: String
    package var value: Double?
    /// Of the chain, or of what follows a sum; empty where there is an obstacle.
    package var steps: [StepResult]
    package var orderGap: OrderGap?
    /// Why there is no value, where the data and not the chain is in the way.
    package var obstacle: Problem?
    /// What the steps may have been before planes were rounded to levels.
    package var bounds: Bounds?
    /// Why there are none although planes were rounded.
    package var unbounded: String?

    package init(
      measure: String, reduction: String, formula: Formula, value: Double?, steps: [StepResult],
      orderGap: OrderGap?, obstacle: Problem?, bounds: Bounds? = nil, unbounded: String? = nil
    ) {
      self.measure = measure
      self.reduction = reduction
      chain = formula.single?.chain
      isScore = formula.single?.measure.worst == .smallest
      text = formula.text
      self.value = value
      self.steps = steps
      self.orderGap = orderGap
      self.obstacle = obstacle
      self.bounds = bounds
      self.unbounded = unbounded
    }
  }

  /// What one framework would print.
  package struct PresetValue: Sendable {
    package var preset: Preset
    package var value: Double?
    /// One a class, after the last step that keeps the classes.
    package var perClass: [Double?]?
    package var steps: [StepResult]
    package var obstacle: Problem?
    /// What the framework prints, where that is no number.
    package var prints: Preset.NoNumber?
    /// Where it comes from, where a chain tells.
    package var nan: NaNCause?
    /// What the value may have been, where one measure and chain give it.
    package var interval: RoundingInterval?
    /// Whether larger is better; `nil` of a sum.
    package var isScore: Bool?
    /// In random batches, where the number depends on them.
    package var spread: BatchSpread?

    package init(
      preset: Preset, value: Double?, perClass: [Double?]?, steps: [StepResult], obstacle: Problem?,
      interval: RoundingInterval? = nil, spread: BatchSpread? = nil
    ) {
      self.preset = preset
      self.value = value
      self.perClass = perClass
      self.steps = steps
      self.obstacle = obstacle
      self.interval = interval
      self.spread = spread
    }
  }
}

extension Report {
  /// How many images, and classes with their numbers in words, a report that people read shows.
  static let shownImages = 10
  package static let shownClasses = 5
}
