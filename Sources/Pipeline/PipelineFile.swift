package import Core
package import Decoding
package import Diagnosis
package import Measures
package import Reports

/// What pipeline.yml says, key by key, before anything is looked up on disk.
package struct PipelineFile: Sendable {
  /// As the user named it, for messages.
  package var path: String
  package var text: String
  package var decode: Decode
  package var batching: Batching
  package var order: ImageOrder?
  package var tileSide: Int
  package var measures: [Measure]
  package var reductions: [NamedChain]
  package var presets: [Preset]
  package var weighting: ClassWeighting
  package var sampleWeighting: SampleWeighting?
  package var diagnose: Diagnose
  package var report: Report

  package struct Decode: Sendable {
    package var predictions: SideLocation
    package var truth: SideLocation
    package var kind: Scheme.Kind
    package var activation: Scheme.Activation
    package var classes: ClassList
    package var ignored: Scheme.Ignored
    package var names: String?
    package var threshold: Double
    package var group: String?
    package var quantised: Quantisation
  }

  package struct NamedChain: Hashable, Sendable {
    package var name: String
    package var chain: Chain
  }

  package struct Diagnose: Sendable {
    package var measure: Measure
    package var reduction: NamedChain
    package var poorMeasure: Measure
    package var poorLimit: Double
    package var tolerance: Double?
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
  }

  package enum ImageOrder: String, CaseIterable, Sendable {
    case name, array
  }
}

extension PipelineFile {
  package static let keys = [
    "version", "decode", "batch", "tile", "measure", "reduce", "presets", "weights",
    "positive_weights", "sample_weight", "diagnose", "report",
  ]

  /// Reads the configuration; every fault in it is found before any image is looked at.
  package init(parsing text: String, path: String) throws(Problem) {
    let root = try Setting(parsing: text, file: path).mapping(allowing: Self.keys)
    self.path = path
    self.text = text
    if let version = root["version"], try version.int != 1 {
      throw version.problem("this program reads version 1", remedy: "write 'version: 1'")
    }
    let weights = try Weights(root["weights"])
    decode = try Decode(root.required("decode"))
    try weights.expectOnly(decode.classes)
    let positiveWeights = try Weights(root["positive_weights"])
    try positiveWeights.expectOnly(decode.classes)
    weighting = ClassWeighting(
      averaging: weights.weights(of: decode.classes),
      positive: positiveWeights.weights(of: decode.classes))
    sampleWeighting = try SampleWeighting(root["sample_weight"], decode.classes)
    (batching, order) = try PipelineFile.batching(root["batch"])
    tileSide = try root["tile"]?.positive ?? 256
    measures = try PipelineFile.measures(root.required("measure"), exclusive: decode.isExclusive)
    reductions = try PipelineFile.reductions(root.required("reduce"))
    try PipelineFile.expectPartners(measures, reductions, root)
    try PipelineFile.expectWeights(reductions, root)
    presets = try PipelineFile.presets(
      root["presets"], decode, hasSampleWeights: sampleWeighting != nil)
    diagnose = try Diagnose(
      root["diagnose"], measures: measures, reductions: reductions, exclusive: decode.isExclusive,
      root: root.setting)
    report = try Report(root["report"])
    try decode.expectProbabilities(for: measures, root.required("measure"))
  }

  private static func batching(_ setting: Setting?) throws(Problem) -> (Batching, ImageOrder?) {
    guard let setting else { return (Batching(), nil) }
    let keys = try setting.mapping(allowing: ["size", "order", "drop_last"])
    return (
      Batching(
        size: try keys.required("size").positive, dropsLast: try keys["drop_last"]?.bool ?? false),
      try keys["order"]?.choice(of: ImageOrder.self)
    )
  }

  private static func measures(
    _ setting: Setting, exclusive: Bool
  ) throws(Problem) -> [Measure] {
    var measures: [Measure] = []
    for item in try setting.list {
      let measure = try item.measure(exclusive: exclusive)
      guard !measures.contains(where: { $0.name == measure.name }) else {
        throw item.problem("'\(measure.name)' is listed twice", remedy: "keep one")
      }
      measures.append(measure)
    }
    guard !measures.isEmpty else {
      throw setting.problem("no measure is listed", remedy: "for example [bce, iou, dice]")
    }
    return measures
  }

  private static func reductions(_ setting: Setting) throws(Problem) -> [NamedChain] {
    var reductions: [NamedChain] = []
    for entry in try setting.entries {
      let text = try entry.value.string
      do {
        reductions.append(.init(name: entry.key, chain: try Chain(parsing: text)))
      } catch {
        // YAML ends a value within {…} at the first comma.
        let isCut = text.contains("(") && text.last != ")" && !text.hasSuffix("score")
        throw entry.value.problem(
          error.what,
          remedy: error.remedy + (isCut ? "; within {…} a chain must stand in quotes" : ""))
      }
    }
    guard !reductions.isEmpty else {
      throw setting.problem(
        "no chain is listed", remedy: "for example 'keras: mean(class) > mean(pixel, image, batch)'"
      )
    }
    return reductions
  }

  /// A chain that weighs by something needs it.
  private static func expectWeights(
    _ reductions: [NamedChain], _ root: Setting.Mapping
  ) throws(Problem) {
    for named in reductions {
      let weights = named.chain.reductions.flatMap { [$0.weight, $0.factor] }
      for (weight, key, example) in [
        (Chain.Weight.sampleWeights, "sample_weight", "sample_weight: {images: weights.csv}"),
        (.positiveWeights, "positive_weights", "positive_weights: [1, 1, 50]"),
      ] where weights.contains(weight) && root[key] == nil {
        throw try root.required("reduce").problem(
          "the chain '\(named.name)' weighs by \(weight.rawValue), and none are given",
          remedy: "add for example '\(example)'")
      }
    }
  }

