import Foundation
import Testing

/// Inputs made after public reports, which lie beside the checkout or nowhere; their `make.py` writes
/// them and knows the right answer by NumPy alone.
enum Cases {
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let shared = checkout.appending(path: "../shared/cases").standardizedFileURL

  /// Whether there are cases, and a Python with NumPy and Pillow that can make them.
  static let canBeMade: Bool =
    FileManager.default.fileExists(atPath: shared.path(percentEncoded: false))
    && (try? Child.python(["-c", "import numpy, PIL"], in: shared)) == 0

  static let skipped: Comment =
    "the cases are not beside this checkout, or python3 has no numpy and pillow"

  /// A directory with the case's input, in which the command runs; `configuration` in place of its own.
  static func folder(
    _ name: String, _ configuration: String? = nil, making words: [String] = []
  ) throws -> Folder {
    let folder = try Folder()
    let source = shared.appending(path: name)
    for file in try FileManager.default.contentsOfDirectory(
      at: source, includingPropertiesForKeys: nil)
    where ["py", "yml", "txt"].contains(file.pathExtension) {
      try folder.write(Array(Data(contentsOf: file)), to: file.lastPathComponent)
    }
    if let configuration { try folder.write(configuration, to: "pipeline.yml") }
    #expect(try Child.python(["make.py"] + words, in: folder.url("")) == 0)
    return folder
  }
}

extension Folder {
  /// What `report.json` says of the headline, of each class's IoU, and of each measure by the chain
  /// `mean`.
  func answer(
    in directory: String = "out"
  ) throws -> (headline: Double?, iou: [String: Double], means: [String: Double]) {
    let report = try JSONDecoder().decode(
      Answer.self, from: Data(bytes("\(directory)/report.json")))
    var iou: [String: Double] = [:]
    for entry in report.classes { iou[entry.name] = entry.iou }
    var means: [String: Double] = [:]
    for entry in report.reductions where entry.reduction == "mean" {
      means[entry.measure] = entry.value
    }
    return (report.headline.value, iou, means)
  }
}

private struct Answer: Decodable {
  var headline: Headline
  var classes: [Class]
  var reductions: [Reduced]

  struct Reduced: Decodable {
    var measure: String
    var reduction: String
    var value: Double?
  }

  struct Headline: Decodable { var value: Double? }
  struct Class: Decodable {
    var name: String
    var iou: Double?
  }
}
