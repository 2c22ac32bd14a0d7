/// What is wrong with an expression, and where.
package struct ExpressionFault: Error, Hashable {
  package var what: String
  package var remedy: String
  /// The first character that is wrong, from 0, and how many are.
  package var place: Range<Int>

  package init(what: String, remedy: String, place: Range<Int>) {
    self.what = what
    self.remedy = remedy
    self.place = place
  }
}

extension Expression {
  /// - Parameters:
  ///   - parameters: the numbers that names of one's own stand for.
  ///   - names: what is only named, in place of the variables of a loss.
  /// - Throws: ExpressionFault: the text is no expression.
  package init(
    parsing text: String, parameters: [String: Double] = [:], names: [String]? = nil
  ) throws(ExpressionFault) {
    var parser = try ExpressionParser(text, parameters, names)
    self = try parser.parsed()
  }

  /// How long an expression may be, and how deep; longer ones are no loss that somebody wrote.
  static let mostCharacters = 4000
  static let mostLevels = 60

  /// The functions that may be called, as they are written.
  package static let functionNames = [
    "log", "exp", "sqrt", "abs", "min", "max", "clip", "sigmoid", "softplus", "pow", "if",
  ]
}

private struct Token {
  var text: String
  var place: Range<Int>
  var number: Double?

  var isName: Bool { text.first.map { $0.isLetter || $0 == "_" } ?? false }
}

private struct ExpressionParser {
  private let parameters: [String: Double]
  private let names: [String]?
  private var tokens: ArraySlice<Token>
  private let end: Int
  private var graph = Expression()
  private var depth = 0

  init(
    _ text: String, _ parameters: [String: Double], _ names: [String]?
  ) throws(ExpressionFault) {
    self.parameters = parameters
    self.names = names
    end = text.count
    guard end <= Expression.mostCharacters else {
      throw ExpressionFault(
        what: "the formula has \(end) characters",
        remedy: "\(Expression.mostCharacters) are the most; write parts of it as several losses",
        place: 0..<1)
    }
    tokens = try Self.tokens(of: text)[...]
  }

  mutating func parsed() throws(ExpressionFault) -> Expression {
    graph.root = try comparison()
    if let token = tokens.first {
      throw ExpressionFault(
        what: "'\(token.text)' is not expected here",
        remedy: token.text == "="
          ? "a comparison is written with =="
          : token.text == ")"
            ? "no bracket is open; take it out" : "write an operator before it: + - * / ^",
        place: token.place)
    }
    return graph
  }

  // MARK: Tokens

  private static func tokens(of text: String) throws(ExpressionFault) -> [Token] {
    let characters = Array(text)
    var tokens: [Token] = []
    var index = 0
    while index < characters.count {
      let first = index
      let character = characters[index]
      index += 1
      func take(while isPart: (Character) -> Bool) {
        while index < characters.count, isPart(characters[index]) { index += 1 }
      }
      if character.isWhitespace { continue }
      if character.isNumber || character == "." {
        take { $0.isASCII && $0.isNumber || $0 == "." }
        if index < characters.count, "eE".contains(characters[index]) {
          index += 1
          if index < characters.count, "+-".contains(characters[index]) { index += 1 }
          take { $0.isASCII && $0.isNumber }
        }
        let word = String(characters[first..<index])
        guard let number = Double(word), number.isFinite else {
          throw ExpressionFault(
            what: "'\(word)' is no number", remedy: "write it as 0.5 or 1e-7", place: first..<index)
        }
        tokens.append(Token(text: word, place: first..<index, number: number))
        continue
      }
      if character.isLetter || character == "_" {
        take { $0.isLetter || $0.isNumber || $0 == "_" }
      } else if let next = index < characters.count ? characters[index] : nil,
        ["<=", ">=", "==", "!=", "**"].contains("\(character)\(next)")
      {
        index += 1
      } else if !"+-−*·/^<>(),=".contains(character) {
        throw ExpressionFault(
          what: "'\(character)' means nothing here",
          remedy: "numbers, names, + - * / ^, comparisons, brackets and commas can be used",
          place: first..<index)
      }
      tokens.append(Token(text: String(characters[first..<index]), place: first..<index))
    }
    return tokens
  }

  private mutating func take(_ texts: String...) -> String? {
    guard let token = tokens.first, texts.contains(token.text) else { return nil }
    tokens = tokens.dropFirst()
    return token.text
  }

  private func fault(_ what: String, _ remedy: String) -> ExpressionFault {
    let place = tokens.first?.place ?? end..<end + 1
    return ExpressionFault(what: what, remedy: remedy, place: place)
  }

  // MARK: Grammar, from what binds least to what binds most

