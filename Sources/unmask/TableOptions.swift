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

  func write(_ report: Report) throws {
    guard let xlsx else { return }
    do throws(Problem) {
      try writeFile(try report.workbook, to: xlsx)
    } catch {
      complain(error.description)
      throw CommandEnd(.cannotWrite)
    }
  }
}

extension CSVDialect: ExpressibleByArgument {}
