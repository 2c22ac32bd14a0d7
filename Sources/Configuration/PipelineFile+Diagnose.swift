internal import Core
internal import Counting
internal import Diagnosis

extension PipelineFile.Diagnose {
  init(
    _ setting: Setting?, measures: [Measure], reductions: [PipelineFile.NamedChain],
    exclusive: Bool, root: Setting
  ) throws(Problem) {
    let keys = try setting?.mapping(allowing: [
      "headline", "poor", "tolerance", "curves", "border", "bootstrap",
    ])
    let headline = try keys?["headline"]?.mapping(allowing: ["measure", "reduce"])
    isHeadlineNamed = headline != nil
    let place = headline?.setting ?? setting ?? root
    measure = try PipelineFile.Diagnose.measure(headline?["measure"], among: measures)
    let elementwise = measure.isElementwise
    let named = try headline?["reduce"]?.string
    let fitting = reductions.filter { $0.chain.hasScore != elementwise && $0.chain.isScalar }
    guard
      let reduction = named == nil ? fitting.first : reductions.first(where: { $0.name == named })
    else {
      guard let named else {
        let left = reductions.filter { $0.chain.hasScore != elementwise }.map { reduction in
          let axes = reduction.chain.remainingAxes.outsideIn.map(\.rawValue)
          return "'\(reduction.name)' leaves \(axes.joined(separator: " and "))"
        }
        throw place.problem(
          "no chain gives the headline '\(measure.name)' as one number: \(left.joined(separator: ", "))",
          remedy: "add one under reduce that takes every axis")
      }
      throw place.problem(
        "no chain is called '\(printable(named))'",
        remedy: "the chains are \(reductions.map(\.name).joined(separator: ", "))")
    }
    guard reduction.chain.hasScore != elementwise else {
      throw place.problem(
        "the chain '\(reduction.name)' is for \(elementwise ? "ratios" : "losses"), and '\(measure.name)' is none",
        remedy: "the chains that fit are \(fitting.map(\.name).joined(separator: ", "))")
    }
    guard reduction.chain.isScalar else {
      let left = reduction.chain.remainingAxes.outsideIn.map(\.rawValue)
      throw place.problem(
        "the chain '\(reduction.name)' leaves \(left.joined(separator: " and ")), and a headline is one number",
        remedy: "add > mean(\(left.joined(separator: ", ")))")
    }
    if case .categorical(let loss) = measure.form, !loss.isRepairable {
      throw place.problem(
        "the headline '\(measure.name)' has no exact counterfactual, so nothing can be said of its classes",
        remedy: "make 'ce' the headline and keep this one among the measures")
    }
    self.reduction = reduction
    countsLevels = try keys?["curves"]?.bool ?? false
    border = try keys?["border"]?.int
    if let border, !(1...1000).contains(border), let setting = keys?["border"] {
      throw setting.problem(
        "a border of \(border) pixels to either side", remedy: "write between 1 and 1000, as 3")
    }
    bootstrap = try Bootstrap.Settings(keys?["bootstrap"])
    (poorMeasure, poorLimit) = try PipelineFile.Diagnose.poor(keys?["poor"], exclusive: exclusive)
    tolerance = try keys?["tolerance"]?.percentage
    if let tolerance, !(0...1).contains(tolerance), let setting = keys?["tolerance"] {
      throw setting.problem(
        "\(shortest(tolerance)) is no share of the headline's scale", remedy: "write 1% or 0.01")
    }
  }

  private static func measure(
    _ setting: Setting?, among measures: [Measure]
  ) throws(Problem) -> Measure {
    guard let setting else { return measures[0] }
    let name = try setting.string
    let named = measures.filter { $0.name == name }
    let found = named.isEmpty ? measures.filter { $0.definition.name == name } : named
    guard found.count == 1, let measure = found.first else {
      throw setting.problem(
        found.isEmpty
          ? "'\(printable(name))' is not measured"
          : "'\(name)' could be \(found.map(\.name).joined(separator: " or "))",
        remedy: "the measures are \(measures.map(\.name).joined(separator: ", "))")
    }
    return measure
  }

  /// `iou < 0.5`: a score and the bound below which a class is poor.
  private static func poor(
    _ setting: Setting?, exclusive: Bool
  ) throws(Problem) -> (Measure, Double) {
    let text = try setting?.string ?? "iou < 0.5"
    let words = text.split(separator: "<", omittingEmptySubsequences: false)
      .map { $0.split(separator: " ").joined(separator: " ") }
    let place = setting
    func problem() -> Problem {
      let what = "'\(printable(text))' is no bound on a score"
      let remedy = "write 'iou < 0.5'; the scores are iou, dice, precision, recall, accuracy"
      return place?.problem(what, remedy: remedy) ?? Problem(what, remedy: remedy)
    }
    guard words.count == 2, let limit = Double(words[1]), (0...1).contains(limit),
      let definition = Catalogue.definition(named: words[0])
    else { throw problem() }
    let measure = try definition.measure(given: [:], areClassesExclusive: exclusive)
    guard case .score(.each) = measure.form else { throw problem() }
    return (measure, limit)
  }
}

extension Bootstrap.Settings {
  /// How many replicates, from which seed, and how sure.
  fileprivate init(_ setting: Setting?) throws(Problem) {
    self.init()
    guard let keys = try setting?.mapping(allowing: ["replicates", "seed", "level"]) else { return }
    if let count = keys["replicates"] {
      replicates = try count.positive
      guard (100...100_000).contains(replicates) else {
        throw count.problem(
          "\(replicates) replicates", remedy: "write between 100 and 100,000; 2000 is usual")
      }
    }
    if let seed = keys["seed"] { self.seed = UInt64(bitPattern: Int64(try seed.int)) }
    if let level = keys["level"] {
      self.level = try level.double
      guard (0.5...0.999).contains(self.level) else {
        throw level.problem(
          "\(shortest(self.level)) is no level", remedy: "write for example 0.95")
      }
    }
  }
}
