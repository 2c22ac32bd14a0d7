/// The table of docs/diagnosis.md that says how often intervals hold, condition by condition.
struct CertaintySummary {
  let outcomes: [CertaintyTrial.Outcome]

  var table: String {
    let head = [
      "| condition | images | score: holds | no interval | median width | headline: holds | no interval | headroom: holds | no interval | sequences found |",
      "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    let rows = Condition.all.flatMap { condition in
      condition.images.map { images in
        row(outcomes.filter { $0.condition == condition.name && $0.images == images })
      }
    }
    return (head + rows).joined(separator: "\n")
  }

  private func row(_ outcomes: [CertaintyTrial.Outcome]) -> String {
    guard let first = outcomes.first else { return "" }
    let (scores, headlines) = (outcomes.flatMap(\.scores), outcomes.map(\.headline))
    let headrooms = outcomes.flatMap(\.headrooms)
    let widths = scores.compactMap(\.width).sorted()
    let width = widths.isEmpty ? "–" : "\((widths[widths.count / 2] * 1000).rounded() / 1000)"
    let found = Rate(of: outcomes) { $0.isSequence }
    return
      "| \(first.condition) | \(first.images) | \(holds(scores)) | \(withheld(scores)) | \(width) | \(holds(headlines)) | \(withheld(headlines)) | \(holds(headrooms)) | \(withheld(headrooms)) | \(percent(found.share)) |"
  }

  private func holds(_ all: [CertaintyTrial.Held]) -> String {
    let known = all.filter { $0.width != nil }
    guard !known.isEmpty else { return "–" }
    return percent(Rate(of: known) { if case .inside = $0 { true } else { false } }.share)
  }

  private func withheld(_ all: [CertaintyTrial.Held]) -> String {
    all.isEmpty ? "–" : percent(Rate(of: all) { $0.width == nil }.share)
  }
}
