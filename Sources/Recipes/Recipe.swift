package import Core

/// How somebody else's clock or CI system is told to run `unmask check`: a text that is put where that system looks for it.
///
///     unmask init cron
///     unmask init github > .github/workflows/unmask.yml
package struct Recipe: Sendable {
  /// The word behind `unmask init`.
  package let name: String
  /// What is printed, for the help.
  package let summary: String
  package let home: Home
  /// The options that change it.
  package let takes: Set<Choice>
  private let write: @Sendable (Job) -> String

  /// One file each, and one line here.
  package static let all = [cron, systemd, github, gitlab, jenkins]

  /// Where the job runs, by which its paths are written.
  package enum Home: Sendable {
    /// On this machine, where nothing is known of the directory or the environment: paths are absolute.
    case machine
    /// In a checkout that a CI system makes: paths start from its root.
    case checkout
  }

  /// What only some recipes have a place for.
  package enum Choice: String, CaseIterable, Sendable {
    case at, mail
  }

  init(
    _ name: String, _ summary: String, home: Home, takes: Set<Choice>,
    write: @escaping @Sendable (Job) -> String
  ) {
    self.name = name
    self.summary = summary
    self.home = home
    self.takes = takes
    self.write = write
  }
}

extension Recipe {
  /// The whole text, of lines that end.
  ///
  /// - Throws: Problem: a path has a line break, which none of these files can hold.
  package func text(for job: Job) throws(Problem) -> String {
    for word in [job.configuration, job.state, job.out, job.program, job.mail ?? ""]
    where word.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
      throw Problem(
        "a line break, or another character that is none to see, stands in '\(printable(word))'",
        remedy: "a recipe has lines of its own: give the file or directory another name")
    }
    return write(job)
  }
}
