package import Core
package import Counting

/// A measure by a chain: one number of a run, or one for each batch of it.
package struct Gauge: Sendable {
  package var measure: Measure
  package var chain: Chain

  package init(_ measure: Measure, _ chain: Chain) {
    self.measure = measure
    self.chain = chain
  }
}
