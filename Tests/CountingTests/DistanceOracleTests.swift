import Core
import Counting
import Foundation
import Raster
import Testing

/// Fifteen drawn pairs of masks and what the implementations themselves say of them; `make parity` has
/// whole sets.
@Suite(
  "Distances between boundaries, as the frameworks print them",
  .enabled(if: BoundaryOracle.file != nil, "the frameworks' values are not beside this checkout"))
struct DistanceOracleTests {
  private static let calls: [(framework: String, id: String, measure: String, [String: Double])] = [
    ("monai", "hd__none", "hd", [:]), ("monai", "hd95__none", "hd95", [:]),
    ("monai", "hd_directed_pred_to_gt__none", "hd", ["directed": 1]),
    ("monai", "hd_directed_gt_to_pred__none", "hd", ["directed": 2]),
    ("monai", "hd95_directed_pred_to_gt__none", "hd95", ["directed": 1]),
    ("monai", "asd_pred_to_gt__none", "asd", [:]),
    ("monai", "asd_gt_to_pred__none", "asd", ["directed": 2]), ("monai", "assd__none", "assd", [:]),
    ("monai", "nsd_tol1__none", "nsd", [:]), ("monai", "nsd_tol2__none", "nsd", ["tolerance": 2]),
    ("medpy", "hd", "hd", [:]), ("medpy", "hd95", "hd95", ["joint": 1]),
    ("medpy", "assd", "assd", [:]), ("medpy", "asd_pred_to_gt", "asd", [:]),
    ("medpy", "asd_gt_to_pred", "asd", ["directed": 2]),
    ("metricsreloaded", "masd", "masd", [:]), ("metricsreloaded", "hd95", "hd95", [:]),
    ("reference", "hd", "hd", [:]), ("reference", "hd95_max", "hd95", [:]),
    ("reference", "hd95_union", "hd95", ["joint": 1]), ("reference", "assd_union", "assd", [:]),
    ("reference", "assd_mean_of_means", "masd", [:]), ("reference", "nsd_tol1", "nsd", [:]),
    ("reference", "nsd_tol2", "nsd", ["tolerance": 2]),
  ]

  @Test("of drawn masks, empty ones among them")
  func drawn() throws {
    let oracle = try BoundaryOracle(#require(BoundaryOracle.file))
    #expect(oracle.cases.count == 15)
    var compared = 0
    for (name, masks) in oracle.cases {
      var counter = try Counter(for: Needs(scheme(1)))
      let found = try #require(
        counter.distances(
          of: pair(.masks([masks.predicted]), .masks([masks.truth]), width: masks.width)
        ).first)
      for (framework, id, measureName, given) in Self.calls {
        guard let expected = oracle.values["\(name)__\(framework)__\(id)"] else { continue }
        compared += 1
        let measure = try measure(measureName, given)
        let value = measure.value(of: ClassTally(distances: found))
        switch expected {
        // Of two empty masks MetricsReloaded says 0.
        case .undefined: #expect(value == nil, "\(name) \(framework) \(id)")
        case .infinite: #expect(value == nil && found.isOneSided, "\(name) \(framework) \(id)")
        case .number(let number) where found == .zero:
          #expect(framework == "metricsreloaded" && number == 0 && value == nil)
        case .number(let number):
          // Single precision in MONAI.
          let tolerance = framework == "monai" ? 1e-6 : 1e-12
          #expect(
            value.map { isClose($0, number, within: tolerance) } ?? false,
            "\(name) \(framework) \(id): \(value ?? .nan) for \(number)")
        }
      }
    }
    #expect(compared == 15 * Self.calls.count)
  }
}

private struct BoundaryOracle {
  var cases: [String: (truth: [UInt8], predicted: [UInt8], width: Int)] = [:]
  var values: [String: Value] = [:]

  enum Value {
    case number(Double)
    case infinite, undefined
  }

  /// Beside the package.
  static let file: URL? = {
    var folder = URL(filePath: #filePath)
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let package = folder.appending(path: "Package.swift").path(percentEncoded: false)
      guard FileManager.default.fileExists(atPath: package) else { continue }
      let file = folder.deletingLastPathComponent()
        .appending(path: "shared/oracle-boundary/small_cases.json")
      return FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) ? file : nil
    }
    return nil
  }()

  init(_ file: URL) throws {
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let meta = root?["meta"] as? [String: Any]
    for (name, masks) in meta?["cases"] as? [String: [String: String]] ?? [:] {
      let truth = Drawing(masks["truth"] ?? "")
      cases[name] = (
        truth.pixels.map { $0 == "#" ? 1 : 0 },
        Drawing(masks["prediction"] ?? "").pixels.map { $0 == "#" ? 1 : 0 }, truth.width
      )
    }
    for row in root?["results"] as? [[String: Any]] ?? [] {
      guard let id = row["id"] as? String else { continue }
      switch row["value17"] {
      case let text as String where text == "inf": values[id] = .infinite
      case let text as String: values[id] = Double(text).map(Value.number)
      case is NSNull: values[id] = .undefined
      default: break
      }
    }
  }
}
