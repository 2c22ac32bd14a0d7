/// A text as YAML reads it again: plain where it can be taken for nothing else, otherwise in quotes.
package func yamlText(_ text: String) -> String {
  let isPlain =
    text.first.map { $0.isLetter || $0 == "_" } == true && text.last != " "
    && text.allSatisfy { $0.isLetter || $0.isASCII && $0.isNumber || "_-. ()".contains($0) }
    && !["true", "false", "null"].contains(text.lowercased())
  return isPlain ? text : yamlQuoted(text)
}

/// A text in double quotes, with what YAML 1.2.2, 5.7 escapes.
package func yamlQuoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value):
      let digits = String(scalar.value, radix: 16)
      result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
    // Line breaks of YAML 1.1, beside which a reader drops blanks.
    case "\u{2028}", "\u{2029}": result += "\\u" + String(scalar.value, radix: 16)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// One label as it is, several as a list.
package func yamlText(_ labels: [Int64]) -> String {
  let list = labels.map(String.init).joined(separator: ", ")
  return labels.count == 1 ? list : "[\(list)]"
}

/// What a class's `value` is, where a side may have labels of its own.
package func yamlText(_ labels: PerSide<[Int64]>) -> String {
  labels.isSame
    ? yamlText(labels.truth)
    : "{truth: \(yamlText(labels.truth)), predictions: \(yamlText(labels.predictions))}"
}

/// What `ignore` is; `nil` where nothing is ignored.
package func yamlText(_ ignored: Scheme.Ignored) -> String? {
  let items =
    ignored.labels.map(String.init) + ignored.colors.map(\.text)
    + (ignored.unlisted ? ["unlisted"] : [])
  let isOne = items.count == 1 && ignored.colors.isEmpty
  return items.isEmpty ? nil : isOne ? items[0] : "[\(items.joined(separator: ", "))]"
}
