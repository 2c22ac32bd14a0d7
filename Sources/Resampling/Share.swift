/// In how many replicates something holds.
package struct Share: Hashable, Sendable {
  package var holding: Int
  package var failing: Int
  /// Those that do not say.
  package var undefined: Int

  package init(holding: Int, failing: Int, undefined: Int = 0) {
    self.holding = holding
    self.failing = failing
    self.undefined = undefined
  }

  package var replicates: Int { holding + failing + undefined }

  /// Of all replicates: one that does not say is no support, neither for this nor for its opposite.
  package var probability: Double { Double(holding) / Double(replicates) }

  /// (1 + replicates that do not support it) / (replicates + 1): never 0, however many there are
  /// (Davison and Hinkley: "Bootstrap methods and their application", 4.2).
  package var pValue: Double { Double(1 + failing + undefined) / Double(replicates + 1) }
}

/// Several claims at once, such as "this class is poor" of every poor class, and the chance that any
/// of them is wrong.
///
/// Holm: "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6, 1979.
package enum Holm {
  /// What stands for each p-value when all are looked at together: a claim is proven at `level`
  /// where it is at most `level`.
  package static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// How many replicates it takes to tell a p-value from the smallest bound, level / claims: at that
  /// bound, 40 of them contradict.
  package static func replicates(for claims: Int, level: Double) -> Int {
    precondition(level > 0)
    return Int(exactly: (40 * Double(claims) / level).rounded(.up)) ?? .max
  }
}
