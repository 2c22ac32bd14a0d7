package import Pages
package import Resampling

/// What came of a gate for one class, or for one number.
package struct GateResult: Sendable {
  package var gate: Gate
  package var className: String?
  package var value: Double?
  package var interval: Interval?
  package var outcome: Outcome
  /// What was found, up to the full stop.
  package var reason: Line
  /// How many images, or groups, would decide it, if those to come are like those that there are.
  package var imagesNeeded: Double?
  /// Whether what is drawn and needed are groups of images.
  package var areGroups = false
  /// What it was in the baseline, where it is held to one.
  package var baseline: Double?

  package enum Outcome: String, CaseIterable, Sendable {
    case passed
    case failed
    /// The limit is broken by no more than other images of the same kind may do.
    case insufficient
    /// There is nothing to judge, or in too few images.
    case missing
    /// It fails, and the configuration accepts that until a day.
    case accepted
    /// The set-up is wrong, or no image could be used: nothing was judged, and the run says so.
    case unjudged
  }

  /// What it means for the build.
  package enum State: String, CaseIterable, Sendable { case pass, warn, fail }

  package var state: State {
    let reaction: Gate.Reaction =
      switch outcome {
      case .passed, .accepted, .unjudged: .pass
      case .failed: .fail
      case .insufficient: gate.onInsufficient
      case .missing: gate.onMissing
      }
    return switch (reaction, gate.level) {
    case (.pass, _), (_, .off): .pass
    case (.warn, _), (.fail, .warn): .warn
    case (.fail, .error): .fail
    }
  }
}

extension GateResult {
  /// How far its number lies beyond its limit, or from the baseline.
  package var excess: Double {
    guard let value else { return 0 }
    let beyond = [gate.limits?.least.map { $0 - value }, gate.limits?.most.map { value - $0 }]
    return max(
      beyond.compactMap(\.self).compactMap(\.self).max() ?? 0,
      baseline.map { ($0 - value).magnitude } ?? 0)
  }
}

extension [GateResult] {
  package var failed: [GateResult] { filter { $0.state == .fail }.worstFirst }
  package var warned: [GateResult] { filter { $0.state == .warn }.worstFirst }

  /// Check by check, and of one check those first that are farthest beyond its limit.
  private var worstFirst: [GateResult] {
    var order: [String: Int] = [:]
    for result in self where order[result.gate.id] == nil { order[result.gate.id] = order.count }
    return enumerated().sorted { a, b in
      let (left, right) = (a.element, b.element)
      let (first, second) = (order[left.gate.id] ?? 0, order[right.gate.id] ?? 0)
      if first != second { return first < second }
      return left.excess != right.excess ? left.excess > right.excess : a.offset < b.offset
    }.map(\.element)
  }

  /// Those that pass without having been shown to keep their limits.
  package var open: [GateResult] { filter { $0.state == .pass && $0.outcome != .passed } }
}

extension Gate {
  /// Where nothing of the run can be judged.
  package func unjudged(because reason: Line) -> GateResult {
    GateResult(gate: self, outcome: .unjudged, reason: reason)
  }
}
