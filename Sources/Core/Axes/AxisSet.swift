/// Some of the axes, a bit each: chains are applied thousands of times, and a `Set` hashes.
package struct AxisSet: Hashable, Sendable {
  private var bits: UInt8 = 0

  package init() {}

  package init(_ axes: some Sequence<Axis>) { for axis in axes { insert(axis) } }

  package static let all = AxisSet(Axis.allCases)
}

extension AxisSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral axes: Axis...) { self.init(axes) }
}

extension AxisSet {
  package var isEmpty: Bool { bits == 0 }

  package func contains(_ axis: Axis) -> Bool { bits & axis.bit != 0 }
  package func isSuperset(of other: AxisSet) -> Bool { bits & other.bits == other.bits }
  package func isDisjoint(with axes: [Axis]) -> Bool { !axes.contains(where: contains) }

  package mutating func insert(_ axis: Axis) { bits |= axis.bit }
  package mutating func remove(_ axis: Axis) { bits &= ~axis.bit }
  package mutating func subtract(_ axes: [Axis]) { for axis in axes { remove(axis) } }

  package func subtracting(_ axes: [Axis]) -> AxisSet {
    var rest = self
    rest.subtract(axes)
    return rest
  }

  package func subtracting(_ other: AxisSet) -> AxisSet {
    var rest = self
    rest.bits &= ~other.bits
    return rest
  }

  /// In the order in which axes are declared, from the outside in.
  package var outsideIn: [Axis] { Axis.allCases.filter(contains) }

  /// The innermost of the nested axes, which alone decides how values are grouped: whatever lies
  /// in the same image also lies in the same batch.
  package var innermost: Axis? {
    if contains(.pixel) { return .pixel }
    if contains(.tile) { return .tile }
    if contains(.image) { return .image }
    return contains(.batch) ? .batch : nil
  }
}

extension Axis {
  fileprivate var bit: UInt8 {
    switch self {
    case .batch: 1
    case .image: 2
    case .tile: 4
    case .pixel: 8
    case .class: 16
    }
  }
}
