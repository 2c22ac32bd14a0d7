extension Recipe {
  /// A service and its timer, as systemd.service(5) and systemd.timer(5) have them: a script that puts them into place.
  package static let systemd = Recipe(
    "systemd", "a script that writes a user's service and timer: unmask init systemd | sh",
    home: .machine, takes: [.at]
  ) { job in
    let command = job.words.enumerated().map { systemdWord($1, isProgram: $0 == 0) }
    // A path's percent sign would be the start of something that systemd fills in.
    let title = "\(job.configuration.replacing("%", with: "%%")) held to its checks"
    return """
      # Every night, as units of this user. Read it, and run it:  unmask init systemd | sh
      # By hand: the text between the lines UNIT goes into the file above it.
      set -eu
      units="${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user"
      mkdir -p "$units"

      cat > "$units/\(job.name).service" <<'UNIT'
      [Unit]
      Description=\(title)
      # Who is told of a failure; what the job prints is in the journal.
      # OnFailure=tell-me@%n.service   (a unit of your own)

      [Service]
      Type=oneshot
      ExecStart=\(command.joined(separator: " "))
      # A crash says so in a line, and does not wait for its story.
      Environment=SWIFT_BACKTRACE=enable=no
      # Later: another run is at work, or predictions are still being written.
      SuccessExitStatus=75
      Nice=10
      # MemoryMax=8G
      # To hear of it when the job no longer runs (healthchecks.io, or your own):
      # ExecStopPost=-/bin/sh -c '[ "$$EXIT_STATUS" = 75 ] || curl -fsS -m 10 --retry 5 -o /dev/null "https://hc-ping.com/UUID/$$EXIT_STATUS"'
      UNIT

      cat > "$units/\(job.name).timer" <<'UNIT'
      [Unit]
      Description=\(title), every night

      [Timer]
      OnCalendar=*-*-* \(job.time.text):00
      # What was missed while the machine was off is done when it is on again.
      Persistent=true
      RandomizedDelaySec=10min

      [Install]
      WantedBy=timers.target
      UNIT

      systemctl --user daemon-reload
      systemctl --user enable --now \(job.name).timer
      # Units of a user stop when he logs out, unless:  loginctl enable-linger
      # Now:            systemctl --user start \(job.name).service
      # What it said:   journalctl --user -u \(job.name).service
      # To remove it:   systemctl --user disable --now \(job.name).timer, and both files

      """
  }
}

/// A word behind `ExecStart=`. Variables are not looked for in the program's path.
private func systemdWord(_ word: String, isProgram: Bool) -> String {
  if isPlain(word) { return word }
  let escaped = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    .replacing("%", with: "%%").replacing("$", with: isProgram ? "$" : "$$")
  return "\"\(escaped)\""
}
