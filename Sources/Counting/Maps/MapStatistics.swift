/// Mean, sum, ends and spread of those values of a map that exist; NaN does not.
package struct MapStatistics: Hashable, Sendable {
  package var count: Int
  package var sum: Double
  package var smallest: Double?
  package var largest: Double?
  /// √(Σ (x − mean)² / n), as `numpy.std` has it.
  package var deviation: Double?

  package var mean: Double? { count == 0 ? nil : sum / Double(count) }

  package init(of values: [Double]) {
    let values = values.filter { !$0.isNaN }
    count = values.count
    sum = values.compensatedSum
    smallest = values.min()
    largest = values.max()
    if let mean {
      let squares = values.map { ($0 - mean) * ($0 - mean) }.compensatedSum
      deviation = (squares / Double(count)).squareRoot()
    }
  }
}

extension [Double] {
  /// Kahan's: the error does not grow with the number of terms.
  fileprivate var compensatedSum: Double {
    var sum = 0.0
    var lost = 0.0
    for x in self {
      let term = x - lost
      let next = sum + term
      lost = (next - sum) - term
      sum = next
    }
    return sum
  }
}