  private mutating func comparison() throws(ExpressionFault) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Expression.mostLevels else {
      throw fault(
        "the formula has more than \(Expression.mostLevels) brackets in each other",
        "write parts of it as several losses")
    }
    let left = try sum()
    guard let sign = take("<", "<=", ">", ">=", "==", "!=") else { return left }
    let right = try sum()
    switch sign {
    case "<": return graph.call(.less, [left, right])
    case "<=": return graph.call(.lessOrEqual, [left, right])
    case ">": return graph.call(.less, [right, left])
    case ">=": return graph.call(.lessOrEqual, [right, left])
    case "==": return graph.call(.equal, [left, right])
    default: return graph.call(.unequal, [left, right])
    }
  }

  private mutating func sum() throws(ExpressionFault) -> Int {
    var value = try product()
    while let sign = take("+", "-", "−") {
      value = graph.call(sign == "+" ? .add : .subtract, [value, try product()])
    }
    return value
  }

  private mutating func product() throws(ExpressionFault) -> Int {
    var value = try signed()
    while let sign = take("*", "·", "/") {
      value = graph.call(sign == "/" ? .divide : .multiply, [value, try signed()])
    }
    return value
  }

  private mutating func signed() throws(ExpressionFault) -> Int {
    var isNegative = false
    while let sign = take("-", "−", "+") { if sign != "+" { isNegative.toggle() } }
    let value = try raised()
    return isNegative ? graph.call(.negate, [value]) : value
  }

  /// `a^b^c` is `a^(b^c)`, and `-a^b` is `-(a^b)`.
  private mutating func raised() throws(ExpressionFault) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 2 * Expression.mostLevels else {
      throw fault("powers of powers are too deep", "write the exponent as a number")
    }
    let base = try primary()
    guard take("^", "**") != nil else { return base }
    return graph.call(.power, [base, try signed()])
  }

  private mutating func primary() throws(ExpressionFault) -> Int {
    guard let token = tokens.first else {
      throw fault("the formula ends where a number or a name is expected", "complete it")
    }
    if let number = token.number {
      tokens = tokens.dropFirst()
      return graph.number(number)
    }
    if take("(") != nil {
      let value = try comparison()
      try close(opened: token)
      return value
    }
    guard token.isName else {
      throw fault(
        "'\(token.text)' stands where a number or a name is expected",
        "put a number or a name before it")
    }
    tokens = tokens.dropFirst()
    if tokens.first?.text == "(" { return try called(token) }
    return try named(token)
  }

  private mutating func close(opened: Token) throws(ExpressionFault) {
    guard take(")") == nil else { return }
    throw ExpressionFault(
      what: "this bracket is not closed", remedy: "add a ) where it ends", place: opened.place)
  }

  private mutating func named(_ token: Token) throws(ExpressionFault) -> Int {
    if let number = parameters[token.text] { return graph.number(number) }
    if let names {
      if names.contains(token.text) { return graph.add(.name(token.text)) }
      throw ExpressionFault(
        what: "'\(token.text)' is no measure of the file",
        remedy: "the measures are \(names.joined(separator: ", "))", place: token.place)
    }
    if let variable = Expression.Variable(rawValue: token.text) {
      return graph.add(.variable(variable))
    }
    if Expression.functionNames.contains(token.text) {
      throw ExpressionFault(
        what: "\(token.text) is a function", remedy: "write \(token.text)(…)", place: token.place)
    }
    let known = Expression.Variable.allCases.map(\.rawValue) + parameters.keys.sorted()
    throw ExpressionFault(
      what: "'\(token.text)' is not known",
      remedy:
        "the names are \(known.joined(separator: ", ")); give a number of your own under parameters: {\(token.text): …}",
      place: token.place)
  }

  private mutating func called(_ token: Token) throws(ExpressionFault) -> Int {
    let opened = tokens.first ?? token
    _ = take("(")
    var arguments = [try comparison()]
    while take(",") != nil { arguments.append(try comparison()) }
    try close(opened: opened)
    func expect(_ count: ClosedRange<Int>, _ form: String) throws(ExpressionFault) {
      guard !count.contains(arguments.count) else { return }
      throw ExpressionFault(
        what:
          "\(token.text) has \(arguments.count) \(arguments.count == 1 ? "argument" : "arguments")",
        remedy: "write \(form)", place: token.place)
    }
    switch token.text {
    case "log", "exp", "sqrt", "abs", "sigmoid", "softplus":
      try expect(1...1, "\(token.text)(a)")
      return graph.call(Expression.Function(rawValue: token.text) ?? .log, arguments)
    case "min", "max":
      try expect(2...8, "\(token.text)(a, b)")
      let function: Expression.Function = token.text == "min" ? .min : .max
      return arguments.dropFirst().reduce(arguments[0]) { graph.call(function, [$0, $1]) }
    case "clip":
      try expect(3...3, "clip(a, least, most)")
      return graph.call(.min, [graph.call(.max, [arguments[0], arguments[1]]), arguments[2]])
    case "pow":
      try expect(2...2, "pow(a, b)")
      return graph.call(.power, arguments)
    case "if":
      try expect(3...3, "if(condition, a, b)")
      return graph.call(.choose, arguments)
    default:
      throw ExpressionFault(
        what: "there is no function '\(token.text)'",
        remedy: "the functions are \(Expression.functionNames.joined(separator: ", "))",
        place: token.place)
    }
  }
}
