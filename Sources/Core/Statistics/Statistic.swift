/// What some pixels contribute: integers that are added.
///
/// A commutative monoid. Because addition is exact, tiles, threads and shards may arrive in any
/// order and the sum is the same to the last bit.
package protocol Statistic: Hashable, Sendable {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
}

extension Statistic {
  package static func += (a: inout Self, b: Self) { a = a + b }
}
