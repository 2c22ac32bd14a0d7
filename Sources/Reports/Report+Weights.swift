internal import Core
internal import Diagnosis
internal import Tables

extension Report {
  /// Which weights were given, whether their pixels got them, and what became of them.
  var weightText: String {
    guard let weights, weights.hasWeights else { return "" }
    let given: [(heading: String, cell: (WeightAudit.ClassWeights) -> String)] = [
      (.classWeights, ("class weight", { shortest($0.classWeight) })),
      (.positiveWeights, ("positive weight", { shortest($0.positiveWeight) })),
    ].compactMap { weight, column in weights.uses[weight] == nil ? nil : column }
    let isLookedUp = weights.classes.contains { $0.sampleWeight != nil }
    let lookedUp: [(heading: String, cell: (WeightAudit.ClassWeights) -> String)] = [
      ("sample weight", { $0.sampleWeight.map(shortest) ?? "–" }),
      ("its pixels", { Figure.count($0.pixels) }),
      ("that got it", { Figure.count($0.reached) }),
      ("that got another class's", { Figure.count($0.missed) }),
    ]
    let columns = given + (isLookedUp ? lookedUp : [])
    var table = MarkdownTable(["class"] + columns.map(\.heading), textColumns: 1)
    for found in weights.classes {
      table.add([markdown(found.name)] + columns.map { $0.cell(found) })
    }
    let facts = weightFindings.map(text) + weights.findings.filter(isNews).map(text)
    return "## Weights\n\n" + (columns.isEmpty ? "" : table.text + "\n")
      + facts.map { "* \($0)\n" }.joined()
  }

  /// What was noticed about weights, with its remedy.
  var weightFindings: [Finding] {
    findings.filter { $0.kind == .undividedWeights || $0.kind == .cancellingWeights }
  }

  /// Its backticks mean code.
  private func text(of fact: WeightAudit.Finding) -> String {
    markdown(fact.text).replacing("\\`", with: "`")
  }

  /// Whether a finding has not said it better.
  private func isNews(_ fact: WeightAudit.Finding) -> Bool {
    weightFindings.isEmpty || !(weights?.useFindings.contains(fact) ?? false)
  }
}
