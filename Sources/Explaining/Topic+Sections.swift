internal import Core
internal import Counting
internal import Pages

extension Term {
  var section: Block { .section(.name(names[0]), [.paragraph(meaning)]) }
}

extension MeasureDefinition {
  /// What it computes, what can be set, and where that is read.
  var section: Block {
    let settings = parameters.map { parameter -> Line in
      let standard = parameter.standard.map { " = \(exact: $0)" as Line } ?? ""
      return "\(name: parameter.name)\(standard): \(name: parameter.summary)"
    }
    return .section(
      .name(name),
      [.paragraph("\(name: title): \(name: formula)")]
        + (settings.isEmpty ? [] : [.list(settings)])
        + [.paragraph("Read in \(name: source).")])
  }
}
