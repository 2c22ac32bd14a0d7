extension Chain {
  /// Reads the notation and refuses what has no meaning; the caller adds the place.
  ///
  /// - Throws: Problem: the text is not a chain, or a chain that breaks a rule.
  package init(parsing text: String) throws(Problem) {
    var scanner = ChainScanner(text)
    var steps: [Step] = []
    repeat { steps.append(try scanner.step()) } while scanner.take(">")
    try scanner.expectEnd()
    self.init(steps: steps)
    try validate()
  }
}

/// Reads a chain from left to right.
private struct ChainScanner {
  private let text: String
  private var rest: Substring
  /// Where the last word began, which is what a problem with it points at.
  private var wordStart: String.Index

  init(_ text: String) {
    self.text = text
    rest = text[...]
    wordStart = text.startIndex
  }

  mutating func step() throws(Problem) -> Chain.Step {
    let name = word()
    if name == "score" { return .score(try scoreDomain()) }
    let operation = try operation(named: name)
    try expect("(")
    var reduction = try terms(of: operation)
    (reduction.substitute, reduction.isUndefinedWithAny) = try substitute()
    try expect(")")
    return .reduce(reduction)
  }

  /// The axes, then `by:`, `times:` and `ignored:`, with a comma between each two.
  private mutating func terms(of operation: Chain.Operation) throws(Problem) -> Chain.Reduction {
    var terms = Chain.Reduction(operation, [])
    // How many of the keys cannot come any more.
    var passed = 0
    repeat {
      if passed < 1, let weight = try weight("by") {
        (terms.weight, passed) = (weight, 1)
      } else if passed < 2, let factor = try weight("times") {
        (terms.factor, passed) = (factor, 2)
      } else if passed < 3, try ignored() {
        (terms.countsIgnored, passed) = (true, 3)
      } else if passed == 0 {
        terms.axes.append(try axis())
      } else {
        throw problem(
          passed == 3
            ? "nothing stands behind 'ignored: 0' but 'else'"
            : "expected \(passed == 1 ? "'times:' or " : "")'ignored: 0'",
          "for example mean(image, by: pixels, times: sample-weights)")
      }
    } while take(",")
    for key in ["by", "times", "ignored"] where peeks(key) {
      throw problem(
        "a comma is missing before '\(key):'", "for example mean(image, by: pixels)")
    }
    return terms
  }

  private mutating func scoreDomain() throws(Problem) -> Chain.ScoreDomain {
    guard take("(") else { return .union }
    guard word() == "if", take(":") else {
      throw problem(
        "only 'if:' can stand in the brackets of 'score'", "write score or score(if: truth)")
    }
    let name = word()
    guard let domain = Chain.ScoreDomain(rawValue: name) else {
      throw problem(
        "'\(name)' is nothing a score can depend on", "write if: truth or if: union", at: wordStart)
    }
    try expect(")")
    return domain
  }

  private mutating func operation(named name: String) throws(Problem) -> Chain.Operation {
    switch name {
    case "pool": return .pool
    case "sum": return .sum
    case "mean": return .mean
    case "max": return .max
    case "min": return .min
    case "quantile":
      let q = try bracketedNumber(of: name)
      guard !q.isPercentage, (0...1).contains(q.value) else {
        throw problem(
          "quantile takes a number from 0 to 1",
          "for the 95th percentile of images write quantile(0.95)(image)")
      }
      return .quantile(q.value)
    case "worst":
      let k = try bracketedNumber(of: name)
      if k.isPercentage, k.value > 0, k.value <= 100 { return .worstPercent(k.value) }
      guard !k.isPercentage, k.value >= 1, k.value <= 1e9, let count = Int(exactly: k.value) else {
        throw problem(
          "worst takes a count from 1, or a percentage above 0 and up to 100",
          "write worst(10)(image) or worst(5%)(image)")
      }
      return .worst(count)
    case "last": return .trailing(.last(try count(of: name)))
    case "median": return .trailing(.median(try count(of: name)))
    case "low-median": return .trailing(.lowMedian(try count(of: name)))
    case "ema": return .trailing(.exponential(try share(of: name)))
    case "running": return .trailing(.running(try share(of: name)))
    default:
      throw problem(
        name.isEmpty ? "a step is missing" : "unknown operation '\(name)'",
        "the operations are pool, sum, mean, max, min, quantile(q), worst(k), worst(q%), score, and of batches in their order last(k), median(k), low-median(k), ema(b) and running(b)",
        at: wordStart)
    }
  }

