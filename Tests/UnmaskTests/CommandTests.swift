import Testing

@Suite("The command")
struct CommandTests {
  static let summary = """
    UNDETERMINED  pole: IoU 0.250, worse than a constant guess (skill −0.492). No verdict: only 3 \
    images have it, and 10 are needed. It would be EXPOSED. If it scores elsewhere as here, some 26 \
    images that have it would decide it.
    headline      bce by keras = 0.219, skill 0.547, order gap 0.0720
    images        3 used, 0 not usable
    report        out/report.md

    """
  static let reports = [
    "classes.csv", "curves.csv", "datapackage.json", "findings.csv", "gates.csv", "images.csv",
    "junit.xml", "reductions.csv", "report.html", "report.json", "report.md",
  ]

  @Test("a run says in a few lines what it found and where the report is")
  func summary() throws {
    #expect(try Street.folder().unmask("run") == Ending(code: 0, out: Self.summary))
  }

  @Test("a run leaves its evidence and the reports behind, and nothing else")
  func files() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    #expect(try folder.documents(in: "out") == (Self.reports + ["evidence.sqlite"]).sorted())
    #expect(try folder.names(in: "") == ["out", "pipeline.yml", "pred", "truth"])
  }

  @Test(
    "a format is written where it is asked for, and its main file is what people are sent to",
    arguments: [
      ("[markdown]", ["report.md"], "report.md"), ("[html]", ["report.html"], "report.html"),
      ("[json, html]", ["report.html", "report.json"], "report.html"),
      ("[json]", ["report.json"], "report.json"),
    ])
  func formats(list: String, files: [String], main: String) throws {
    let folder = try Street.folder(Street.configuration + "report: {formats: \(list)}\n")
    let summary = Self.summary.replacing("report.md", with: main)
    #expect(try folder.unmask("run") == Ending(code: 0, out: summary))
    #expect(try folder.documents(in: "out") == (files + ["evidence.sqlite"]).sorted())
  }

  @Test("a second run writes the same bytes")
  func again() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    let first = try folder.reports(in: "out")
    #expect(try folder.unmask("run") == Ending(code: 0, out: Self.summary))
    #expect(try folder.reports(in: "out") == first)
  }

  @Test(
    "neither workers nor tiles change a byte",
    arguments: [(1, 2), (2, 3), (7, 256), (7, 2), (1000, 1)])
  func determinism(jobs: Int, tile: Int) throws {
    let folder = try Street.folder(Street.configuration + "tile: \(tile)\n")
    _ = try folder.unmask("run", "--jobs", "\(jobs)", "--out", "again")
    try folder.write(Street.configuration, to: "pipeline.yml")
    _ = try folder.unmask("run", "--jobs", "1")
    #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
  }

  @Test("the evidence gives the same reports without a pixel")
  func fromEvidence() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    for path in ["pred", "truth", "pipeline.yml"] { try folder.remove(path) }
    for source in ["out", "out/evidence.sqlite"] {
      let ending = try folder.unmask("report", "--from", source, "--out", "again")
      #expect(ending == Ending(code: 0, out: Self.summary.replacing("out/", with: "again/")))
      #expect(try folder.documents(in: "again") == Self.reports)
      #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
    }
  }

  @Test("the evidence answers other chains, and refuses what was not counted")
  func otherQuestions() throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    func report(_ old: String, _ new: String) throws -> Ending {
      try folder.write(Street.configuration.replacing(old, with: new), to: "other.yml")
      return try folder.unmask("report", "--from", "out", "other.yml", "--out", "again")
    }
    #expect(try report("[bce, iou]", "[bce, iou, dice]").code == 0)
    #expect(try report("size: 2", "size: 1").code == 0)
    #expect(
      try report("pole]", "tree]")
        == Ending(
          code: 2,
          error: """
            other.yml: the evidence was counted with the classes 'road', 'pole', and this asks for \
            'road', 'tree'
              run again on the images for that; chains, scores, batches, the weights of classes \
            and the headline can change without

            """))
    #expect(
      try report("[bce", "[mse").fault
        == "other.yml: the evidence was counted with the losses bce, and this asks for mse")
  }

  @Test("paths in the configuration start from its directory, --out from where the user is")
  func directories() throws {
    let folder = try Street.folder()
    #expect(try folder.unmask("run", "../pipeline.yml", directory: "pred").code == 0)
    #expect(try folder.names(in: "out").contains("report.json"))
    #expect(
      try folder.unmask("run", "../pipeline.yml", "--out", "x/y", directory: "pred").code == 0)
    #expect(try folder.reports(in: "pred/x/y") == folder.reports(in: "out"))
  }

  @Test("formats that are not asked for are not written")
  func formats() throws {
    let folder = try Street.folder(Street.configuration + "report: {to: x, formats: [json]}\n")
    let ending = try folder.unmask("run")
    #expect(ending.code == 0)
    #expect(try folder.documents(in: "x") == ["evidence.sqlite", "report.json"])
    #expect(ending.line("report") == "x/report.json")
  }

  @Test("--version and --help answer and end well")
  func answers() throws {
    #expect(try Folder().unmask("--version") == Ending(code: 0, out: "0.1.0\n"))
    let help = try Folder().unmask("--help")
    #expect(help.code == 0)
    #expect(help.out.hasPrefix("OVERVIEW: Names the classes which the mean"))
  }

  @Test(
    "what the command line does not know ends with 2",
    arguments: [
      (["walk"], "Error: there is no command 'walk'"),
      (["run", "--outt", "x"], "Error: Unknown option '--outt'. Did you mean '--out'?"),
      (["run", "--jobs", "0"], "Error: --jobs 0: give a number from 1 to 1024"),
      (["run", "--jobs", "many"], "Error: The value 'many' is invalid for '--jobs <jobs>'"),
      (["report", "--from", "out"], "Error: Missing expected argument '--out <out>'"),
    ])
  func usage(arguments: [String], fault: String) throws {
    let ending = try Folder().shell("unmask \(arguments.joined(separator: " "))")
    #expect(ending.code == 2)
    #expect(ending.out.isEmpty)
    #expect(ending.fault == fault)
  }
}
