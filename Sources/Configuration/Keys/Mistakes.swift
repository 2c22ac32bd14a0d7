internal import Core

/// What is wrong with a file, collected while it is read, so that all of it can be said at once.
///
/// A value is `nil` where it is wrong and that has been noted; what depends on it is then left
/// alone, so that nothing is complained about twice.
struct Mistakes {
  private var problems: [Problem] = []

  /// So many that no more are looked for.
  var areEnough: Bool { problems.count >= 1000 }

  mutating func note(_ problem: Problem) { problems.append(problem) }

  /// What `body` returns; `nil` where it throws, which is noted.
  mutating func noting<Result>(_ body: () throws(Problem) -> Result) -> Result? {
    do {
      return try body()
    } catch {
      note(error)
      return nil
    }
  }

  /// The value that was read.
  ///
  /// - Throws: everything that was noted, in the order of the file.
  func settled<Value>(_ value: Value?) throws(Problem) -> Value {
    if let problem = Problem(all: problems.inOrder) { throw problem }
    guard let value else { preconditionFailure("a value is missing, and nothing was noted") }
    return value
  }
}

extension [Problem] {
  /// By line; problems of one line stay in the order in which they were found.
  fileprivate var inOrder: [Problem] {
    enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
  }
}

extension Problem {
  fileprivate var line: Int {
    if case .line(let line, _) = place { line } else { 0 }
  }
}
