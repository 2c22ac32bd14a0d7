/// Something the user can put right.
///
/// The one error type of the project, because it has one reader. Code that is deep down throws
/// what it knows; the caller that knows the file adds the place.
package struct Problem: Error, Hashable, Codable, Sendable {
  /// What is wrong, in one sentence without a full stop.
  package var what: String
  /// Where to look.
  package var place: Place?
  /// What to do about it.
  package var remedy: String
  /// What is wrong, as it is written, and a line of marks under the place.
  package var excerpt: [String] = []
  /// Further problems found by the same look, such as other mistakes in a configuration.
  package var others: [Problem] = []

  // Only problems of images are saved, and those have no others.
  private enum CodingKeys: CodingKey { case what, place, remedy }

  package init(_ what: String, at place: Place? = nil, remedy: String) {
    self.what = what
    self.place = place
    self.remedy = remedy
  }

  /// A file, a line of a text file (counted from 1), or a byte of a binary one (counted from 0).
  package enum Place: Hashable, Codable, Sendable {
    case file(String)
    case line(Int, file: String)
    case byte(Int, file: String)
  }
}

extension Problem {
  /// The same problem with its file; a byte or line that is already known stays.
  package func inFile(_ file: String) -> Problem {
    var problem = self
    switch place {
    case nil: problem.place = .file(file)
    case .file(let inner): problem.place = .file(inner.isEmpty ? file : inner)
    case .line(let line, let inner): problem.place = .line(line, file: inner.isEmpty ? file : inner)
    case .byte(let byte, let inner): problem.place = .byte(byte, file: inner.isEmpty ? file : inner)
    }
    return problem
  }

  /// At a byte of a file whose name the caller will add.
  package static func atByte(_ byte: Int, _ what: String, remedy: String) -> Problem {
    Problem(what, at: .byte(byte, file: ""), remedy: remedy)
  }
}

extension Problem {
  /// Several problems as one, in their order; `nil` where there are none. Of very many some are enough.
  package init?(all problems: [Problem], most: Int = 20) {
    guard var first = problems.first else { return nil }
    first.others += problems.dropFirst().prefix(most - 1)
    let left = problems.count - most
    if left > 0 { first.others.append(Problem("… and \(left) more like these", remedy: "")) }
    self = first
  }
}

extension Problem: CustomStringConvertible {
  /// Of a sentence: whatever a file has put into it, a person has to read it.
  private static let mostCharacters = 500

  /// Two lines for each problem: place and fault, then the remedy, indented.
  package var description: String {
    let what = printable(self.what, most: Problem.mostCharacters)
    let fault =
      switch place {
      case nil: what
      case .file(let file): "\(printable(file)): \(what)"
      case .line(let line, let file): "\(printable(file)):\(line): \(what)"
      case .byte(let byte, let file): "\(printable(file)): \(what) (byte \(byte))"
      }
    let shown = excerpt.map { "\n    \(printable($0, most: Problem.mostCharacters))" }.joined()
    let text = remedy.isEmpty ? fault + shown : "\(fault)\(shown)\n  \(remedy)"
    return ([text] + others.map(\.description)).joined(separator: "\n")
  }
}

/// `text` with control characters written out, so that a file name can neither break a line nor
/// steer a terminal or a CI system.
///
/// - Parameter most: how much of it is shown, in characters; a message is no place for all of a long one.
package func printable(_ text: String, most: Int) -> String {
  let start = text.prefix(most)
  return start.endIndex == text.endIndex ? printable(text) : printable(String(start)) + "…"
}

/// The same, all of it.
package func printable(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) {
      result += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}
