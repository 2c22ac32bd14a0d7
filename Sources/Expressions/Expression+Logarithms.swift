extension Expression {
  /// The factor a, where the expression is a·log(p), or a·log(1 − p): sums of such are the logarithm of
  /// one product.
  package func logFactor(ofComplement: Bool) -> Double? {
    factor(at: root) { part in
      guard case .call(.log, let inner) = nodes[part] else { return false }
      switch nodes[inner[0]] {
      case .variable(.probability): return !ofComplement
      case .call(.subtract, let parts):
        return ofComplement && number(at: parts[0]) == 1
          && nodes[parts[1]] == .variable(.probability)
      default: return false
      }
    }
  }

  private func factor(at place: Int, of isLogarithm: (Int) -> Bool) -> Double? {
    if isLogarithm(place) { return 1 }
    if number(at: place) == 0 { return 0 }
    guard case .call(let function, let parts) = nodes[place] else { return nil }
    switch function {
    case .negate: return factor(at: parts[0], of: isLogarithm).map(-)
    case .multiply:
      if let number = number(at: parts[0]) {
        return factor(at: parts[1], of: isLogarithm).map { number * $0 }
      }
      return number(at: parts[1]).flatMap { number in
        factor(at: parts[0], of: isLogarithm).map { number * $0 }
      }
    case .divide:
      return number(at: parts[1]).flatMap { number in
        factor(at: parts[0], of: isLogarithm).map { $0 / number }
      }
    default: return nil
    }
  }
}
