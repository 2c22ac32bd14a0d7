import Testing

@Suite("When the output cannot be written, the command ends with 74 and changes nothing")
struct BadOutputTests {
  @Test("a full disk behind stdout is no success")
  func fullStdout() throws {
    let full = Ending(
      code: 74,
      error: """
        standard output: could not be written: No space left on device
          make room there, or write elsewhere

        """)
    let folder = try Street.folder()
    #expect(try folder.shell("unmask run >/dev/full") == full)
    #expect(try folder.shell("unmask report --from out --out again >/dev/full") == full)
    #expect(try folder.shell("unmask --help >/dev/full") == full)
  }

  @Test("a closed stdout is no success either, and a closed stderr does no harm")
  func closed() throws {
    let folder = try Street.folder()
    let ending = try folder.shell("unmask run >&-")
    #expect(ending.code == 74)
    #expect(ending.fault == "standard output: could not be written: Bad file descriptor")
    #expect(try folder.shell("unmask run 2>&-") == Ending(code: 0, out: CommandTests.summary))
  }

  @Test("an --out that is a file, or lies below one")
  func belowFile() throws {
    let folder = try Street.folder()
    let before = try folder.text("pipeline.yml")
    #expect(
      try folder.unmask("run", "--out", "pipeline.yml/x")
        == Ending(
          code: 74,
          error: """
            pipeline.yml/x: cannot be made: Not a directory
              a file is in the way; write elsewhere

            """))
    #expect(
      try folder.unmask("run", "--out", "pipeline.yml")
        == Ending(
          code: 74,
          error: """
            pipeline.yml: nothing can be written there: Not a directory
              a file is in the way; write elsewhere

            """))
    #expect(try folder.text("pipeline.yml") == before)
  }

  @Test("an --out where nothing may be written", .disabled(if: isSuperUser, "root may write there"))
  func permission() throws {
    let folder = try Street.folder()
    try folder.makeDirectory("closed")
    #expect(try folder.shell("chmod 555 closed").code == 0)
    #expect(
      try folder.unmask("run", "--out", "closed/out")
        == Ending(
          code: 74,
          error: """
            closed/out: cannot be made: Permission denied
              get permission to write there, or write elsewhere

            """))
    let ending = try folder.unmask("run", "--out", "closed")
    #expect(ending.code == 74)
    #expect(ending.fault == "closed: nothing can be written there: Permission denied")
  }

  @Test("a disk that fills up leaves the old report, and nothing half-written")
  func fullDisk() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    let before = try folder.reports(in: "out")
    let names = try folder.names(in: "out")
    try folder.write(gray("1111/1111/1111/1111"), to: "pred/a/pole.png")
    // Files may grow to a few kilobytes only; with the signal ignored, writing more is an error.
    let ending = try folder.shell("trap '' XFSZ; ulimit -f 8; unmask run")
    #expect(ending.code == 74)
    #expect(ending.out.isEmpty)
    #expect(ending.fault.contains("evidence.sqlite: cannot be written: "))
    #expect(ending.fault.hasPrefix("out/evidence.sqlite: "))
    #expect(try folder.names(in: "out") == names)
    #expect(try folder.reports(in: "out") == before)
  }

  @Test("a limit of file sizes is a full disk, and no reason to die")
  func fileSizeLimit() throws {
    let folder = try Street.folder()
    let ending = try folder.shell("ulimit -c 0; ulimit -f 8; unmask run")
    let left = try folder.names(in: "out")
    #expect(ending.code == 74)
    #expect(left.isEmpty)
  }

  @Test("a report that does not fit leaves the old one as well")
  func fullDiskForReport() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    _ = try folder.unmask("report", "--from", "out", "--out", "again")
    let before = try folder.reports(in: "again")
    let ending = try folder.shell(
      "trap '' XFSZ; ulimit -f 1; unmask report --from out --out again")
    #expect(ending.code == 74)
    #expect(ending.out.isEmpty)
    #expect(ending.fault.hasPrefix("again/"))
    #expect(ending.fault.hasSuffix(": could not be written: File too large"))
    #expect(try folder.reports(in: "again") == before)
  }

  @Test("a directory in the place of a report")
  func directoryInTheWay() throws {
    let folder = try Street.folder()
    try folder.makeDirectory("out/evidence.sqlite")
    let ending = try folder.unmask("run")
    #expect(ending.code == 74)
    #expect(ending.fault == "out/evidence.sqlite: a directory is in the way")
    #expect(try folder.names(in: "out") == ["evidence.sqlite"])
  }

  @Test("evidence that is none, or damaged, ends with 3")
  func evidence() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    try folder.write("text", to: "text.sqlite")
    try folder.write(Array(folder.bytes("out/evidence.sqlite").prefix(20_000)), to: "cut.sqlite")
    for (source, error) in [
      (
        "nowhere",
        """
        nowhere/evidence.sqlite: does not exist
          name the evidence.sqlite that a run wrote
        """
      ),
      (
        "text.sqlite",
        """
        text.sqlite: is no evidence: file is not a database
          name the evidence.sqlite that a run wrote
        """
      ),
      (
        "cut.sqlite",
        """
        cut.sqlite: is damaged: database disk image is malformed
          make it again with `unmask run`
        """
      ),
    ] {
      let ending = try folder.unmask("report", "--from", source, "--out", "again")
      #expect(ending == Ending(code: 3, error: error + "\n"))
    }
    #expect(try !folder.names(in: "").contains("again"))
  }
}
