package import Core
package import Counting
package import Decoding
package import Diagnosis
package import Reports
package import Tables

/// What pipeline.yml says, key by key, before anything is looked up on disk.
package struct PipelineFile: Sendable {
  /// As the user named it, for messages.
  package var path: String
  package var text: String
  package var decode: Decode
  package var batching: Batching
  package var order: ImageOrder?
  package var tiling: Tiling
  package var measures: [Measure]
  /// Sums of products of these.
  package var combinations: [Combination]
  package var reductions: [NamedChain]
  package var presets: [Preset]
  package var weighting: ClassWeighting
  package var sampleWeighting: SampleWeighting?
  package var diagnose: Diagnose
  /// Faults of the set-up that are meant so.
  package var accepted: Set<SetUpFault.Kind>
  /// The limits of `check`, in their order.
  package var gates: [Gate]
  /// The failing checks that are accepted.
  package var acceptances: [Acceptance]
  /// Where the baseline lies, from the configuration's directory.
  package var baseline: String
  /// An earlier run, with which one without truth is compared, from the configuration's directory.
  package var reference: String?
  package var report: Report
  package var ready: Ready

  /// A sum of products of measures, each by a chain.
  package struct Combination: Sendable {
    package var name: String
    package var formula: Formula
  }

  package struct Decode: Sendable {
    package var predictions: SideLocation
    /// `nil` where it is not known.
    package var truth: SideLocation?
    package var kind: Scheme.Kind
    package var activation: Scheme.Activation
    package var classes: ClassList
    package var ignored: Scheme.Ignored
    package var coding: PerSide<LabelCoding>
    /// The files that list which label each object of a side's pictures has.
    package var segments: PerSide<String?>
    package var valid: OverlayLocation?
    /// On which the worst places are drawn.
    package var images: OverlayLocation?
    package var unclassed: [Int64]
    package var colorTolerance: Int
    package var maskFiles: PerSide<MaskFiles>
    package var orientation: PerSide<Turn>
    package var voxels: Scheme.Voxels
    package var resize: PerSide<Interpolation?>
    package var palettes: PerSide<PaletteReading?>
    package var names: String?
    package var threshold: Double
    /// One a class, where they are not all the same.
    package var thresholds: [Double]?
    package var truthThreshold: Double?
    /// Whether losses are against the shares of a soft truth.
    package var hasShares: Bool
    package var group: String?
    package var quantised: Quantisation
  }

  package struct NamedChain: Hashable, Sendable {
    package var name: String
    package var chain: Chain
  }

  package struct Diagnose: Sendable {
    package var headline: Headline
    /// Whether calibration and curves over thresholds are wanted where they cost time: 8-bit planes
    /// have them anyway.
    package var countsLevels: Bool
    /// Within how many pixels of a class's border errors are counted apart.
    package var border: Int?
    package var bootstrap: Bootstrap.Settings
    /// Whether the file names the headline; otherwise it is the first measure with the first chain.
    package var isHeadlineNamed: Bool
  }

  package struct Report: Sendable {
    package var directory: String
    package var formats: [Format]
    package var dialect: CSVDialect
    /// What metrics call the run.
    package var name: String?
    /// Whether the worst places are drawn.
    package var pictures: Bool

    /// Whether there is a document that shows them, too.
    package var drawsPictures: Bool {
      pictures && formats.contains { $0 == .html || $0 == .markdown }
    }
  }

  package enum ImageOrder: String, CaseIterable, Sendable {
    case name, array
  }
}

extension PipelineFile {
  package var hasTruth: Bool { decode.truth != nil }

  /// - Throws: Problem: there is none, and without it there is nothing to measure.
  package func expectTruth() throws(Problem) {
    guard !hasTruth else { return }
    throw Problem(
      "decode has no truth, and nothing can be measured without", at: .file(path),
      remedy:
        "say truth: where its files lie; what predictions alone tell is written by `unmask run`")
  }

  /// Without the lines of its checks, where its text is not that of the file: it was read from what options
  /// had changed.
  package var withoutForeignLines: PipelineFile {
    guard text.prefix(while: { $0 != "\n" }).hasSuffix(Setting.adjustedMark) else { return self }
    var file = self
    for index in file.gates.indices { file.gates[index].line = nil }
    return file
  }

