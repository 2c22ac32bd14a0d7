internal import Core
internal import Counting
internal import Pages
internal import Tables

/// A ratio of all classes' pixels together, which shows large classes only.
extension Examination {
  var pooledClasses: [Finding] {
    guard isPooled, names.count > 1, let printed = diagnosis.printed else { return [] }
    let sizes = zip(overlaps, table.layout.isAveraged).map { $1 ? $0.truth : 0 }
    let all = sizes.reduce(0, +)
    let present = sizes.indices.filter { sizes[$0] > 0 }
    guard let smallest = present.min(by: { sizes[$0] < sizes[$1] }),
      2 * present.count * sizes[smallest] < all
    else { return [] }
    var large: [Int] = []
    var taken = 0
    for c in present.sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) }) where 10 * taken < 9 * all {
      large.append(c)
      taken += sizes[c]
    }
    let apart = chain.keepingClasses
    // Where each class's score has the same divisor, pooling is averaging.
    guard let value = value(by: apart), let tolerance = diagnosis.tolerance,
      (value - printed).magnitude > tolerance
    else { return [] }
    let share = Double(taken) / Double(all)
    let least = Double(sizes[smallest]) / Double(all)
    return [
      Finding(
        .pooledClasses,
        "The classes are added up before the score: \(listed(large)) \(text: large.count == 1 ? "has" : "have") \(percent: share) of what it sees, \(name: names[smallest]) \(percent: least); pooled it is \(printed), averaged over classes \(value)",
        remedy: "Take the score class by class and average then",
        snippet: .chain("by-class", apart),
        numbers: [
          "value": printed, "by_class": value, "share_of_large_classes": share,
          "share_of_smallest_class": least,
        ])
    ]
  }

  /// Whether the classes are pooled, and the ratio does not weigh them itself.
  private var isPooled: Bool {
    guard case .ratios(let ratios) = table, !ratios.isJoint else { return false }
    return chain.reductions.contains { $0.operation == .pool && $0.axes.contains(.class) }
  }
}

extension Chain {
  /// The classes averaged right after the score instead of pooled before it.
  fileprivate var keepingClasses: Chain {
    var changed: [Step] = []
    for step in steps {
      switch step {
      case .reduce(var reduction) where reduction.operation == .pool:
        reduction.axes.removeAll { $0 == .class }
        if !reduction.axes.isEmpty { changed.append(.reduce(reduction)) }
      case .score: changed += [step, .reduce(.init(.mean, [.class]))]
      case .reduce: changed.append(step)
      }
    }
    return having(changed)
  }
}
