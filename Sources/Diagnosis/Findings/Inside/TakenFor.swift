internal import Core
internal import Pages
internal import Tables

/// Which other class most of a poor class's pixels are taken for.
extension Examination {
  var takenFor: [Finding] {
    guard measurements.scheme.areClassesExclusive, !poor.isEmpty else { return [] }
    let confusion = Confusion.sum(measurements.images.lazy.map(\.tally.confusion))
    return poor.prefix(Examination.mostClasses).compactMap { c in
      let truth = overlaps[c].truth
      let others = confusion.entries.filter { $0.truth == c && $0.predicted != c }
      guard let most = others.max(by: { ($0.count, $1.predicted) < ($1.count, $0.predicted) }),
        names.indices.contains(most.predicted), 2 * most.count > truth
      else { return nil }
      let other = Line.name(names[most.predicted])
      let share = Double(most.count) / Double(truth)
      return Finding(
        .takenFor, of: diagnosis.classes[c].name, about: .name(names[c]),
        "\(percent: share) of its pixels are predicted as \(other)",
        remedy:
          "Look whether the two are one thing, or exchanged in the labels; if not, they are what the model cannot tell apart",
        numbers: ["share": share])
    }
  }
}
