internal import Core
internal import Counting
internal import Expressions
internal import Tables

/// A sum of products of the file's measures, each by a chain:
///
///     {name: bce-dice, combine: "bce + 0.5*soft_dice", by: {bce: keras, soft-dice: global}}
struct CombinedMeasure: Sendable {
  private(set) var name: String
  private(set) var setting: Setting
  private var text: Setting
  /// The chain of a measure, where it is not the first of its kind that leaves one number.
  private var chains: [Setting.Entry] = []
}

extension CombinedMeasure {
  private static let keys = ["name", "combine", "by"]

  /// `nil` where something is wrong, which is noted.
  init?(_ setting: Setting, _ entries: [Setting.Entry], noting mistakes: inout Mistakes) {
    func value(_ key: String) -> Setting? { entries.first { $0.key == key }?.value }
    if let entry = entries.first(where: { !CombinedMeasure.keys.contains($0.key) }) {
      mistakes.note(
        entry.value.problem(
          "a combination has no key '\(printable(entry.key))'",
          remedy: suggestion(
            for: entry.key, among: CombinedMeasure.keys, called: "the keys are")))
      return nil
    }
    guard let text = value("combine"), let named = value("name") else {
      mistakes.note(
        setting.problem(
          "the combination has no name", remedy: "add name: mine, by which reports call it"))
      return nil
    }
    let name = mistakes.noting { () throws(Problem) in try named.expectedMeasureName }
    let chains = mistakes.noting { () throws(Problem) in try value("by")?.entries ?? [] }
    guard let name, let chains else { return nil }
    (self.name, self.setting, self.text, self.chains) = (name, setting, text, chains)
  }

  /// - Throws: Problem: the text is no sum of products of the measures, or a part has no chain.
  func formula(
    of measures: [Measure], by reductions: [PipelineFile.NamedChain]
  ) throws(Problem) -> Formula {
    let terms = try terms(of: measures)
    var gauges: [String: Gauge] = [:]
    for name in Set(terms.flatMap(\.names)).sorted() {
      gauges[name] = try gauge(name, of: measures, by: reductions)
    }
    for entry in chains {
      let isUsed = gauges.contains { name, gauge in
        [gauge.measure.name, gauge.measure.definition.name, name].contains(entry.key)
      }
      guard isUsed else {
        throw entry.value.problem(
          "'\(printable(entry.key))' is not in the sum",
          remedy:
            "name measures of it: \(gauges.values.map(\.measure.name).sorted().joined(separator: ", "))"
        )
      }
    }
    var formula = Formula(
      terms: terms.map { term in
        Formula.Term(factor: term.factor, gauges: term.names.compactMap { gauges[$0] })
      })
    formula.addBatchesLast()
    return formula
  }

  private func terms(
    of measures: [Measure]
  ) throws(Problem) -> [(factor: Double, names: [String])] {
    // A hyphen takes away, so names are written with a low line.
    let names = measures.map { $0.plainName(among: measures) }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw setting.problem(
        "two measures are both written '\(twice)' in combinations", remedy: "rename one of them")
    }
    let text = try text.string
    do throws(ExpressionFault) {
      let expression = try Expression(parsing: text, names: names)
      guard let terms = expression.terms, terms.contains(where: { !$0.names.isEmpty }) else {
        throw ExpressionFault(
          what: "this is no sum of products of measures",
          remedy: "add, take away and multiply measures and numbers: bce - (1 + soft_dice)",
          place: 0..<text.count)
      }
      return terms
    } catch {
      var problem = self.text.problem(error.what, remedy: error.remedy)
      problem.excerpt = error.excerpt(of: text)
      throw problem
    }
  }

  private func gauge(
    _ name: String, of measures: [Measure], by reductions: [PipelineFile.NamedChain]
  ) throws(Problem) -> Gauge {
    guard let measure = measures.first(where: { $0.plainName(among: measures) == name }) else {
      throw text.problem("'\(name)' is not measured", remedy: "list it under measure")
    }
    let fitting = reductions.filter { $0.chain.hasScore != measure.isElementwise }
    let entry = chains.first { [measure.name, measure.definition.name, name].contains($0.key) }
    if let entry {
      let chain = try entry.value.chain(named: try entry.value.string, among: reductions)
      try entry.value.expect(chain, toFit: measure, or: fitting)
      guard chain.chain.isScalar else {
        throw entry.value.problem(
          "the chain '\(chain.name)' leaves more than one number",
          remedy: "name one that takes every axis")
      }
      return Gauge(measure, chain.chain)
    }
    guard let chain = fitting.first(where: \.chain.isScalar) else {
      throw text.problem(
        "no chain makes one number of '\(measure.name)'",
        remedy: measure.isElementwise
          ? "add one under reduce: mean(class) > mean(pixel, image, batch)"
          : "add one under reduce: pool(batch, image, pixel) > score > mean(class)")
    }
    return Gauge(measure, chain.chain)
  }
}

extension Measure {
  /// As a combination writes it, `soft_dice`: without its parameters where no other measure is of the kind.
  fileprivate func plainName(among measures: [Measure]) -> String {
    let isAlone = measures.count { $0.definition.name == definition.name } == 1
    let parts = (isAlone ? definition.name : name)
      .split { !($0.isLetter || $0.isNumber) }
    return parts.joined(separator: "_")
  }
}

extension Formula {
  /// Where every chain ends with the same step over the batches, terms are combined batch by batch, as a
  /// training loop has them.
  fileprivate mutating func addBatchesLast() {
    let last = gauges.map(\.chain.reductions.last)
    guard let first = last.first ?? nil, first.axes == [.batch], first.substitute == nil,
      last.allSatisfy({ $0 == first }), gauges.allSatisfy({ $0.chain.steps.count > 1 })
    else { return }
    for term in terms.indices {
      for gauge in terms[term].gauges.indices { terms[term].gauges[gauge].chain.steps.removeLast() }
    }
    rest = [first]
  }
}

extension JSON {
  /// An object with a name and a sum of products.
  static var combinedMeasure: JSON {
    [
      "type": "object",
      "description": "a sum of products of measures; docs/losses.md",
      "required": ["name", "combine"],
      "additionalProperties": false,
      "properties": [
        "name": ["type": "string", "description": "by which reports call it"],
        "combine": [
          "type": "string",
          "description":
            "measures with _ for -, numbers, + - * and brackets: bce - (1 + soft_dice)",
        ],
        "by": [
          "type": "object", "additionalProperties": ["type": "string"],
          "description": "the chain of each measure; otherwise the first that leaves one number",
        ],
      ],
    ]
  }
}
