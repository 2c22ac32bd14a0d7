extension Chain {
  /// The chain of one batch: that of a call, before anything is made of several.
  ///
  /// `nil` where it keeps another axis, or is no chain any more.
  package var ofBatch: Chain? {
    var chain = self
    chain.steps = steps.compactMap { step in
      guard case .reduce(var reduction) = step else { return step }
      reduction.axes.removeAll { $0 == .batch }
      return reduction.axes.isEmpty ? nil : .reduce(reduction)
    }
    guard chain.remainingAxes == [.batch], let checked = try? Chain(parsing: chain.description)
    else { return nil }
    return checked
  }
}
