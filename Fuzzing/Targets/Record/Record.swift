import Core
import FuzzingSupport
import Reports

/// report.json: what is read is written as it was read, and can be shown in every form.
@main
enum FuzzRecord: Fuzzing {
  static let longest = 8192

  static func read(_ input: [UInt8]) {
    guard let text = String(validating: input, as: UTF8.self),
      let record = attempt({ () throws(Problem) in try Record(reading: text, from: "report.json") })
        .value
    else { return }
    guard let written = attempt({ () throws(Problem) in try record.json }).value else {
      fatalError("it cannot be written")
    }
    let again = attempt { () throws(Problem) in
      try Record(reading: written, from: "report.json").json
    }.value
    claim(again == written, "it is written as another")
    let view = RecordView(record)
    for format in Format.allCases {
      for file in format.views {
        let isShown = attempt { () throws(Problem) in try file.write(view) { _ in } }.value != nil
        claim(isShown, "it cannot be shown as \(file.name)")
      }
    }
  }
}