  private mutating func count(of name: String) throws(Problem) -> Int {
    let k = try bracketedNumber(of: name)
    guard !k.isPercentage, k.value >= 1, k.value <= 1e9, let count = Int(exactly: k.value) else {
      throw problem("\(name) takes a count from 1", "write \(name)(20)(batch)")
    }
    return count
  }

  private mutating func share(of name: String) throws(Problem) -> Double {
    let keep = try bracketedNumber(of: name)
    guard !keep.isPercentage, keep.value >= 0, keep.value < 1 else {
      throw problem(
        "\(name) takes what is kept of the mean before, from 0 to less than 1",
        "write \(name)(0.98)(batch)")
    }
    return keep.value
  }

  private mutating func bracketedNumber(
    of name: String
  ) throws(Problem) -> (value: Double, isPercentage: Bool) {
    try expect("(")
    let value = try number()
    let isPercentage = take("%")
    try expect(")")
    return (value, isPercentage)
  }

  private mutating func axis() throws(Problem) -> Axis {
    let name = word()
    guard let axis = Axis(rawValue: name) else {
      throw problem(
        name.isEmpty ? "an axis is missing" : "unknown axis '\(name)'",
        "the axes are batch, image, tile, pixel, class", at: wordStart)
    }
    return axis
  }

  /// Whether a key such as `by:` comes next.
  private mutating func peeks(_ key: String) -> Bool {
    skipSpaces()
    let next = rest.dropFirst(key.count).drop(while: \.isWhitespace)
    return rest.hasPrefix(key) && next.first == ":"
  }

  private mutating func weight(_ key: String) throws(Problem) -> Chain.Weight? {
    guard peeks(key) else { return nil }
    _ = word()
    try expect(":")
    let name = word()
    guard let weight = Chain.Weight(rawValue: name) else {
      throw problem(
        "unknown weight '\(name)'",
        "the weights are \(Chain.Weight.allCases.map(\.rawValue).joined(separator: ", "))",
        at: wordStart)
    }
    return weight
  }

  private mutating func ignored() throws(Problem) -> Bool {
    guard peeks("ignored") else { return false }
    _ = word()
    try expect(":")
    guard try number() == 0 else {
      throw problem("ignored pixels can cost nothing but 0", "write ignored: 0")
    }
    return true
  }

  private mutating func substitute() throws(Problem) -> (number: Double?, isNaN: Bool) {
    skipSpaces()
    guard rest.hasPrefix("else") else { return (nil, false) }
    let behind = rest.dropFirst(4)
    guard let next = behind.first, !next.isLetter, !next.isNumber, next != "_" else {
      throw problem("expected ')' or 'else' with a number", "for example mean(class else 0)")
    }
    rest = behind
    let start = rest
    if word().lowercased() == "nan" { return (nil, true) }
    rest = start
    return (try number(), false)
  }

  private mutating func number() throws(Problem) -> Double {
    skipSpaces()
    let digits = rest.prefix { $0.isNumber || "+-.eE".contains($0) }
    guard let value = Double(digits), value.isFinite else {
      throw problem(
        "a finite number is missing", "for example quantile(0.95)(image) or mean(class else 0)")
    }
    rest = rest[digits.endIndex...]
    return value
  }

  private mutating func word() -> String {
    skipSpaces()
    wordStart = rest.startIndex
    let word = rest.prefix { $0.isLetter || $0 == "-" || $0 == "_" }
    rest = rest[word.endIndex...]
    return String(word)
  }

  private mutating func skipSpaces() { rest = rest.drop(while: \.isWhitespace) }

  mutating func take(_ mark: Character) -> Bool {
    skipSpaces()
    guard rest.first == mark else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func expect(_ mark: Character) throws(Problem) {
    guard take(mark) else {
      let found = rest.first.map { "'\(printable(String($0)))'" } ?? "the end"
      throw problem("expected '\(mark)', found \(found)", "a step looks like mean(pixel, image)")
    }
  }

  mutating func expectEnd() throws(Problem) {
    skipSpaces()
    guard rest.isEmpty else {
      throw problem(
        "'\(printable(String(rest)))' stands behind the last step", "steps are joined by '>'")
    }
  }

  private func problem(_ what: String, _ remedy: String, at place: String.Index? = nil) -> Problem {
    let column = text.distance(from: text.startIndex, to: place ?? rest.startIndex) + 1
    return Problem(
      "chain '\(printable(text, most: 200))', column \(column): \(what)", remedy: remedy)
  }
}
