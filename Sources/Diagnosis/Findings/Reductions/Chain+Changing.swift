internal import Core

extension Chain {
  /// The same with other steps, legal or not.
  func having(_ steps: [Step]) -> Chain {
    var chain = self
    chain.steps = steps
    return chain
  }

  /// The same with each step changed that makes axes disappear.
  func changingReductions(_ change: (inout Reduction) -> Void) -> Chain {
    having(
      steps.map { step in
        guard case .reduce(var reduction) = step else { return step }
        change(&reduction)
        return .reduce(reduction)
      })
  }

  /// Whether it can be pasted into a configuration.
  var isLegal: Bool { (try? Chain(parsing: description)) != nil }
}
