import Core
import FuzzingSupport

@testable import Configuration

/// Settings, of pipeline.yml or any other file: what is written again says the same.
@main
enum FuzzYAML: Fuzzing {
  static let longest = 256

  static func read(_ input: [UInt8]) {
    guard let text = String(validating: input, as: UTF8.self),
      let setting = setting(text)
    else { return }
    // A byte order mark at the start of a text is lost where Foundation makes it of bytes.
    guard !setting.flow.unicodeScalars.contains("\u{feff}") else { return }
    for written in [setting.flow, setting.block()] where !written.isEmpty {
      claim(
        self.setting(written)?.flow == setting.flow,
        "written as\n\(written)\nit says something else")
    }
  }

  private static func setting(_ text: String) -> Setting? {
    attempt { () throws(Problem) in try Setting(parsing: text, file: "pipeline.yml") }.value
  }
}
