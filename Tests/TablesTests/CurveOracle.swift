import Core
import Counting
import Decoding
import Foundation
import Raster
import Testing

/// Values that frameworks computed from a set of files, and the pixels in those files, in the order
/// in which the frameworks saw them.
struct CurveOracle {
  private var values: [String: Double] = [:]

  /// `set` as in "street/run-a" or "camvid8/overlap_list_bce".
  init(_ set: String) throws {
    for framework in ["torchmetrics", "sklearn"] {
      let file = try #require(CurveOracle.shared).appending(
        path: "oracle/\(set)__\(framework).json")
      let content = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      for row in (content as? [String: Any])?["results"] as? [[String: Any]] ?? [] {
        guard let id = row["id"] as? String, let value = row["value17"] as? String else { continue }
        values[id] = Double(value)
      }
    }
  }

  func value(_ id: String) -> Double? { values[id] }

  /// The folder of test data beside the package.
  static let shared: URL? = {
    var folder = URL(filePath: #filePath)
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let package = folder.appending(path: "Package.swift").path(percentEncoded: false)
      guard FileManager.default.fileExists(atPath: package) else { continue }
      let shared = folder.deletingLastPathComponent().appending(path: "shared")
      let oracle = shared.appending(path: "oracle/street").path(percentEncoded: false)
      return FileManager.default.fileExists(atPath: oracle) ? shared : nil
    }
    return nil
  }()
}

// MARK: - The files

extension CurveOracle {
  static let streetClasses = ["sky", "building", "road", "vegetation", "pole"]
  static let camvidRuns = [
    "exclusive_dict_question", "exclusive_list_bce", "exclusive_ones_bce", "overlap_list_bce",
  ]

  /// Each class's pixels in the PNG planes of a street run.
  static func planes(_ run: String) throws -> [CurvePixels] {
    let street = try #require(shared).appending(path: "samples/street")
    let folder = street.appending(path: run).path(percentEncoded: false)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try streetClasses.map { name in
      var pixels = CurvePixels(p: [], isOwn: [])
      for image in names {
        let truth = try png(street.appending(path: "truth/\(image)/\(name).png"))
        let levels = try png(street.appending(path: "\(run)/\(image)/\(name).png"))
        let top: Float = levels.element == .u2 ? 65535 : 255
        pixels.p += numbers(levels).map { Double(Float($0) / top) }
        pixels.isOwn += numbers(truth).map { $0 != 0 }
      }
      return pixels
    }
  }

  /// Each class's pixels in an array of predictions; `truth` beside it.
  static func arrays(_ prediction: String, _ truth: String) throws -> [CurvePixels] {
    let (prediction, truth) = (try array(prediction), try array(truth))
    return (0..<5).map { c in
      CurvePixels(
        p: numbers(prediction, class: c), isOwn: numbers(truth, class: c).map { $0 != 0 })
    }
  }

  /// The probability of the most probable class, and whether it is the true one; a label of 255
  /// does not count.
  static func mostProbable(_ logits: String, _ labels: String) throws -> CurvePixels {
    let (logits, labels) = (try array(logits), try array(labels))
    let classes = (0..<5).map { numbers(logits, class: $0).map { Float($0) } }
    var pixels = CurvePixels(p: [], isOwn: [])
    for (index, label) in numbers(labels, class: 0).enumerated() where label != 255 {
      let z = classes.map { $0[index] }
      let highest = z.max() ?? 0
      // exp(0), the greatest of the softmax, over the sum.
      pixels.p.append(Double(1 / z.reduce(0) { $0 + exp($1 - highest) }))
      pixels.isOwn.append(z.firstIndex(of: highest) == Int(label))
    }
    return pixels
  }

  private static func array(_ path: String) throws -> NumberArray {
    let file = try #require(shared).appending(path: path).path(percentEncoded: false)
    return try ArrayFile(opening: file).array(named: nil)
  }

  private static func png(_ file: URL) throws -> Plane {
    try PNGImage(decoding: Bytes(Array(Data(contentsOf: file)))).planes[0]
  }

  private static func numbers(_ array: NumberArray, class c: Int) -> [Double] {
    let axes: AxisOrder = array.shape.count == 4 ? .NHWC : .NHW
    return (0..<array.shape[0]).flatMap { numbers(array.plane(axes, image: $0, class: c)) }
  }

  private static func numbers(_ plane: Plane) -> [Double] {
    var numbers = [Double](repeating: 0, count: plane.pixels)
    var span = numbers.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
    return numbers
  }
}
