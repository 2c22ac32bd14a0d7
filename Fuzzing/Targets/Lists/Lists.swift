import Core
import FuzzingSupport

@testable import Configuration
@testable import Decoding
@testable import Pipeline

/// Lists of images: their weights, read again when they are written, and names in columns.
@main
enum FuzzLists: Fuzzing {
  static let longest = 256

  private static let file = HeldFile("weights.csv")
  private static let names: Set = ["a", "b_01", "a/b", "ä"]

  static func read(_ input: [UInt8]) {
    if let weights = weights(input) {
      let lines = weights.map { "\($0),\($1)\n" }.joined()
      claim(self.weights(Array(lines.utf8)) == weights, "\(weights) are read as others")
    }
    var reading = NameReading()
    for line in String(decoding: input, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let line = String(line)
      let name = reading.name(of: line, among: names)
      claim(name == line || names.contains(name), "'\(line)' names what is not there")
    }
    _ = reading.notes
  }

  private static func weights(_ text: [UInt8]) -> [String: Double]? {
    file.hold(text)
    let weighting = PipelineFile.SampleWeighting(images: file.path)
    return attempt { () throws(Problem) in try weighting.weights(of: [], in: "/") }.value
  }
}
