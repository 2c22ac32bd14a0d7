/// What runs, and when: `unmask check` on one configuration.
package struct Job: Sendable {
  /// As it is called: `unmask`, or its path where no search is made.
  package var program: String
  package var configuration: String
  /// The directory that remembers what was counted and said.
  package var state: String
  /// The directory of the reports.
  package var out: String
  package var time: TimeOfDay
  /// Who gets what the job says; `nil` leaves it to the system.
  package var mail: String?

  package init(
    program: String = "unmask", configuration: String, state: String, out: String,
    time: TimeOfDay = .usual, mail: String? = nil
  ) {
    self.program = program
    self.configuration = configuration
    self.state = state
    self.out = out
    self.time = time
    self.mail = mail
  }

  /// The command line, word by word.
  package var words: [String] {
    [program, "check", configuration, "--cron", "--state", state, "--out", out]
  }

  /// As a shell reads it.
  var shellCommand: String { words.map { shellWord($0) }.joined(separator: " ") }

  /// `unmask`, with the names that tell it from other jobs: those of the configuration and its directory, unless they are the
  /// usual ones. Letters, digits, points, hyphens and underscores only.
  var name: String {
    var parts = configuration.split(separator: "/").suffix(2).map(String.init)
    if let file = parts.popLast() {
      let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
      if stem != "pipeline" { parts.append(stem) }
    }
    return (["unmask"] + parts).map { part in
      String(
        part.map {
          $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-"
        })
    }.joined(separator: "-")
  }
}

/// An hour and a minute, on whatever clock the system has.
package struct TimeOfDay: Hashable, Sendable {
  package let hour: Int
  package let minute: Int

  package static let usual = TimeOfDay(hour: 2, minute: 30)

  private init(hour: Int, minute: Int) {
    self.hour = hour
    self.minute = minute
  }

  /// `02:30`, from `00:00` to `23:59`; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2, (1...2).contains(parts[0].utf8.count),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    self.init(hour: hour, minute: minute)
  }

  package var text: String { "\(twoDigits(hour)):\(twoDigits(minute))" }

  /// Every day, in the five fields of a crontab.
  var cronFields: String { "\(minute) \(hour) * * *" }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
