package import Core
internal import Pages

/// A check that is known to fail, and may until a day.
package struct Acceptance: Hashable, Sendable {
  package var check: String
  /// `nil` is every class, or one number.
  package var className: String?
  /// The last day.
  package var until: CalendarDay
  package var reason: String
  /// Beyond which it is not accepted any more.
  package var notWorseThan: Double?

  package init(
    check: String, className: String?, until: CalendarDay, reason: String, notWorseThan: Double?
  ) {
    self.check = check
    self.className = className
    self.until = until
    self.reason = reason
    self.notWorseThan = notWorseThan
  }
}

extension [GateResult] {
  /// The same results, those that fail and are accepted marked so.
  ///
  /// - Returns: with the acceptances that nothing needs.
  package func accepting(
    _ acceptances: [Acceptance], on today: CalendarDay
  ) -> (results: [GateResult], stale: [Acceptance]) {
    var used: Set<Int> = []
    let results = map { result in
      guard result.state != .pass, result.outcome != .unjudged,
        let place = acceptances.firstIndex(where: { $0.isAbout(result) })
      else { return result }
      used.insert(place)
      return result.accepted(by: acceptances[place], on: today)
    }
    let isJudged = !isEmpty && !contains { $0.outcome == .unjudged }
    let stale = acceptances.indices.filter { isJudged && !used.contains($0) }
    return (results, stale.map { acceptances[$0] })
  }
}

extension Acceptance {
  fileprivate func isAbout(_ result: GateResult) -> Bool {
    check == result.gate.id && (className == nil || className == result.className)
  }
}

extension GateResult {
  fileprivate func accepted(by acceptance: Acceptance, on today: CalendarDay) -> GateResult {
    var result = self
    if today > acceptance.until {
      result.reason += "; that was accepted until \(text: acceptance.until.description)"
    } else if let worst = acceptance.notWorseThan, let value, isBeyond(worst, value) {
      result.reason += "; no worse than \(exact: worst) would be accepted"
    } else {
      result.outcome = .accepted
      result.reason +=
        "; accepted until \(text: acceptance.until.description): \(name: acceptance.reason)"
    }
    return result
  }

  /// On the side on which it fails.
  private func isBeyond(_ worst: Double, _ value: Double) -> Bool {
    guard let limits = gate.limits else { return false }
    if let broken = limits.broken(by: value) {
      return value > broken ? value > worst : value < worst
    }
    // Held to a baseline alone, it fails on the side on which it moved.
    return baseline.map { value > $0 } ?? false ? value > worst : value < worst
  }
}
