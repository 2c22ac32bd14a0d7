internal import ArgumentParser
internal import Core
internal import Pipeline
internal import Reports

/// For whom tables are written.
struct TableOptions: ParsableArguments {
  @Option(help: "Who reads the CSV files, instead of the configuration's report: {csv: …}.")
  var csvDialect: CSVDialect?

  @Option(
    help: "Also write the tables as a workbook, whose numbers and names stay what they are.",
    completion: .file(extensions: ["xlsx"]))
  var xlsx: String?

  func validate() throws {
    guard xlsx?.isEmpty != true else { throw ValidationError("--xlsx is empty: name a file") }
  }

  func adjusting(_ request: ConfigurationRequest) -> ConfigurationRequest {
    var request = request
    if let csvDialect { request.sets.append("report.csv=\(csvDialect.rawValue)") }
    return request
  }

  /// That the workbook can be written, said before there is anything to write.
  func expectPlace(_ overwriting: OverwritingOption) throws {
    try writing { path throws(Problem) in
      try Pipeline.expectPlace(for: path, replacing: replaceable(overwriting))
    }
  }

  func write(_ report: Report, _ overwriting: OverwritingOption) throws {
    try writing { path throws(Problem) in
      try writeFile(try report.workbook, to: path, replacing: replaceable(overwriting))
    }
  }

  private func replaceable(_ overwriting: OverwritingOption) -> Replaceable {
    overwriting.overwrite ? .any : .marked(Report.workbookMark)
  }

  private func writing(_ body: (String) throws(Problem) -> Void) throws {
    guard let xlsx else { return }
    do throws(Problem) {
      try body(xlsx)
    } catch {
      complain(error.description)
      throw CommandEnd(.cannotWrite)
    }
  }
}

/// What may go to make room for what is written.
struct OverwritingOption: ParsableArguments {
  @Flag(help: "Also write over files that are there and that no earlier report wrote.")
  var overwrite = false
}

extension CSVDialect: ExpressibleByArgument {}
