internal import Core

/// Tables as one file of Excel's own form: a number is a number and a name a text wherever it is opened,
/// whatever the decimal sign is there.
///
/// After ECMA-376, 5th edition, part 1 (SpreadsheetML), with texts within their cells.
struct Workbook {
  /// By which a workbook of ours is known (part 1, 18.2.13).
  static let mark = "<fileVersion appName=\"unmask\"/>"

  private var sheets: [(name: String, xml: String)] = []

  /// - Throws: Problem: what gives the rows failed.
  mutating func add(_ table: DataTable, called name: String) throws(Problem) {
    sheets.append((name, try table.sheet))
  }

  var bytes: [UInt8] {
    let numbers = sheets.indices.map { $0 + 1 }
    var archive = ZIPFile()
    archive.add(
      "[Content_Types].xml",
      """
      \(prolog)<Types xmlns="\(package)/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="\(media).sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="\(media).styles+xml"/>\(numbers.map { "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(media).worksheet+xml\"/>" }.joined())</Types>
      """)
    archive.add(
      "_rels/.rels",
      """
      \(prolog)<Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(document)/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
      """)
    archive.add(
      "xl/workbook.xml",
      """
      \(prolog)<workbook xmlns="\(main)" xmlns:r="\(document)/relationships">\(Workbook.mark)<sheets>\(zip(numbers, sheets).map { "<sheet name=\"\($1.name)\" sheetId=\"\($0)\" r:id=\"rId\($0)\"/>" }.joined())</sheets></workbook>
      """)
    archive.add(
      "xl/_rels/workbook.xml.rels",
      """
      \(prolog)<Relationships xmlns="\(package)/relationships">\(numbers.map { "<Relationship Id=\"rId\($0)\" Type=\"\(document)/relationships/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>" }.joined())<Relationship Id="rId\(sheets.count + 1)" Type="\(document)/relationships/styles" Target="styles.xml"/></Relationships>
      """)
    archive.add("xl/styles.xml", styles)
    for (number, sheet) in zip(numbers, sheets) {
      archive.add("xl/worksheets/sheet\(number).xml", sheet.xml)
    }
    return archive.finished
  }
}

private let prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
private let package = "http://schemas.openxmlformats.org/package/2006"
private let document = "http://schemas.openxmlformats.org/officeDocument/2006"
private let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
private let media = "application/vnd.openxmlformats-officedocument.spreadsheetml"

/// How a column is shown; its place is that among the styles.
private enum Style: Int {
  case general, title, text, count, score, share

  init(_ kind: DataTable.Field.Kind) {
    self =
      switch kind {
      case .name, .word: .text
      case .count: .count
      case .number: .general
      case .score: .score
      case .share: .share
      }
  }
}

/// 49 is text, 3 is `#,##0`, 10 is `0.00%`.
private let styles = """
  \(prolog)<styleSheet xmlns="\(main)"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
  """

extension DataTable {
  /// With its titles fixed above the rows, and a filter for each.
  fileprivate var sheet: String {
    get throws(Problem) {
      var rows = "<row r=\"1\">"
      for (index, field) in fields.enumerated() {
        rows += cell(.text(field.name), at: index, row: 1, .title)
      }
      rows += "</row>"
      var widths = fields.map(\.name.count)
      var row = 1
      try forEachRow { cells throws(Problem) in
        row += 1
        rows += "<row r=\"\(row)\">"
        for (index, cell) in cells.enumerated() {
          rows += self.cell(cell, at: index, row: row, Style(fields[index].kind))
          if case .text(let text) = cell { widths[index] = max(widths[index], text.count) }
        }
        rows += "</row>"
      }
      let columns = widths.enumerated().map { index, width in
        "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(min(60, max(9, width + 2)))\" customWidth=\"1\"/>"
      }
      return
        "\(prolog)<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>\(columns.joined())</cols><sheetData>\(rows)</sheetData><autoFilter ref=\"A1:\(letters(fields.count - 1))\(row)\"/></worksheet>"
    }
  }

  private func cell(_ cell: Cell, at column: Int, row: Int, _ style: Style) -> String {
    let place = "r=\"\(letters(column))\(row)\" s=\"\(style.rawValue)\""
    return switch cell {
    case .empty: ""
    case .count(let count): "<c \(place)><v>\(count)</v></c>"
    case .number(let number): "<c \(place)><v>\(number)</v></c>"
    case .text(let text):
      "<c \(place) t=\"inlineStr\"><is><t xml:space=\"preserve\">\(cellText(text))</t></is></c>"
    }
  }
}

/// `A`, `Z`, `AA`
private func letters(_ column: Int) -> String {
  let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
  return column < 26 ? letter : letters(column / 26 - 1) + letter
}

/// What a cell may hold: at most 32,767 units of UTF-16, and what XML cannot have as `_x001B_`.
private func cellText(_ text: String) -> String {
  var (result, units) = ("", 0)
  let scalars = Array(text.unicodeScalars)
  for (index, scalar) in scalars.enumerated() {
    units += scalar.value > 0xffff ? 2 : 1
    guard units < 32_767 else { return result + "…" }
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "_" where isEscape(scalars[index...]): result += "_x005F_"
    case "\t", "\n", "\u{20}"..."\u{d7ff}", "\u{e000}"..."\u{fffd}", "\u{10000}"..."\u{10ffff}":
      result.unicodeScalars.append(scalar)
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "_x\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)_"
    }
  }
  return result
}

/// Whether a text begins as if it were such an escape itself.
private func isEscape(_ text: ArraySlice<UnicodeScalar>) -> Bool {
  let start = Array(text.prefix(7))
  return start.count == 7 && start[1] == "x" && start[6] == "_"
    && start[2..<6].allSatisfy { $0.properties.isASCIIHexDigit }
}
