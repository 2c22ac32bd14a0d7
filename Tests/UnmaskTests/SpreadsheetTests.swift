import Foundation
import Testing

/// Tables in spreadsheets and data frames: a number is a number and a name is a text.
@Suite("Spreadsheets")
struct SpreadsheetTests {
  static let names = [
    "=1+1", "007", "MAR1", "NA", "no", "1.500", "a\"b", "x\ny", "-5", "TRUE", "_x0041_", "sky",
  ]

  private static func folder() throws -> Folder {
    let folder = try Folder()
    let side = 4
    try folder.write(
      """
      decode: {predictions: "p/{image}.png", truth: "t/{image}.png", kind: labels,
               classes: ["=1+1", "007", "MAR1", "NA", "no", "1.500", 'a"b', "x\\ny", "-5", "TRUE", "_x0041_", "sky"]}
      measure: [iou]
      reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
      report: {to: out, formats: [csv, xlsx, json]}
      """, to: "pipeline.yml")
    for (image, name) in ["=A1", "0001", "-3"].enumerated() {
      let truth = (0..<side * side).map { UInt8(($0 + image) % names.count) }
      let rows = (0..<side).map { Array(truth[$0 * side..<($0 + 1) * side]) }
      try folder.write(png(rows), to: "t/\(name).png")
      try folder.write(png(rows.map { $0.map { $0 == 3 ? 4 : $0 } }), to: "p/\(name).png")
    }
    return folder
  }

  @Test(
    "names are neither refused nor renamed, and every number of the workbook is that of the record")
  func workbook() throws {
    let folder = try Self.folder()
    #expect(try folder.unmask("run").code == 0)
    try folder.write(
      """
      import csv, json, re, sys, zipfile
      import xml.etree.ElementTree as tree
      names = json.loads(sys.argv[1])
      book = zipfile.ZipFile("out/report.xlsx")
      assert book.testzip() is None
      space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
      sheets = [s.get("name") for s in tree.fromstring(book.read("xl/workbook.xml")).iter(space + "sheet")]
      assert sheets == ["summary", "classes", "reductions", "worst images", "gates", "findings"], sheets
      def text(cell):
          raw = "".join(cell.itertext())
          return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), raw)
      rows = []
      for row in tree.fromstring(book.read("xl/worksheets/sheet2.xml")).iter(space + "row"):
          rows.append({re.match("[A-Z]+", c.get("r"))[0]: (c.get("t"), text(c)) for c in row})
      assert [r["A"] for r in rows[1:]] == [("inlineStr", n) for n in names], rows
      record = json.load(open("out/report.json"))
      assert [float(r["C"][1]) if "C" in r else None for r in rows[1:]] == [c["iou"] for c in record["classes"]]
      plain = list(csv.DictReader(open("out/classes.csv", newline="")))
      assert [r["class_name"] for r in plain] == names
      assert [float(r["iou"]) for r in plain] == [c["iou"] for c in record["classes"]]
      images = list(csv.DictReader(open("out/images.csv", newline="")))
      assert {r["image"] for r in images} == {"=A1", "0001", "-3"}
      package = json.load(open("out/datapackage.json"))
      for resource in package["resources"]:
          titles = next(csv.reader(open("out/" + resource["path"], newline="")))
          assert [f["name"] for f in resource["schema"]["fields"]] == titles
      """, to: "check.py")
    let list = String(decoding: try JSONEncoder().encode(Self.names), as: UTF8.self)
    #expect(try Child.python(["check.py", list], in: folder.url("")) == 0)
  }

  @Test("each dialect: marks, separators, decimal signs, and names that Excel would change")
  func dialects() throws {
    let folder = try Self.folder()
    for (dialect, start, row) in [
      ("plain", "class_name,verdict,iou,", "=1+1,"),
      ("excel", "\u{feff}class_name,verdict,iou,", "\"=\"\"=1+1\"\"\","),
      ("excel-eu", "\u{feff}class_name;verdict;iou;", "\"=\"\"=1+1\"\"\";"),
    ] {
      #expect(try folder.unmask("run", "--csv-dialect", dialect, "--out", dialect).code == 0)
      let text = try folder.text("\(dialect)/classes.csv")
      #expect(text.hasPrefix(start))
      let line = String(
        text.split(separator: dialect == "plain" ? "\n" : "\r\n", maxSplits: 2)[1])
      #expect(line.hasPrefix(row), "\(line)")
      #expect(line.contains(dialect == "excel-eu" ? ";1,000000;" : ",1.000000,"), "\(line)")
    }
    // From the evidence the same, and a workbook at a place of its own.
    let again = try folder.unmask(
      "report", "--from", "plain", "--out", "again", "--csv-dialect", "excel", "--xlsx", "b.xlsx")
    #expect(again.code == 0)
    #expect(try folder.text("again/classes.csv") == folder.text("excel/classes.csv"))
    #expect(try folder.bytes("b.xlsx") == folder.bytes("again/report.xlsx"))
  }
}
