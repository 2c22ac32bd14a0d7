/// What a program says that its stages took, in CPU seconds of all its workers:
///
///     timings: decode 1.234 s, measure 0.456 s
enum Stages {
  static func parse(_ text: String) -> [String: Double] {
    var stages: [String: Double] = [:]
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("timings:") {
      for part in line.dropFirst("timings:".count).split(separator: ",") {
        let words = part.split(separator: " ")
        guard words.count >= 2, let seconds = Double(words[1]) else { continue }
        stages[String(words[0])] = seconds
      }
    }
    return stages
  }
}

extension Stages {
  /// The same line, of this program's own stages.
  static func line(_ stages: [(String, Double)]) -> String {
    "timings: " + stages.map { "\($0.0) \($0.1) s" }.joined(separator: ", ")
  }
}
