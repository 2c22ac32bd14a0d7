internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

extension Report {
  /// Which weights were given, whether their pixels got them, and what became of them.
  var weightSection: [Block] {
    guard let weights, weights.hasWeights else { return [] }
    let given: [(heading: Line, cell: (WeightAudit.ClassWeights) -> Line)] = [
      (.classWeights, ("class weight", { "\(exact: $0.classWeight)" })),
      (.positiveWeights, ("positive weight", { "\(exact: $0.positiveWeight)" })),
    ].compactMap { weight, column in weights.uses[weight] == nil ? nil : column }
    let isLookedUp = weights.classes.contains { $0.sampleWeight != nil }
    let lookedUp: [(heading: Line, cell: (WeightAudit.ClassWeights) -> Line)] = [
      ("sample weight", { "\(exact: $0.sampleWeight)" }),
      ("its pixels", { "\(count: $0.pixels)" }),
      ("that got it", { "\(count: $0.reached)" }),
      ("that got another class's", { "\(count: $0.missed)" }),
    ]
    let columns = given + (isLookedUp ? lookedUp : [])
    var table = Table(["class"] + columns.map(\.heading))
    for found in weights.classes { table.add([.name(found.name)] + columns.map { $0.cell(found) }) }
    let facts =
      weightFindings.map { line($0) } + weights.findings.filter(isNews).map(\.text)
    return [
      .section(
        "Weights", (columns.isEmpty ? [] : [.table(table)]) + (facts.isEmpty ? [] : [.list(facts)]))
    ]
  }

  /// What was noticed about weights, with its remedy.
  var weightFindings: [Finding] {
    findings.filter { $0.kind == .undividedWeights || $0.kind == .cancellingWeights }
  }

  /// Whether no finding says it better.
  private func isNews(_ fact: WeightAudit.Finding) -> Bool {
    weightFindings.isEmpty || !(weights?.useFindings.contains(fact) ?? false)
  }
}
