import Foundation
import Testing

/// `unmask init cron` and the others: printed, and read by those for whom they are.
@Suite("Recipes of the command")
struct InitRecipesTests {
  static let configuration = "version: 1\nreport: {to: my reports}\n"
  /// What a shell, cron, systemd and YAML each take for something else.
  static let place = "50% of \"it's\" \\% $HOME"

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(Self.configuration, to: "\(Self.place)/pipeline.yml")
    return folder
  }

  @Test("the help names each, and how a directory of that name is reached")
  func help() throws {
    let help = try Folder().unmask("help", "init").out
    for name in ["cron", "systemd", "github", "gitlab", "jenkins"] {
      #expect(help.contains("\n  unmask init \(name) ") || help.contains("\nunmask init \(name) "))
      #expect(try folder().unmask("init", name, directory: Self.place).code == 0)
    }
    #expect(help.contains("./cron"))
  }

  @Test("nothing is written")
  func nothingWritten() throws {
    let folder = try folder()
    _ = try folder.unmask("init", "systemd", directory: Self.place)
    #expect(try folder.names(in: Self.place) == ["pipeline.yml"])
  }

  @Test("cron's command has whole paths, which come through cron and the shell as they are")
  func cron() throws {
    let folder = try folder()
    let ending = try folder.unmask("init", "cron", "--at", "04:15", directory: Self.place)
    #expect(ending.code == 0, "\(ending.error)")
    let line = try #require(ending.line("15 4 * * * "))
    try folder.write(Self.throughCron(line), to: "command")
    let words = try folder.shell("eval \"printf '%s\\n' $(cat command)\"").out
      .split(separator: "\n").map(String.init)
    let base = try folder.shell("cd '\(Self.place.replacing("'", with: "'\\''"))' && pwd -P").out
      .trimmingCharacters(in: .newlines)
    #expect(words.first?.hasSuffix("/unmask") == true && words.first?.first == "/")
    #expect(
      words.dropFirst() == [
        "check", "\(base)/pipeline.yml", "--cron", "--state", "\(base)/.unmask", "--out",
        "\(base)/my reports",
      ])
  }

  @Test("systemd's script writes two units, which systemd reads where it is there")
  func systemd() throws {
    let folder = try folder()
    let ending = try folder.unmask("init", "systemd", directory: Self.place)
    try folder.write(ending.out, to: "script")
    let name = "unmask-50--of--it-s------HOME"
    #expect(
      try folder.shell(
        // Written by the shell: a program that this process had open for writing may be open in another test's child,
        // and is then busy.
        #"""
        mkdir bin && printf '#!/bin/sh\necho "$@" >> said\n' > bin/systemctl && chmod +x bin/systemctl
        PATH="$PWD/bin:$PATH" XDG_CONFIG_HOME="$PWD/home" sh script
        """#) == Ending(code: 0))
    #expect(
      try folder.text("said") == "--user daemon-reload\n--user enable --now \(name).timer\n")
    #expect(
      try folder.names(in: "home/systemd/user") == ["\(name).service", "\(name).timer"])
    let verified = try folder.shell(
      """
      command -v systemd-analyze >/dev/null || { echo skipped; exit 0; }
      mkdir -p run && XDG_RUNTIME_DIR="$PWD/run" systemd-analyze --user verify home/systemd/user/* 2>&1
      """)
    #expect(verified.code == 0 && ["", "skipped\n"].contains(verified.out), "\(verified)")
  }

  @Test("in a checkout paths start from its root, wherever the command runs")
  func checkout() throws {
    let folder = try Folder()
    try folder.write(Self.configuration, to: "r/eval/pipeline.yml")
    try folder.makeDirectory("r/.git")
    let command =
      "unmask check eval/pipeline.yml --cron --state eval/.unmask --out 'eval/my reports'"
    for (arguments, directory) in [
      ([], "r/eval"), (["--configuration", "eval/pipeline.yml"], "r"),
    ] {
      for name in ["github", "gitlab"] {
        let line = arguments.isEmpty ? "" : arguments.joined(separator: " ")
        let ending = try folder.shell("cd \(directory) && unmask init \(name) \(line)")
        #expect(ending.out.contains(command), "\(ending)")
      }
    }
    let outside = try folder.unmask(
      "init", "github", "--state", "/var/lib/unmask", directory: "r/eval")
    #expect(outside.code == 2)
    #expect(outside.fault.hasPrefix("/var/lib/unmask: lies outside of "))
  }

  @Test("a directory called as a recipe is ./cron, or any that is not the first word")
  func directory() throws {
    let folder = try Folder()
    try folder.makeDirectory("cron")
    for arguments in [["./cron"], ["--truth", "cron", "cron"]] {
      let ending = try folder.shell("unmask init \(arguments.joined(separator: " "))")
      #expect(ending.code == 2)
      #expect(ending.fault.contains("cron"), "\(ending.fault)")
      #expect(!ending.out.contains("check"))
    }
    let both = try folder.unmask("init", "cron", "data")
    #expect(both.code == 2)
    #expect(
      both.fault
        == "Error: cron is a recipe, for the configuration that --configuration names; a directory called so is ./cron"
    )
  }

  @Test(
    "what a recipe has no place for is refused",
    arguments: [
      ("gitlab --at 02:30", "Error: --at is for cron, systemd, github, jenkins, not for gitlab"),
      ("systemd --mail a@b.org", "Error: --mail is for cron, not for systemd"),
      (
        "data --state x",
        "Error: --state is for a recipe, named first: cron, systemd, github, gitlab, jenkins"
      ),
      ("cron --at 25:00", "Error: The value '25:00' is invalid for '--at <at>'"),
      ("cron --configuration none.yml", "none.yml: does not exist"),
    ])
  func refused(arguments: String, fault: String) throws {
    let ending = try Folder().shell("unmask init \(arguments)")
    #expect(ending.code == 2)
    #expect(ending.out.isEmpty)
    #expect(ending.fault == fault)
  }

  @Test("where the reports go must be known now")
  func variables() throws {
    let folder = try Folder()
    try folder.write("report:\n  to: ${NIGHT}/out\n", to: "pipeline.yml")
    let ending = try folder.unmask("init", "cron")
    #expect(ending.code == 2)
    #expect(
      ending.error == """
        pipeline.yml:2: report.to: a variable of the environment is known only when it runs
          say where the reports go: --out DIR

        """)
    #expect(try folder.unmask("init", "cron", "--out", "out").code == 0)
  }

  /// A command of a crontab as the shell gets it: up to the first `%` without a backslash before it.
  private static func throughCron(_ line: String) -> String {
    var command = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        if character == "%" { command.removeLast() }
        isEscaped = false
      } else if character == "%" {
        return command
      } else {
        isEscaped = character == "\\"
      }
      command.append(character)
    }
    return command
  }
}
