import Testing

/// What is in the directory that no report wrote is somebody's.
@Suite("A report set")
struct OverwritingTests {
  @Test("replaces what earlier sets wrote, and nothing else unless that is said")
  func foreign() throws {
    let folder = try Street.folder()
    try folder.makeDirectory("out")
    try folder.write("mine", to: "out/classes.csv")
    let refused = try folder.unmask("run")
    #expect(refused.code == 74)
    #expect(
      refused.error == """
        out/classes.csv: is there, and no earlier report wrote it
          write to another directory, take it away, or write over it with --overwrite

        """)
    #expect(try folder.names(in: "out") == ["classes.csv"])
    #expect(try folder.text("out/classes.csv") == "mine")

    #expect(try folder.unmask("run", "--overwrite").code == 0)
    #expect(try folder.text("out/classes.csv") != "mine")
    // From now on it is a set's.
    #expect(try folder.unmask("run").code == 0)
  }

  @Test("keeps a file of somebody else whose name only other sets have")
  func otherNames() throws {
    let folder = try Street.folder(Street.configuration + "report: {formats: [json]}\n")
    #expect(try folder.unmask("run").code == 0)
    try folder.write("mine", to: "out/report.md")
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.text("out/report.md") == "mine")
    // What may be written over goes, and no hidden directory keeps it.
    let ending = try folder.shell(
      "cp -r out all && unmask run --overwrite --set 'report.formats=[json, markdown]' --out all")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.text("all/report.md") != "mine")
    #expect(try folder.names(in: "").filter { $0.hasPrefix(".") }.isEmpty)
    #expect(
      try folder.text("out/.unmask-set") == """
        # 2 files of unmask. Its next run replaces them, and no others.
        evidence.sqlite
        report.json

        """)
  }

  @Test("of a version that kept no names is known by its evidence")
  func olderVersion() throws {
    let folder = try Street.folder()
    #expect(try folder.unmask("run").code == 0)
    try folder.remove("out/.unmask-set")
    #expect(try folder.unmask("run").code == 0)
    try folder.remove("out/.unmask-set")
    try folder.remove("out/evidence.sqlite")
    #expect(try folder.unmask("run").code == 74)
  }

  @Test("is joined by comparisons and other forms, which do not take it away")
  func joined() throws {
    let folder = try Street.folder()
    #expect(try folder.unmask("run").code == 0)
    let before = try folder.names(in: "out")
    #expect(try folder.unmask("compare", "out", "out", "--out", "out").code == 0)
    #expect(try folder.unmask("render", "out", "--format", "sarif", "--out", "out").code == 0)
    #expect(Set(before).isSubset(of: try folder.names(in: "out")))
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.names(in: "out").contains("compare.md"))
  }

  @Test("is never written over what the run reads")
  func input() throws {
    let folder = try Street.folder()
    try folder.makeDirectory("out")
    #expect(try folder.shell("ln pred/a/road.png out/report.md").code == 0)
    let before = try folder.bytes("pred/a/road.png")
    let refused = try folder.unmask("run", "--overwrite")
    #expect(refused.fault == "out/report.md: is a file that the run reads")
    #expect(try folder.bytes("pred/a/road.png") == before)
  }

  @Test("a workbook replaces a workbook of ours, a baseline a baseline")
  func singleFiles() throws {
    let folder = try Street.folder()
    for _ in 0..<2 {
      #expect(try folder.unmask("run", "--xlsx", "tables.xlsx").code == 0)
      #expect(try folder.unmask("baseline", "accept", "out", "--to", "base.json").code == 0)
    }
    try folder.write("mine", to: "tables.xlsx")
    try folder.write("{}", to: "base.json")
    #expect(try folder.unmask("run", "--xlsx", "tables.xlsx").code == 74)
    #expect(try folder.unmask("baseline", "accept", "out", "--to", "base.json").code == 74)
    #expect(try folder.text("tables.xlsx") == "mine")
    #expect(try folder.text("base.json") == "{}")
    #expect(try folder.unmask("run", "--xlsx", "tables.xlsx", "--overwrite").code == 0)
  }

  @Test("a name with a zero byte names nothing")
  func zeroByte() throws {
    let folder = try Street.folder(Street.configuration + "report: {to: \"a\\0b\"}\n")
    let ending = try folder.unmask("run")
    #expect(ending.code != 0)
    #expect(ending.error.contains("zero byte"))
    #expect(try !folder.names(in: "").contains("a"))
  }
}
