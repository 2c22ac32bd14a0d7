extension Recipe {
  /// Lines of a crontab, as cron(8) and crontab(5) have them.
  ///
  /// cron knows no directory but `HOME`, hardly a `PATH`, and mails what is printed; of the exit code it says nothing.
  package static let cron = Recipe(
    "cron", "lines for crontab -e; what the job prints is mailed", home: .machine,
    takes: [.at, .mail]
  ) { job in
    let command = job.words.map(cronWord).joined(separator: " ")
    return """
      # Every night. Nothing is printed, and so mailed, where all is as it was; a few lines where something changed, and more where
      # it failed. To install: crontab -e, or (crontab -l; unmask init cron) | crontab -
      # In /etc/cron.d a user's name stands before the command.
      \(job.mail.map { "MAILTO=\($0.isEmpty ? "\"\"" : $0)" } ?? "# MAILTO=you@example.org   (otherwise the mail is for the crontab's owner)")
      # A crash says so in a line, and does not wait for its story.
      SWIFT_BACKTRACE=enable=no
      \(job.time.cronFields) \(command)
      #
      # A directory a night: predictions: runs/{run}/{image}.png in the configuration takes each once. Or name it behind the
      # command, where % must be written as \\%:  --predictions "/data/runs/$(date +\\%F)"
      #
      # To hear of it when the job no longer runs (healthchecks.io, or your own), write in place of the line above:
      # \(job.time.cronFields) \(command); code=$?; [ $code = 75 ] || curl -fsS -m 10 --retry 5 -o /dev/null https://hc-ping.com/UUID/$code
      # 75 is: later, as another run is at work or predictions are still being written.

      """
  }
}

/// A word of a shell behind cron, to which `%` is the end of the command and `\%` a percent sign, in quotes too.
private func cronWord(_ word: String) -> String {
  // Some also make one of two backslashes.
  shellWord(word, split: [("\\", "%"), ("\\", "\\")]).replacing("%", with: "\\%")
}
