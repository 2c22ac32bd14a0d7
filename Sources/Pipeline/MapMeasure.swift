internal import Configuration
internal import Core
internal import Counting

extension Measure {
  /// Reads what `name` writes: `bce`, `focal(gamma: 3, alpha: 0.25)`.
  init(parsing text: String, areClassesExclusive: Bool) throws(Problem) {
    let (name, arguments) = try split(text)
    guard let definition = Catalogue.definition(named: name) else {
      throw Problem(
        "unknown measure '\(shown(name))'",
        remedy: suggestion(
          for: name, among: Catalogue.measures.map(\.name), called: "the measures are"))
    }
    var given: [String: Double] = [:]
    for argument in arguments {
      let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(trimmed)
      guard parts.count == 2, let value = Double(parts[1]), value.isFinite else {
        throw malformed(text)
      }
      guard given.updateValue(value, forKey: parts[0]) == nil else {
        throw Problem("'\(shown(text))' says '\(shown(parts[0]))' twice", remedy: "keep one")
      }
    }
    self = try definition.measure(given: given, areClassesExclusive: areClassesExclusive)
  }
}

extension Catalogue {
  /// The names of the measures that have a value at a pixel.
  static var elementwise: [String] {
    measures.filter { definition in
      let measure = try? definition.measure(given: [:], areClassesExclusive: false)
      return measure?.isElementwise ?? false
    }.map(\.name)
  }
}

/// The name, and what stands between the brackets.
private func split(_ text: String) throws(Problem) -> (name: String, arguments: [Substring]) {
  guard let open = text.firstIndex(of: "(") else { return (trimmed(text[...]), []) }
  let inside = trimmed(text[text.index(after: open)...])
  guard inside.last == ")" else { throw malformed(text) }
  let arguments = inside.dropLast().split(separator: ",", omittingEmptySubsequences: false)
  return (trimmed(text[..<open]), arguments)
}

private func trimmed(_ text: Substring) -> String {
  let rest = text.drop { $0 == " " }
  return String(String(rest.reversed().drop { $0 == " " }).reversed())
}

private func malformed(_ text: String) -> Problem {
  Problem(
    "'\(shown(text))' is no measure",
    remedy: "write a name, or a name with parameters: 'focal(gamma: 3, alpha: 0.25)'")
}
