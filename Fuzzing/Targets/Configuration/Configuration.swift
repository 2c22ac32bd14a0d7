import Configuration
import Core
import FuzzingSupport

/// pipeline.yml: a configuration is read, or refused in whole.
///
/// A mistake is compared with all names that may have been meant, which takes its time.
@main
enum FuzzConfiguration: Fuzzing {
  static let longest = 1024

  static func read(_ input: [UInt8]) {
    guard let text = String(validating: input, as: UTF8.self) else { return }
    let file = attempt { () throws(Problem) in
      try PipelineFile(parsing: text, path: "pipeline.yml")
    }.value
    claim(file == nil || file?.text == text, "its text is another")
  }
}
