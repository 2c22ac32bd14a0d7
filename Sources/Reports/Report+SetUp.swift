internal import Core
internal import Diagnosis
internal import Pages

extension Report {
  var setUpWarnings: [SetUpFault] { setUp.filter { $0.severity == .warning } }

  /// What is wrong with how the files are read, each with its evidence and what to write.
  var setUpSection: [Block] { setUp.blocks(under: title) }
}

extension [SetUpFault] {
  /// Each fault with its evidence and what to write.
  ///
  /// - Parameter title: of the document, which may have said the first.
  func blocks(under title: Line) -> [Block] {
    flatMap { fault -> [Block] in
      let head: Line =
        switch fault.severity {
        case .error: "\(strong: "No verdict is given.") \(fault.statement)."
        case .warning where title == "⚠️ Set-up: \(fault.title)": "\(fault.statement)."
        case .warning: "\(strong: "Set-up: \(fault.title).") \(fault.statement)."
        case .accepted: "Accepted (\(code: fault.kind.rawValue)): \(fault.statement)."
        }
      guard fault.severity != .accepted else { return [.paragraph(head)] }
      let remedy: Line = "\(strong: "What to do.") \(fault.remedy)"
      return [.paragraph(head)]
        + (fault.lines.isEmpty
          ? [.paragraph("\(remedy).")]
          : [.paragraph("\(remedy):"), .code(fault.lines.joined(separator: "\n"))])
    } + (withholdVerdict ? [acceptance] : [])
  }

  /// What to write where it is meant so.
  private var acceptance: Block {
    let kinds = filter { $0.severity == .error }.map(\.kind.rawValue)
    return .paragraph(
      "If it is meant so, write \(code: "accept: [\(kinds.joined(separator: ", "))]") at the top level, and the report is made as ever."
    )
  }
}

extension [SetUpFault] {
  /// For a terminal: each fault in two lines and what to write.
  package var summaryLines: [String] {
    filter { $0.severity != .accepted }.flatMap { fault in
      let label = fault.severity == .error ? "SET-UP" : "set-up"
      return ["\(label.padded(to: 13)) \(fault.title.plain)", "\(indent)\(fault.statement.plain)."]
        + [
          fault.lines.isEmpty
            ? "\(indent)\(fault.remedy.plain)." : "\(indent)\(fault.remedy.plain):"
        ] + fault.lines.map { "\(indent)  \($0)" }
    }
  }

  private var indent: String { String(repeating: " ", count: 14) }
}
