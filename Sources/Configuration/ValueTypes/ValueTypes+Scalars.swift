internal import Core

extension ValueTypes {
  /// What is wrong with a value out of its bounds, and what to write.
  typealias Fault<Value> = @Sendable (Value) -> (what: String, remedy: String)

  /// Any scalar, as it is written: the class `no` and the class `7` are texts.
  static let text = ValueType(
    "text", ["type": ["string", "number", "boolean", "null"]]
  ) { setting throws(Problem) in try setting.string }

  /// A text that stands for something, which a schema describes by an example.
  static func text(_ words: String, for example: String) -> ValueType<String> {
    text.called(words, ["examples": [.text(example)]])
  }

  /// As ISO 8601 writes it.
  static let day = ValueType("a day", ["type": "string", "examples": ["2026-12-31"]]) {
    setting throws(Problem) in
    let text = try setting.string
    guard let day = CalendarDay(text) else {
      throw setting.problem(
        "'\(printable(text))' is no day", remedy: "write for example 2026-12-31")
    }
    return day
  }

  static let bool = ValueType("`true` or `false`", ["type": "boolean"]) {
    setting throws(Problem) in try setting.bool
  }

  static let whole = ValueType("a whole number", ["type": "integer"]) {
    setting throws(Problem) in try setting.int
  }

  static func whole(
    in range: ClosedRange<Int>, _ words: String, else fault: @escaping Fault<Int>
  ) -> ValueType<Int> {
    let most = range.upperBound == .max ? Double.infinity : Double(range.upperBound)
    return whole.within(range, else: fault)
      .called(words, .bounds(Double(range.lowerBound), most))
  }

  /// A size or a count.
  static let positive = whole(in: 1...Int.max, "a whole number from 1") {
    ("\($0) is not above 0", "write a whole number from 1")
  }

  static let number = ValueType("a number", ["type": "number"]) {
    setting throws(Problem) in try setting.double
  }

  static func number(
    in range: ClosedRange<Double>, _ words: String, else fault: @escaping Fault<Double>
  ) -> ValueType<Double> {
    number.within(range, else: fault).called(words, .bounds(range.lowerBound, range.upperBound))
  }

  /// What a class, an image or a pixel counts.
  static let weight = number(in: 0...Double.infinity, "a number from 0") { _ in
    ("a weight is not negative", "write 0 or more")
  }

  /// `1%`, or `0.01`.
  static func share(else fault: @escaping Fault<Double>) -> ValueType<Double> {
    ValueType(
      "a share such as `1%` or `0.01`",
      ["anyOf": [["type": "number"] + .bounds(0, 1), ["type": "string", "pattern": "%$"]]]
    ) { setting throws(Problem) in try setting.percentage }
    .within(0...1, else: fault)
  }

  /// One of the names that `Choice` has.
  static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    of type: Choice.Type
  ) -> ValueType<Choice> {
    let names = Choice.allCases.map(\.rawValue)
    return ValueType(
      names.map { "`\($0)`" }.joined(separator: ", "), ["enum": .list(names.map { .text($0) })]
    ) { setting throws(Problem) in try setting.choice(of: Choice.self) }
  }

  /// One of `items` by its name; of a wrong name `fault` may know more than that it is none of them.
  static func choice<Item>(
    of items: [Item], named name: (Item) -> String,
    else fault: @escaping @Sendable (String) -> (what: String, remedy: String)? = { _ in nil }
  ) -> ValueType<Item> {
    let names = items.map(name)
    return ValueType(
      names.map { "`\($0)`" }.joined(separator: ", "), ["enum": .list(names.map { .text($0) })]
    ) { setting throws(Problem) in
      let word = try setting.string
      if let place = names.firstIndex(of: word) { return items[place] }
      if let (what, remedy) = fault(word) { throw setting.problem(what, remedy: remedy) }
      throw setting.problem(
        "'\(shown(word))' is no choice",
        remedy: suggestion(for: word, among: names, called: "the choices are"))
    }
  }

  static let version = ValueType("`1`", ["const": 1.0]) { setting throws(Problem) in
    let version = try setting.int
    guard version == 1 else {
      throw setting.problem("this program reads version 1", remedy: "write 'version: 1'")
    }
    return version
  }

  static let directory = text("the path of a directory", for: "out")
    .parsed { path, setting throws(Problem) in
      guard !path.isEmpty else {
        throw setting.problem("the directory has no name", remedy: "write for example 'to: out'")
      }
      guard !path.utf8.contains(0) else {
        throw setting.problem(
          "the name has a zero byte, which no file system takes", remedy: "take it out")
      }
      return path
    }
}

extension ValueType where Value: Comparable {
  fileprivate func within(
    _ range: ClosedRange<Value>, else fault: @escaping ValueTypes.Fault<Value>
  ) -> ValueType {
    parsed { value, setting throws(Problem) in
      guard range.contains(value) else {
        let (what, remedy) = fault(value)
        throw setting.problem(what, remedy: remedy)
      }
      return value
    }
  }
}

extension JSON {
  /// `minimum` and `maximum`, as far as they are finite.
  static func bounds(_ low: Double, _ high: Double) -> JSON {
    .object(
      [("minimum", low), ("maximum", high)].filter(\.1.isFinite).map {
        Member(key: $0, value: .number($1))
      })
  }
}
