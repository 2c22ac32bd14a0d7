extension Expression {
  /// Σ factor · Π names; `nil` where it is no such sum, as where something is divided by a name.
  package var terms: [(factor: Double, names: [String])]? { terms(at: root) }

  /// So many that nobody wrote them.
  private static let mostTerms = 64

  private func terms(at place: Int) -> [(factor: Double, names: [String])]? {
    switch nodes[place] {
    case .number(let number): return [(number, [])]
    case .name(let name): return [(1, [name])]
    case .variable: return nil
    case .call(let function, let parts):
      guard let left = terms(at: parts[0]) else { return nil }
      switch function {
      case .negate: return left.map { (-$0.factor, $0.names) }
      case .add, .subtract:
        guard let right = terms(at: parts[1]) else { return nil }
        let sign = function == .add ? 1.0 : -1
        return left + right.map { (sign * $0.factor, $0.names) }
      case .multiply:
        guard let right = terms(at: parts[1]), left.count * right.count <= Expression.mostTerms
        else { return nil }
        return left.flatMap { a in
          right.map { b in (a.factor * b.factor, a.names + b.names) }
        }
      case .divide:
        guard let number = number(at: parts[1]), number != 0 else { return nil }
        return left.map { ($0.factor / number, $0.names) }
      default: return nil
      }
    }
  }
}
