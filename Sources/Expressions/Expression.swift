/// A loss at one pixel and class, as somebody writes it down: `-w * (t*log(p) + (1-t)*log(1-p))`.
///
/// Parsed once into a graph in which equal parts are one, so that neither a program made of it nor its
/// derivative computes anything twice.
package struct Expression: Hashable, Sendable {
  package private(set) var nodes: [Node] = []
  package internal(set) var root = 0
  private var places: [Node: Int] = [:]

  /// A part; the numbers are places of parts before it.
  package enum Node: Hashable, Sendable {
    case number(Double)
    case variable(Variable)
    /// Something that has a name elsewhere, such as a measure.
    case name(String)
    case call(Function, [Int])
  }

  package enum Variable: String, CaseIterable, Sendable {
    /// The truth, 1 on the class's own pixels and 0 on all others.
    case truth = "t"
    /// The probability.
    case probability = "p"
    /// The logit, where the files have logits.
    case logit = "x"
    /// The class's weight.
    case weight = "w"
    /// The class's place in the list, from 0.
    case classIndex = "c"
    /// The probability of the pixel's true class: the loss is then one at that class alone.
    case trueProbability = "q"
  }

  package enum Function: String, CaseIterable, Sendable {
    case negate
    case add
    case subtract
    case multiply
    case divide
    case less
    case lessOrEqual
    case equal
    case unequal
    case power
    case log
    case exp
    case sqrt
    case abs
    case min
    case max
    case sigmoid
    case softplus
    case choose
  }

  init() {}
}

extension Expression {
  /// The variables that the value depends on.
  package var variables: Set<Variable> {
    var found: Set<Variable> = []
    for index in reachable { if case .variable(let name) = nodes[index] { found.insert(name) } }
    return found
  }

  /// The number that it is, where it is one.
  package var number: Double? { number(at: root) }

  /// 0 everywhere.
  package static var nothing: Expression {
    var made = Expression()
    made.root = made.number(0)
    return made
  }

  /// The parts that the root is made of, each behind what it is made of.
  package var reachable: [Int] {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    if !nodes.isEmpty { isNeeded[root] = true }
    for index in nodes.indices.reversed() where isNeeded[index] {
      if case .call(_, let parts) = nodes[index] { for part in parts { isNeeded[part] = true } }
    }
    return nodes.indices.filter { isNeeded[$0] }
  }

  /// With numbers in place of some variables, and what then follows.
  package func substituting(_ values: [Variable: Double]) -> Expression {
    var made = Expression()
    var places: [Int: Int] = [:]
    for index in reachable {
      places[index] =
        switch nodes[index] {
        case .number, .name: made.add(nodes[index])
        case .variable(let name): made.add(values[name].map(Node.number) ?? nodes[index])
        case .call(let function, let parts):
          made.call(function, parts.map { places[$0] ?? 0 })
        }
    }
    made.root = places[root] ?? 0
    return made
  }
}

// MARK: - Building

extension Expression {
  /// A part that is not simplified; one that is there already is taken.
  mutating func add(_ node: Node) -> Int {
    if let place = places[node] { return place }
    nodes.append(node)
    places[node] = nodes.count - 1
    return nodes.count - 1
  }

  mutating func number(_ value: Double) -> Int { add(.number(value)) }

  func number(at place: Int) -> Double? {
    guard nodes.indices.contains(place), case .number(let value) = nodes[place] else { return nil }
    return value
  }

  /// A call, simplified where that changes no value: what is multiplied by 0 is not there, as
  /// `t*log(p)` is not where t is 0.
  mutating func call(_ function: Function, _ parts: [Int]) -> Int {
    let numbers = parts.map { number(at: $0) }
    if let value = function.folded(numbers) { return number(value) }
    switch (function, numbers.first ?? nil, numbers.count > 1 ? numbers[1] : nil) {
    case (.add, 0, _), (.multiply, 1, _): return parts[1]
    case (.add, _, 0), (.subtract, _, 0), (.multiply, _, 1), (.divide, _, 1), (.power, _, 1):
      return parts[0]
    case (.subtract, 0, _): return call(.negate, [parts[1]])
    case (.multiply, 0, _), (.multiply, _, 0), (.divide, 0, _): return number(0)
    case (.multiply, -1, _): return call(.negate, [parts[1]])
    case (.multiply, _, -1): return call(.negate, [parts[0]])
    case (.power, _, 0): return number(1)
    case (.choose, let condition?, _): return condition != 0 ? parts[1] : parts[2]
    default: break
    }
    if function == .negate, case .call(.negate, let inner) = nodes[parts[0]] { return inner[0] }
    if function == .choose, parts[1] == parts[2] { return parts[1] }
    return add(.call(function, parts))
  }
}

extension Expression.Function {
  /// The value of numbers, of what is exact to compute.
  fileprivate func folded(_ numbers: [Double?]) -> Double? {
    let values = numbers.compactMap(\.self)
    guard values.count == numbers.count, let a = values.first else { return nil }
    let b = values.count > 1 ? values[1] : 0
    return switch self {
    case .negate: -a
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .unequal: a != b ? 1 : 0
    case .abs: a.magnitude
    case .min: Swift.min(a, b)
    case .max: Swift.max(a, b)
    case .sqrt: a.squareRoot()
    case .choose: values.count > 2 ? (a != 0 ? b : values[2]) : nil
    case .power, .log, .exp, .sigmoid, .softplus: nil
    }
  }
}
