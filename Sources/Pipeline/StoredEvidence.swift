internal import Core
internal import Store

/// Where a finished run's evidence lies: in a directory or file of its own, or in a state among those of other runs.
enum StoredEvidence {
  case file(String)
  /// `.unmask`, `.unmask@last-good`, `.unmask@12`
  case state(directory: String, RunChoice)

  init(_ path: String) {
    if let at = path.lastIndex(of: "@"), StoredEvidence.isState(String(path[..<at])) {
      self = .state(
        directory: String(path[..<at]), RunChoice(String(path[path.index(after: at)...])))
    } else if StoredEvidence.isState(path), !isThere("\(path)/\(evidenceName)") {
      self = .state(directory: path, .last)
    } else {
      self = .file(path.hasSuffix(".sqlite") ? path : evidenceName.under(path))
    }
  }

  private static func isState(_ path: String) -> Bool { isThere("\(path)/\(StateStore.file)") }

  /// - Throws: Problem: there is none, or it cannot be read.
  func read() throws(Problem) -> (run: RunRecord, evidence: Evidence) {
    switch self {
    case .file(let path):
      if !isThere(path), isThere(predictionsName.under(directory(of: path))) {
        throw Problem(
          "has predictions without a truth, of which nothing was measured",
          at: .file(directory(of: path)),
          remedy: "read outlook.md there, or run again with decode: truth")
      }
      return try EvidenceStore.read(path)
    case .state(let directory, let choice):
      let store = try StateStore(reading: directory)
      defer { store.close() }
      return try store.evidence(of: try store.listing(of: choice))
    }
  }

  /// Of a file its path; what a state holds has none.
  var path: String? { if case .file(let path) = self { path } else { nil } }
}
