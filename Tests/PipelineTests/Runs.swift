import Core
import Foundation
import Pipeline

/// The checkout, found from this file.
let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path(percentEncoded: false).trimmingSuffix("/")

/// Data of others, which lies beside the checkout or nowhere.
let sharedData = checkout + "/../shared/data"
let hasSharedData = FileManager.default.fileExists(atPath: sharedData)

/// A run that has no report, which only one with a memory can be.
struct Unfinished: Error {}

/// A directory that goes when its test ends.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory
      .appending(path: "unmask-\(UUID().uuidString)").path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    return "\(path)/\(name)"
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// Runs a configuration whose samples are those of the checkout.
  func run(_ configuration: String, jobs: Int = 2, to directory: String = "out") throws -> Finished
  {
    let file = try write(configuration, to: "pipeline.yml")
    let outcome = try Pipeline.run(
      RunRequest(configuration: file, output: "\(path)/\(directory)", jobs: jobs)
    ) { _, _ in true }
    guard case .finished(let finished) = outcome else { throw Unfinished() }
    return finished
  }
}

extension String {
  func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}

/// The checkout's own pipeline.yml, so that it can be run from anywhere.
func samplePipeline() throws -> String {
  try String(contentsOfFile: checkout + "/pipeline.yml", encoding: .utf8)
    .replacing("samples/", with: checkout + "/samples/")
}

func isClose(_ a: Double?, _ b: Double, within relative: Double = 1e-6) -> Bool {
  guard let a else { return false }
  return abs(a - b) <= relative * abs(b)
}