  /// Reads the configuration; no image is looked at.
  ///
  /// - Parameter adjustments: what holds instead of what the file says; `text` is then what was read
  ///   in the end, so that it needs neither options nor environment again.
  /// - Throws: everything that is wrong with it, in the order of the file.
  package init(
    parsing text: String, path: String, adjusted adjustments: Adjustments = Adjustments()
  ) throws(Problem) {
    let written = try Setting(parsing: text, file: path)
    let root = try adjustments.applied(to: written).completeWithoutTruth
    let text = root.adjustedText(of: path) ?? text
    var mistakes = Mistakes()
    let keys = Section(root, Keys.pipeline, noting: &mistakes)
    let file = keys.flatMap { PipelineFile($0, text: text, path: path, noting: &mistakes) }
    self = try mistakes.settled(file)
  }

  private init?(
    _ keys: Section<Keys.Pipeline>, text: String, path: String, noting mistakes: inout Mistakes
  ) {
    let decode = Decode(keys, noting: &mistakes)
    let weighting = keys.weighting(noting: &mistakes)
    let sampleWeighting = SampleWeighting.reading(keys, noting: &mistakes)
    let exclusive = keys.decode?.areClassesExclusive
    keys.expectCaptures(noting: &mistakes)
    keys.expectPartners(noting: &mistakes)
    keys.expectReference(noting: &mistakes)
    keys.expectWeights(noting: &mistakes)
    keys.expectProbabilities(noting: &mistakes)
    keys.expectShares(noting: &mistakes)
    let measures = keys.measures(areClassesExclusive: exclusive ?? false, noting: &mistakes)
    let combinations = keys.combinations(of: measures, noting: &mistakes)
    keys.expectLogits(noting: &mistakes)
    let presets = keys.fittingPresets(noting: &mistakes)
    let diagnose = Diagnose(
      keys, measures: measures, combinations: combinations ?? [],
      areClassesExclusive: exclusive ?? false, noting: &mistakes)
    guard let decode, let weighting, let sampleWeighting, let measures,
      let combinations, let presets, let diagnose,
      let batching = keys.batching, let order = keys.order, let tiling = keys.tile,
      let reductions = keys.reduce, let accepted = keys.accept, let report = Report(keys),
      let ready = keys.readiness,
      let gates = keys.gates(
        diagnose.headline, among: measures, and: combinations,
        areClassesExclusive: exclusive ?? false,
        noting: &mistakes)
    else { return nil }
    self.path = path
    self.text = text
    self.decode = decode
    self.batching = batching
    self.order = order
    self.tiling = tiling
    self.measures = measures
    self.combinations = combinations
    self.reductions = reductions
    self.presets = presets
    self.weighting = weighting
    self.sampleWeighting = sampleWeighting
    self.diagnose = diagnose
    self.accepted = Set(accepted ?? [])
    self.gates = gates
    acceptances = keys.acceptances(of: gates, noting: &mistakes)
    guard let baseline = keys.baseline, let reference = keys.reference else { return nil }
    self.baseline = baseline
    self.reference = reference
    self.report = report
    self.ready = ready
  }
}

extension Setting {
  /// The settings as text where they differ from the file; what was put in stands above.
  fileprivate func adjustedText(of path: String) -> String? {
    let adjusted = leaves.filter { $0.origin != Origin() }
    guard !adjusted.isEmpty else { return nil }
    let reasons = adjusted.map { leaf in
      let variables = leaf.origin.variables.map { "${\($0)}" }
      let by = [leaf.origin.option].compactMap(\.self) + variables
      return "# \(printable(leaf.path)) by \(printable(by.joined(separator: " and ")))\n"
    }
    return "# \(printable(path))\(Setting.adjustedMark)\n" + reasons.joined() + block()
  }

  fileprivate static let adjustedMark = ", in which others were put in:"

  /// The values that hold no keys.
  private var leaves: [Setting] {
    if case .mapping(let entries) = content, !entries.isEmpty {
      return entries.flatMap(\.value.leaves)
    }
    return [self]
  }
}

extension Section<Keys.Pipeline> {
  /// Without `batch`, the run is one batch.
  fileprivate var batching: Batching? {
    guard let batch = self.batch else { return nil }
    guard let batch else { return Batching() }
    guard let size = batch.size, let dropsLast = batch.dropLast else { return nil }
    return Batching(size: size, dropsLast: dropsLast)
  }

  fileprivate var order: PipelineFile.ImageOrder?? {
    guard let batch = self.batch else { return nil }
    return batch.map { $0.order } ?? .some(nil)
  }
}
