import Configuration
import Core
import Foundation
import Testing

@Suite("The keys")
struct KeysTests {
  /// A configuration with every key but those of the others, none of them at its default.
  static let full = """
    version: 1
    decode:
      predictions: pred/{city}/{image}.npy
      truth: truth/{city}/{image}.npy
      kind: probabilities
      activation: sigmoid
      classes: [{name: road, value: {predictions: 3, truth: 2}, color: [1, 2, 3]}, {name: pole, value: 0, color: [4, 5, 6]}]
      encoding: {predictions: kitti-instances, truth: cityscapes-instances}
      reduce_zero_label: {predictions: true, truth: true}
      ignore: 9
      valid: fov/{city}/{image}.png
      images: img/{city}/{image}.png
      color_tolerance: 2
      threshold_truth: 0.6
      axes: {predictions: HWC, truth: HW}
      orientation: {predictions: mirrored, truth: rotated-left}
      resize: {predictions: torch.bilinear}
      palette: {predictions: index, truth: shown}
      names: names.txt
      colors: {pole: [7, 8, 9]}
      threshold: 0.4
      group: city
      quantised: truncate
    ready: {marker: _SUCCESS, quiet: 120}
    batch: {size: 2, order: array, drop_last: true}
    tile: 64
    measure: [bce, {focal: {gamma: 3}}, iou]
    reduce:
      mean: mean(class) > mean(pixel, image, batch)
      sum: sum(class) > mean(pixel, image, batch)
      global: "pool(batch, image, pixel) > score > mean(class)"
    presets: [keras.binary_crossentropy]
    weights: {pole: 2}
    not_averaged: [road]
    positive_weights: [1, 3]
    sample_weight: {images: weights.csv, pixels: "w/{image}.npy", first_class: [1, 5], no_class: 7}
    diagnose:
      headline: {measure: focal, reduce: sum}
      poor: dice < 0.7
      tolerance: 2%
      curves: true
      border: 4
      bootstrap: {replicates: 200, seed: 2, level: 0.9}
    accept: [turned]
    check:
      - {id: a, verdict: {not: [HIDDEN]}, for: pole, level: warn, on_missing: pass, on_insufficient: fail}
      - {measure: iou, min: 0.5, max: 0.9, support: 3}
      - {measure: bce, reduce: mean, max: 0.5}
      - {preset: keras.binary_crossentropy, max: 0.4}
      - {id: b, measure: iou, baseline: {worse: 0.1, worse_relative: 0.2}}
    accepted:
      - {check: b, class: pole, until: 2026-12-31, reason: known, not_worse_than: 0.1}
    baseline: other.json
    report: {to: elsewhere, formats: [csv], csv: excel, name: nightly, pictures: false}

    """

  /// The same with keys that concern masks a class and regions.
  static let masks = """
    decode:
      predictions: pred/{image}/{class}.png
      truth: truth/{image}/{class}.png
      kind: labels
      activation: sigmoid
      classes: [{name: whole, value: [1, 2]}, {name: core, value: 2}]
      unclassed: 0
      resize: {truth: torch.nearest}
      parts: {predictions: union, truth: union}
      absent: {predictions: empty, truth: empty}
    measure: [iou]
    reduce: {global: "pool(batch, image, pixel) > score > mean(class)"}

    """

  /// The same with keys that concern pictures of objects.
  static let objects = """
    decode:
      predictions: pred/{image}.png
      truth: truth/{image}.png
      kind: labels
      classes: [{name: person, value: 1}, {name: sky, value: 119}]
      segments: {predictions: pred.json, truth: truth.json}
    measure: [iou]
    reduce: {global: "pool(batch, image, pixel) > score > mean(class)"}

    """

  /// The same with the key of a soft truth, which some of the others do not go with.
  static let shares = """
    decode:
      predictions: pred/{image}.npy
      truth: truth/{image}.npy
      kind: probabilities
      activation: sigmoid
      classes: [road]
      soft_truth: true
    measure: [bce]
    reduce: {mean: "mean(class) > mean(pixel, image, batch)"}

    """

