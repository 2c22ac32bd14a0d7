internal import Core

extension Setting {
  /// Of a whole file: where it says that reports go, from its own directory, without anything else being looked at.
  ///
  /// - Throws: Problem: there is no text, or one that only the environment of a run completes.
  package var reportDirectory: String {
    get throws(Problem) {
      guard let report = try entries.first(where: { $0.key == "report" })?.value,
        let to = try report.entries.first(where: { $0.key == "to" })?.value
      else { return "out" }
      let text = try to.string
      guard !text.contains("${") else {
        throw to.problem(
          "a variable of the environment is known only when it runs",
          remedy: "say where the reports go: --out DIR")
      }
      return text
    }
  }
}
