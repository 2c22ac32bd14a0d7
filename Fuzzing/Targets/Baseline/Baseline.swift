import Core
import Diagnosis
import FuzzingSupport
import Reports

/// baseline.json: what is read is written as it was read.
@main
enum FuzzBaseline: Fuzzing {
  static let longest = 1024

  static func read(_ input: [UInt8]) {
    guard let text = String(validating: input, as: UTF8.self) else { return }
    func baseline(_ text: String) -> Baseline? {
      attempt { () throws(Problem) in try Baseline(reading: text, from: "baseline.json") }.value
    }
    guard let read = baseline(text) else { return }
    let written = read.text(by: "1.0").text
    claim(baseline(written)?.text(by: "1.0").text == written, "it is written as another")
  }
}
