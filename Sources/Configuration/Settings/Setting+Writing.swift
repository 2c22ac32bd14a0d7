internal import Core

// A setting as YAML that reads the same again.

extension Setting {
  /// On one line.
  var flow: String {
    switch content {
    case .text(let text, let isQuoted): scalarYAML(text, isQuoted: isQuoted)
    case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\(scalarYAML($0.key, isQuoted: false)): \($0.value.flow)" }.joined(separator: ", "))}"
    }
  }

  /// Over lines, one for each key; lists and what is in them stay on one.
  func block(indent: String = "") -> String {
    guard case .mapping(let entries) = content, !entries.isEmpty else { return "" }
    return entries.map { entry in
      let key = indent + scalarYAML(entry.key, isQuoted: false)
      guard entry.value.isMapping, entry.value.flow.count > 60 || indent.isEmpty else {
        return "\(key): \(entry.value.flow)\n"
      }
      let body = entry.value.block(indent: indent + "  ")
      return body.isEmpty ? "\(key): {}\n" : "\(key):\n\(body)"
    }.joined()
  }
}

/// Plain where it was and means the same everywhere in YAML, else in quotes.
func scalarYAML(_ text: String, isQuoted: Bool) -> String {
  let isPlain =
    !isQuoted && !text.isEmpty && text.first != "-" && text.last != " "
    && text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || "_-./+%() <>".unicodeScalars.contains($0)
    }
    && text.first.map { $0.isLetter || $0.isNumber || "_./+-".contains($0) } == true
  let isNumber = !isQuoted && Double(text) != nil
  return isPlain || isNumber ? text : yamlQuoted(text)
}
