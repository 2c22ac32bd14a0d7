internal import Core

/// Lines of at most 100 columns, each behind `# ` and the same indentation.
func comment(_ text: String, indent: String = "") -> String {
  var lines = [""]
  for word in text.split(separator: " ") {
    let last = lines[lines.count - 1]
    if last.isEmpty {
      lines[lines.count - 1] = String(word)
    } else if last.count + word.count < 96 - indent.count {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines.map { "\(indent)# \($0)\n" }.joined()
}

/// `[a, b]`, over several lines where it is long.
func yamlList(_ items: [String], indent: String) -> String {
  let line = "[\(items.joined(separator: ", "))]"
  if line.count < 80 { return line }
  var lines = [""]
  for (index, item) in items.enumerated() {
    let item = index + 1 < items.count ? "\(item), " : item
    if lines[lines.count - 1].count + item.count > 92 { lines.append("") }
    lines[lines.count - 1] += item
  }
  return "[\n" + lines.map { "\(indent)  \($0.trimmingEnd)\n" }.joined() + "\(indent)]"
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
