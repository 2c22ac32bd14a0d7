package import Core
package import Diagnosis
package import Pages
internal import Tables

/// The loss of a model with several outputs: its sum, and what the sum hides.
package struct TotalAccount {
  private let outputs: [Diagnosis.Output]
  private let total: Diagnosis

  /// - Throws: Problem: a headline is not a loss, or another output has another rule for poor.
  package init(of outputs: [Diagnosis.Output]) throws(Problem) {
    self.outputs = outputs
    total = try Diagnosis(adding: outputs)
  }

  package var page: Page {
    var table = Table(["output", "part", "headline"], textColumns: 3)
    table.hasHeading = false
    for output in outputs {
      let headline = output.diagnosis.headline
      let own = output.diagnosis.printed.map { $0 * output.weight }
      let share = own.flatMap { own in total.printed.flatMap { $0 == 0 ? nil : own / $0 } }
      table.add([
        .name(output.name),
        "\(exact: output.weight) · \(output.diagnosis.printed) = \(own) (\(percent: share))",
        "\(name: headline.name): \(name: headline.formula.text)",
      ])
    }
    let classes = total.poorClasses.map { Block.paragraph(total.judgement(of: $0)) }
    return [.title("total loss \(total.printed), the sum of"), .table(table)] + classes
  }
}
