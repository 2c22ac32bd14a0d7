internal import Core
internal import Pages

/// Planes of classes that may overlap, in another order than the class list: each lies on the truth of
/// another class.
extension SetUp {
  var misordered: [SetUpFault] {
    guard let found = reordering, found.renamed >= (bestTurn?.then ?? 0) else { return [] }
    let holders = found.planes.enumerated().filter { $0.offset != $0.element }.map {
      place, c -> Line in "that of \(name: names[place]) lies on \(name: names[c])"
    }
    return [
      SetUpFault(
        .shuffledLabels, looked < SetUp.fewestImages ? .warning : .error,
        "the predicted planes are in another order than the classes",
        "Of the planes, \(listed(holders)): read so, the mean IoU on the places that were looked at in \(count: looked, "image") is \(found.renamed) instead of \(found.now)",
        remedy:
          "Put the classes, and planes of the truth that have no names, in the order of the predictions' planes: \(text: found.planes.map { names[$0] }.joined(separator: ", ")); or save the planes of both sides in one order",
        numbers: ["mean_iou": found.now, "renamed": found.renamed])
    ]
  }

  /// For each predicted plane the class that it fits best, where that is far better than its own.
  var reordering: (planes: [Int], now: Double, renamed: Double)? {
    let count = names.count
    guard !scheme.areClassesExclusive, count > 1, !glance.planes.isEmpty,
      let cells = glance.turned[Turn.none], cells.count == count
    else { return nil }
    var both = [[Int]](repeating: .init(repeating: 0, count: count), count: count)
    for entry in glance.planes.entries {
      guard let t = Int(exactly: entry.truth), let p = Int(exactly: entry.predicted),
        both.indices.contains(t), both.indices.contains(p)
      else { return nil }
      both[p][t] = entry.count
    }
    let gains = (0..<count).map { p in
      (0..<count).map { t -> Double in
        let union = cells[t].truth + cells[p].predicted - both[p][t]
        return union > 0 ? Double(both[p][t]) / Double(union) : 0
      }
    }
    let present = cells.count { $0.truth > 0 }
    guard present > 1 else { return nil }
    let best = bestAssignment(gains)
    func mean(_ planes: [Int]) -> Double {
      planes.indices.reduce(0) { $0 + gains[$1][planes[$1]] } / Double(present)
    }
    let (now, then) = (mean(Array(0..<count)), mean(best))
    let moved = (0..<count).count { best[$0] != $0 && gains[$0][best[$0]] > 0.1 }
    guard then > now + SetUp.least, moved > 1 else { return nil }
    return (best, now, then)
  }
}
