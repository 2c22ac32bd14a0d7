package import Core
package import Diagnosis
internal import Resampling

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

// baseline.json: small, and reviewed like code, so a class or an image has a line of its own.
extension Baseline {
  package static let version = "1.0"
  /// By which the file of one is known.
  package static let mark = "\"px\": [\(columns.map { "\"\($0)\"" }.joined(separator: ", "))]"

  private static let columns = ["true and found", "missed", "false alarm", "neither"]

  /// The file's text, without the images where they would be more than is read of it.
  package func text(by tool: String) -> (text: String, hasImages: Bool) {
    let whole = text(by: tool, images)
    if whole.utf8.count <= Limits.textBytes.most { return (whole, images != nil) }
    return (text(by: tool, nil), false)
  }

  private func text(by tool: String, _ images: [String: [Cell]]?) -> String {
    var parts = [
      "\"schema_version\": \(quoted(Baseline.version))", "\"unmask\": \(quoted(tool))",
      "\"px\": [\(Baseline.columns.map(quoted).joined(separator: ", "))]",
      list(
        "classes", zip(classes, sums).map { "{\"name\": \(quoted($0)), \"px\": \($1.text)}" }),
      list(
        "numbers",
        numbers.sorted { $0.key < $1.key }.map { "{\"name\": \(quoted($0.key)), \($0.value.text)}" }
      ),
    ]
    if let images {
      parts.append(
        list(
          "images",
          images.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, cells in
            "{\"name\": \(quoted(name)), \"px\": [\(cells.map(\.text).joined(separator: ","))]}"
          }))
    }
    return "{\n\(parts.map { "  \($0)" }.joined(separator: ",\n"))\n}\n"
  }

  private func list(_ name: String, _ items: [String]) -> String {
    items.isEmpty
      ? "\"\(name)\": []"
      : "\"\(name)\": [\n\(items.map { "    \($0)" }.joined(separator: ",\n"))\n  ]"
  }

  private func quoted(_ text: String) -> String { JSON.text(text).text() }

  /// - Throws: Problem: it is none, or one of another version.
  package init(reading text: String, from path: String) throws(Problem) {
    let remedy = "take it away, run, and accept that run: `unmask baseline accept RUN`"
    guard let written = try? JSONDecoder().decode(Written.self, from: Data(text.utf8)) else {
      throw Problem("is no baseline, or a damaged one", at: .file(path), remedy: remedy)
    }
    guard written.version.hasPrefix("1.") else {
      throw Problem(
        "is of version \(printable(written.version)), and this program reads \(Baseline.version)",
        at: .file(path), remedy: remedy)
    }
    let sums = written.classes.compactMap { Cell($0.px) }
    let images = written.images.map { images in
      images.map { ($0.name, $0.px.compactMap(Cell.init)) }
    }
    let counts = [sums.count] + (images ?? []).map(\.1.count)
    guard counts.allSatisfy({ $0 == written.classes.count }) else {
      throw Problem(
        "has not four pixel counts for each class", at: .file(path), remedy: remedy)
    }
    let isWhole =
      Set(written.classes.map(\.name)).count == written.classes.count
      && Set((images ?? []).map(\.0)).count == (images ?? []).count
      && Set(written.numbers.map(\.name)).count == written.numbers.count
      && written.numbers.allSatisfy(\.isWhole) && written.px == Baseline.columns
      && (images ?? []).isEmpty == (images == nil)
      && (images.map { images in
        sums.indices.allSatisfy { c in images.reduce(Cell.zero) { $0 + $1.1[c] } == sums[c] }
      } ?? true)
    guard isWhole else {
      throw Problem(
        "was changed by hand or damaged: its numbers do not belong together", at: .file(path),
        remedy: remedy)
    }
    self.init(
      classes: written.classes.map(\.name), sums: sums,
      images: images.map { Dictionary($0) { first, _ in first } },
      numbers: Dictionary(written.numbers.map { ($0.name, Number($0)) }) { first, _ in first })
  }

  /// As it is read.
  fileprivate struct Written: Decodable {
    var version: String
    var px: [String]
    var classes: [Class]
    var numbers: [Value]
    var images: [Image]?

    enum CodingKeys: String, CodingKey {
      case version = "schema_version"
      case px, classes, numbers, images
    }

    struct Class: Decodable {
      var name: String
      var px: [Int]
    }

    struct Image: Decodable {
      var name: String
      var px: [[Int]]
    }

    struct Value: Decodable {
      var name: String
      var value: Double?
      var clusters: String
      var without: [Double?]?
      var sizes: [Double]?

      /// Whether what it was without each image can be what it says.
      var isWhole: Bool {
        guard let without, let sizes else { return without == nil && sizes == nil }
        return without.count == sizes.count && sizes.allSatisfy { $0.isFinite && $0 >= 0 }
          && sizes.contains { $0 > 0 } && without.contains { $0 != nil }
      }
    }
  }
}

extension Baseline.Cell {
  fileprivate static let zero = Baseline.Cell(both: 0, onlyTrue: 0, onlyPredicted: 0, neither: 0)

  fileprivate static func + (a: Self, b: Self) -> Self {
    Self(
      both: a.both &+ b.both, onlyTrue: a.onlyTrue &+ b.onlyTrue,
      onlyPredicted: a.onlyPredicted &+ b.onlyPredicted, neither: a.neither &+ b.neither)
  }

  fileprivate var text: String { "[\(both),\(onlyTrue),\(onlyPredicted),\(neither)]" }

  /// `nil` where these are no four counts of the pixels of an image.
  fileprivate init?(_ px: [Int]) {
    guard px.count == 4, px.allSatisfy({ (0...1 << 50).contains($0) }) else { return nil }
    self.init(both: px[0], onlyTrue: px[1], onlyPredicted: px[2], neither: px[3])
  }
}

extension Baseline.Number {
  /// Every digit, so that a run that has not changed differs by nothing.
  fileprivate var text: String {
    func list(_ numbers: [Double?]) -> String {
      "[\(numbers.map { $0.map { "\($0)" } ?? "null" }.joined(separator: ","))]"
    }
    let without = left.map {
      ",\n     \"without\": \(list($0.others)),\n     \"sizes\": \(list($0.sizes))"
    }
    return
      "\"value\": \(value.map { "\($0)" } ?? "null"), \"clusters\": \"\(clusters)\"\(without ?? "")"
  }

  fileprivate init(_ written: Baseline.Written.Value) {
    let left = written.without.flatMap { without in
      written.sizes.flatMap { sizes in
        sizes.count == without.count
          ? LeftOut(estimate: written.value, others: without, sizes: sizes) : nil
      }
    }
    self.init(value: written.value, left: left, clusters: written.clusters)
  }
}