  /// Every measure needs a chain of its kind; one that has none would silently not be reported.
  private static func expectPartners(
    _ measures: [Measure], _ reductions: [NamedChain], _ root: Setting.Mapping
  ) throws(Problem) {
    for measure in measures {
      let hasChain = reductions.contains { $0.chain.hasScore != measure.isElementwise }
      guard !hasChain else { continue }
      throw try root.required("reduce").problem(
        measure.isElementwise
          ? "no chain fits '\(measure.name)', which has a value at every pixel"
          : "no chain fits '\(measure.name)', which has no value at a pixel",
        remedy: measure.isElementwise
          ? "add one without score: mean(class) > mean(pixel, image, batch)"
          : "add one with score: pool(batch, image, pixel) > score > mean(class)")
    }
  }
}

extension PipelineFile.Decode {
  var isExclusive: Bool {
    kind == .labels
      ? !predictions.hasClassFiles && predictions.axes?.hasClasses != true
      : activation == .softmax
  }

  fileprivate init(_ setting: Setting) throws(Problem) {
    let keys = try setting.mapping(allowing: [
      "predictions", "truth", "kind", "activation", "classes", "ignore", "axes", "names", "colors",
      "threshold", "group", "quantised",
    ])
    let axes = try keys["axes"]?.axes
    predictions = try keys.required("predictions").location(axes: axes?.predictions)
    truth = try keys.required("truth").location(axes: axes?.truth)
    kind = try keys.required("kind").choice(of: Scheme.Kind.self)
    let told = try keys["activation"]?.choice(of: Scheme.Activation.self)
    guard let activation = told ?? (kind == .labels ? .softmax : nil) else {
      throw setting.problem(
        "\(kind.rawValue) need an activation, which cannot be seen from the files",
        remedy:
          "say activation: sigmoid (classes are independent) or softmax (they exclude each other)")
    }
    self.activation = activation
    classes = try ClassList(keys.required("classes"), colors: keys["colors"])
    ignored = try PipelineFile.Decode.ignoring(keys["ignore"], classes)
    names = try keys["names"]?.string
    threshold = try keys["threshold"]?.double ?? 0.5
    guard (0...1).contains(threshold) else {
      throw try keys.required("threshold").problem(
        "\(shortest(threshold)) is no probability", remedy: "write a number from 0 to 1")
    }
    quantised = try keys["quantised"]?.choice(of: Quantisation.self) ?? .round
    if let setting = keys["quantised"], kind != .probabilities {
      throw setting.problem(
        "\(kind.rawValue) are not written as levels", remedy: "take it out: it is for probabilities"
      )
    }
    group = try keys["group"]?.string.trimmingBraces
    if let group, !(predictions.template.names + truth.template.names).contains(group) {
      throw try keys.required("group").problem(
        "no path captures '{\(group)}'", remedy: "put {\(group)} into predictions or truth")
    }
    try expectImage(keys)
  }

  private func expectImage(_ keys: Setting.Mapping) throws(Problem) {
    for (key, side) in [("predictions", predictions), ("truth", truth)] {
      guard !side.template.names.contains("image"), !side.isOneArray else { continue }
      throw try keys.required(key).problem(
        "the path does not say where the image's name stands",
        remedy: "put {image} into it, or name one .npy or .npz file that holds all images")
    }
    if predictions.isOneArray != truth.isOneArray, names == nil {
      throw try keys.required("predictions").problem(
        "one side is an array and the other is files, and nothing tells which image is which",
        remedy: "add names: a text file with one image name a line, in the order of the array")
    }
  }

  private static func ignoring(
    _ setting: Setting?, _ classes: ClassList
  ) throws(Problem) -> Scheme.Ignored {
    guard let setting else { return Scheme.Ignored() }
    if setting.isScalar, try setting.string == "unlisted" {
      return Scheme.Ignored(unlisted: true)
    }
    var values: Set<Int64> = []
    for item in setting.isList ? try setting.list : [setting] {
      let value = Int64(try item.int)
      if let own = classes.entries.first(where: { $0.value == value }) {
        throw item.problem(
          "\(value) is the class '\(printable(own.name))'",
          remedy: "give the class another value, or do not ignore it")
      }
      values.insert(value)
    }
    return Scheme.Ignored(labels: values)
  }

  fileprivate func expectProbabilities(
    for measures: [Measure], _ setting: Setting
  ) throws(Problem) {
    guard kind == .labels else { return }
    for (measure, item) in zip(measures, try setting.list) where measure.needsProbabilities {
      throw item.problem(
        "'\(measure.name)' needs probabilities, and labels have none",
        remedy:
          "measure scores (iou, dice, precision, recall, accuracy), or save what the model gives before arg max"
      )
    }
  }
}

extension PipelineFile.Report {
  fileprivate init(_ setting: Setting?) throws(Problem) {
    directory = "out"
    formats = Format.allCases
    guard let keys = try setting?.mapping(allowing: ["to", "formats"]) else { return }
    if let to = keys["to"] {
      directory = try to.string
      guard !directory.isEmpty else {
        throw to.problem("the directory has no name", remedy: "write for example 'to: out'")
      }
    }
    guard let list = keys["formats"] else { return }
    formats = []
    for item in try list.list { formats.append(try item.choice(of: Format.self)) }
  }
}
