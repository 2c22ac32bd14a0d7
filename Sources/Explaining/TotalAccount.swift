internal import Core
internal import Counting
package import Diagnosis
package import Pages
internal import Tables

/// The loss of a model with several outputs, as Keras prints it: the sum of its outputs' losses,
/// each times its weight. This is the one sum among the means.
///
/// A class that its own output shows can still be hidden by the total, where its output counts
/// little; each poor class is judged against the total's scale too.
package struct TotalAccount {
  private let parts: [Part]

  package init(of parts: [Part]) { self.parts = parts }

  /// An output, and what its own headline says of its classes.
  package struct Part {
    package var name: String
    package var weight: Double
    package var diagnosis: Diagnosis
    package var loss: Double

    package init(name: String, weight: Double, diagnosis: Diagnosis, loss: Double) {
      self.name = name
      self.weight = weight
      self.diagnosis = diagnosis
      self.loss = loss
    }
  }

  package var page: Page {
    var table = Table(["output", "part", "headline"], textColumns: 3)
    table.hasHeading = false
    for part in parts {
      let (own, headline) = (part.weight * part.loss, part.diagnosis.headline)
      table.add([
        .name(part.name),
        "\(exact: part.weight) · \(part.loss) = \(own) (\(percent: sum == 0 ? nil : own / sum))",
        "\(name: headline.name): \(code: headline.formula.text)",
      ])
    }
    let classes = parts.flatMap { part in part.diagnosis.poorClasses.map { line($0, of: part) } }
    return [.title("total loss \(sum), the sum of"), .table(table)]
      + (classes.isEmpty ? [] : [.lines(classes)])
  }

  private var sum: Double { parts.reduce(0) { $0 + $1.weight * $1.loss } }

  /// What a change of the total must exceed to be seen.
  private var tolerance: Double {
    let scale = parts.reduce(0) { $0 + $1.weight.magnitude * ($1.diagnosis.scale ?? 0) }
    return max(Diagnosis.printResolution, 0.01 * scale)
  }

  private func line(_ found: ClassDiagnosis, of part: Part) -> Line {
    let headroom = found.headroom ?? 0
    let isSeen = part.weight.magnitude * headroom >= tolerance
    let title = part.diagnosis.headline.poor.measure.definition.title
    let visibility: Line =
      isSeen ? "that is seen" : "less than \(tolerance) lower, which is not seen"
    return
      "\(name: found.name) of \(name: part.name) fails (\(name: title) \(found.badness.map { 1 - $0 })). If it were perfect the total would be \(sum - part.weight * headroom): \(visibility)."
  }
}