  /// The same with keys that concern arrays without a type, and volumes.
  static let volumes = """
    decode:
      predictions: pred/{image}.npy
      truth: truth/{image}.npy
      kind: probabilities
      activation: sigmoid
      classes: [liver]
      dtype: {predictions: bfloat16, truth: float8_e4m3}
      voxels: stored
    measure: [bce]
    reduce: {mean: "mean(class) > mean(pixel, image, batch)"}

    """

  /// The same without a truth, with the key that goes with that alone.
  static let alone = """
    decode:
      predictions: pred/{image}.npy
      kind: probabilities
      activation: sigmoid
      classes: [liver]
    measure: [bce]
    reduce: {mean: "mean(class) > mean(pixel, image, batch)"}
    reference: validation

    """

  static let all = [full, masks, objects, shares, volumes, alone]

  @Test("of the list are read, all of them, and no others are")
  func read() throws {
    var paths: Set<String> = []
    for text in Self.all {
      _ = try root(text).yaml { path in
        paths.insert(path)
        return true
      }
    }
    // Below these, keys are free.
    let free = ["decode.colors.", "measure[].", "reduce.", "weights."]
    #expect(
      paths.filter { path in !free.contains { path.hasPrefix($0) } } == Set(Keys.paths))
    for text in Self.all {
      let whole = try shown(root(text).yaml { _ in true })
      #expect(try shown(root(text).yaml { _ in true }) == whole)
    }
  }

  @Test("all change what is read, each alone", arguments: Keys.paths.filter { $0 != "version" })
  func effect(path: String) throws {
    let text = try #require(
      Self.all.first { text in
        var stands = false
        _ = try? root(text).yaml { key in
          stands = stands || key == path
          return true
        }
        return stands
      })
    let whole = try shown(root(text).yaml { _ in true })
    let without = try root(text).yaml { $0 != path }
    // Without some, the file is refused.
    #expect((try? shown(without)) != whole)
  }

  @Test("have a sentence each, and stand in docs/configuration.md")
  func table() throws {
    try expectGolden("docs/configuration.md") { page in
      try made(made(page, "keys", Keys.table), "limits", Limits.table)
    }
    for line in Keys.table.split(separator: "\n").dropFirst(2) {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      #expect(cells.count == 6, "\(line)")
      #expect(cells[4].hasSuffix(". "), "\(line)")
      #expect(!cells[2...4].contains { $0.trimmingCharacters(in: .whitespaces).isEmpty }, "\(line)")
    }
  }

  @Test("have limits, each of something else")
  func limits() {
    #expect(Set(Limits.all.map(\.unit)).count == Limits.all.count)
  }

  /// `page` with a table in its place.
  private func made(_ page: String, _ name: String, _ table: String) throws -> String {
    let opening =
      "<!-- \(name): made from the program's own list; UPDATE_GOLDEN=1 make test renews them -->\n"
    let start = try #require(page.range(of: opening)).upperBound
    let end = try #require(page.range(of: "<!-- /\(name) -->")).lowerBound
    return page.replacingCharacters(in: start..<end, with: "\n\(table)\n")
  }

  private func root(_ text: String) throws(Problem) -> Setting {
    try Setting(parsing: text, file: "pipeline.yml")
  }

  /// Everything that was read, as text; sorted, because a dictionary has no order.
  private func shown(_ yaml: String) throws(Problem) -> String {
    var file = try PipelineFile(parsing: yaml, path: "pipeline.yml")
    file.text = ""
    return String(reflecting: file).split { ", []()".contains($0) }.sorted().joined(separator: ",")
  }
}

extension Setting {
  /// The same as YAML on one line, with the keys whose path is wanted.
  func yaml(at path: String = "", _ isWanted: (String) -> Bool) throws(Problem) -> String {
    if isMapping {
      var members: [String] = []
      for entry in try entries {
        let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        guard isWanted(path) else { continue }
        members.append("\(entry.key): \(try entry.value.yaml(at: path, isWanted))")
      }
      return "{\(members.joined(separator: ", "))}"
    }
    if isList {
      var items: [String] = []
      for item in try list { items.append(try item.yaml(at: path + "[]", isWanted)) }
      return "[\(items.joined(separator: ", "))]"
    }
    let isPlain = (try? double) != nil || (try? bool) != nil
    return isPlain ? try string : "\"\(try string)\""
  }
}
