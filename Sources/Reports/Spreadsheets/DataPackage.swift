internal import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Report {
  /// What the columns of the CSV files hold, as Data Package v2 writes it (datapackage.org/standard): readers
  /// that take it give a column the same type every night, also where all its cells are empty.
  ///
  /// - Throws: Problem: never, in truth: it holds no number.
  var dataPackage: String {
    get throws(Problem) {
      try recordText(of: DataPackage(self), "data package", keys: .useDefaultKeys)
    }
  }
}

private struct DataPackage: Encodable {
  var name = "unmask"
  var profile = "tabular-data-package"
  var resources: [Resource]

  init(_ report: Report) {
    resources = Report.tables.map { Resource($0.table(report), in: report.dialect) }
  }

  struct Resource: Encodable {
    var name: String
    var path: String
    var profile = "tabular-data-resource"
    var format = "csv"
    var mediatype = "text/csv"
    var encoding = "utf-8"
    var dialect: Dialect
    var schema: Schema

    init(_ table: DataTable, in dialect: CSVDialect) {
      name = table.name
      path = "\(table.name).csv"
      self.dialect = Dialect(delimiter: dialect.delimiter, lineTerminator: dialect.lineEnd)
      schema = Schema(fields: table.fields.map { Field($0, decimal: dialect.decimal) })
    }
  }

  struct Dialect: Encodable {
    var delimiter: String
    var lineTerminator: String
  }

  struct Schema: Encodable {
    var fields: [Field]
    var missingValues = [""]
  }

  struct Field: Encodable {
    var name: String
    var type: String
    var decimalChar: String?

    init(_ field: DataTable.Field, decimal: String) {
      name = field.name
      switch field.kind {
      case .name, .word: type = "string"
      case .count: type = "integer"
      case .number, .score, .share:
        type = "number"
        decimalChar = decimal == "." ? nil : decimal
      }
    }
  }
}
