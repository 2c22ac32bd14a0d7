internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Raster

extension Plan {
  /// Of colours whose numbers mean nothing, the class on which each lies on the other side.
  ///
  /// - Returns: colours with their class's place in the list, one to one; empty where they do not lie on
  ///   classes, as where the other side's numbers mean nothing either.
  func classes(
    of palettes: ReorderedPalettes, on side: Side, in images: [ImageFiles]
  ) -> [ClassList.Color: Int] {
    var meetings: [ClassList.Color: [Int: Int]] = [:]
    for files in images {
      guard let colors = palettes.palettes[files.path(on: side)] else { continue }
      for entry in numbers(of: files, on: side) {
        let (own, other) =
          side == .truth ? (entry.truth, entry.predicted) : (entry.predicted, entry.truth)
        guard let color = colors[own], let c = place(of: other, beside: side) else { continue }
        meetings[color, default: [:]][c, default: 0] += entry.count
      }
    }
    return matched(meetings)
  }

  /// What numbers of both sides meet on the places of a first look; none where the image cannot be
  /// read, which the run would say.
  private func numbers(of files: ImageFiles, on side: Side) -> [LabelPairs.Entry] {
    var plan = self
    plan.scheme.palettes[side] = .index
    // The numbers are not what they say, so none is foreign.
    plan.scheme.ignored = Scheme.Ignored(labels: Set(scheme.ignored.labels), unlisted: true)
    guard let pair = try? ImagePair(decoding: files, by: plan.rules),
      let needs = try? Needs(plan.scheme)
    else { return [] }
    return Counter(for: needs).glance(at: pair, levels: [], index: files.index).labels.entries
  }

  private func place(of number: Int64, beside side: Side) -> Int? {
    let entries = scheme.classes.entries
    // Planes have no numbers but their places.
    if side == .truth, scheme.kind != .labels {
      return Int(exactly: number).flatMap { entries.indices.contains($0) ? $0 : nil }
    }
    let other = side.other
    guard let label = scheme.coding[other].label(of: number) else { return nil }
    return entries.firstIndex { $0.labels[other].contains(label) }
  }

  private func matched(_ meetings: [ClassList.Color: [Int: Int]]) -> [ClassList.Color: Int] {
    let colors = meetings.keys.sorted()
    let side = max(colors.count, scheme.classes.count)
    guard side <= 256 else { return [:] }
    var totals = [Int](repeating: 0, count: side)
    for counts in meetings.values {
      for (c, count) in counts { totals[c] += count }
    }
    let gains = (0..<side).map { row -> [Double] in
      guard row < colors.count, let counts = meetings[colors[row]] else {
        return [Double](repeating: 0, count: side)
      }
      let all = counts.values.reduce(0, +)
      return (0..<side).map { c in
        let both = counts[c] ?? 0
        return both > 0 ? Double(both) / Double(all + totals[c] - both) : 0
      }
    }
    let best = bestAssignment(gains)
    let found = colors.indices.filter { gains[$0][best[$0]] > 0 }
    let sum = found.reduce(0) { $0 + gains[$1][best[$1]] }
    // By chance something always lies on something.
    guard !found.isEmpty, sum / Double(found.count) > 0.3 else { return [:] }
    return Dictionary(uniqueKeysWithValues: found.map { (colors[$0], best[$0]) })
  }
}

extension ImageFiles {
  fileprivate func path(on side: Side) -> String {
    if case .file(let path, _) = side == .truth ? truth : prediction { path } else { "" }
  }
}
