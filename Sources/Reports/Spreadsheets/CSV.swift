internal import Core

extension ReportFile {
  /// A table as a file of comma separated values.
  static func csv(
    _ table: @escaping @Sendable (Subject) -> DataTable, named name: String,
    in dialect: @escaping @Sendable (Subject) -> CSVDialect
  ) -> ReportFile {
    ReportFile("\(name).csv") { subject, sink throws(Problem) in
      try table(subject).writeCSV(in: dialect(subject)) { text throws(Problem) in
        try sink(Array(text.utf8))
      }
    }
  }
}

extension DataTable {
  /// Its titles and rows, handed on in parts: a run of 100,000 images has hundreds of megabytes of them.
  ///
  /// - Throws: Problem: `sink` failed.
  func writeCSV(
    in dialect: CSVDialect, to sink: (String) throws(Problem) -> Void
  ) throws(Problem) {
    var text =
      dialect.mark + fields.map(\.name).joined(separator: dialect.delimiter) + dialect.lineEnd
    try forEachRow { row throws(Problem) in
      for (index, (cell, field)) in zip(row, fields).enumerated() {
        if index > 0 { text += dialect.delimiter }
        text += dialect.text(of: cell, field.kind)
      }
      text += dialect.lineEnd
      if text.utf8.count > 1 << 16 {
        try sink(text)
        text = ""
      }
    }
    try sink(text)
  }
}
