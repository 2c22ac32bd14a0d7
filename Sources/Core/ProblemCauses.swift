/// Image problems that have one cause, so that forty of one kind do not hide the one of another.
package struct ProblemCause: Hashable, Sendable {
  /// In the order of the run; at least one.
  package var problems: [ImageProblem]

  /// How many images are named.
  package static let examples = 3

  package var first: ImageProblem { problems[0] }
  /// Of the images after the first, those that are named.
  package var otherExamples: [String] {
    problems.dropFirst().prefix(ProblemCause.examples - 1).map(\.image)
  }
}

extension [ImageProblem] {
  /// Those of the most images first; of equal ones that of the first image.
  package var causes: [ProblemCause] {
    var places: [String: Int] = [:]
    var causes: [ProblemCause] = []
    for entry in self {
      let key = entry.problem.cause
      if let place = places[key] {
        causes[place].problems.append(entry)
      } else {
        places[key] = causes.count
        causes.append(ProblemCause(problems: [entry]))
      }
    }
    return causes.enumerated().sorted {
      ($1.element.problems.count, $0.offset) < ($0.element.problems.count, $1.offset)
    }.map(\.element)
  }
}

extension Problem {
  /// What is wrong, without the numbers, names and lists that differ from image to image.
  fileprivate var cause: String {
    var key = ""
    var isQuoted = false
    for character in what.prefix(while: { $0 != ":" }) {
      if character == "'" { isQuoted.toggle() }
      if isQuoted || character.isNumber || ".,-×".contains(character) { continue }
      key.append(character)
    }
    return key + "|" + String(remedy.prefix { !$0.isNumber && $0 != "'" })
  }
}
