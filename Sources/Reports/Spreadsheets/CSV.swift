internal import Core

extension ReportFile {
  /// A table as a file of comma separated values.
  static func csv(
    _ table: @escaping @Sendable (Subject) -> DataTable, named name: String,
    in dialect: @escaping @Sendable (Subject) -> CSVDialect
  ) -> ReportFile {
    ReportFile("\(name).csv") { subject, sink throws(Problem) in
      try table(subject).writeCSV(in: dialect(subject), to: sink)
    }
  }
}

extension DataTable {
  /// Its titles and rows, handed on in parts: a run of 100,000 images has hundreds of megabytes of them.
  ///
  /// - Throws: Problem: `sink` failed.
  func writeCSV(
    in dialect: CSVDialect, to sink: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) {
    var text = Array(dialect.mark.utf8)
    func appendLine(_ count: Int, _ cell: (Int, inout [UInt8]) -> Void) {
      for index in 0..<count {
        if index > 0 { text.append(dialect.separator) }
        cell(index, &text)
      }
      text += dialect.lineEnd.utf8
    }
    appendLine(fields.count) { $1 += fields[$0].name.utf8 }
    try forEachRow { row throws(Problem) in
      appendLine(row.count) { dialect.append(row[$0], fields[$0].kind, to: &$1) }
      if text.count > 1 << 16 {
        try sink(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try sink(text)
  }
}
