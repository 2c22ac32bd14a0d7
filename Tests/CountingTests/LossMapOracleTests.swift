import Core
import Counting
import Decoding
import Foundation
import Raster
import Testing

/// What frameworks returned without a reduction for the street samples: statistics of the whole
/// map, and its value at twelve places.
@Suite(
  "The frameworks' own loss maps",
  .enabled(if: oracle != nil, "the frameworks' numbers are not beside this checkout"))
struct LossMapOracleTests {
  @Test(
    "Keras: binary cross-entropy, element by element and as the mean over classes",
    arguments: ["run-a", "run-b", "run-early", "run-a-16bit", "run-a-npy"])
  func keras(run: String) throws {
    let maps = try Maps(run, of: "bce")
    try expect("bce_elementwise", maps, .pixelsThenClasses, within: .single)
    try expect("bce_map", maps, .pixels, within: .single)
  }

  @Test(
    "Keras: what is the same by another name",
    arguments: ["run-a", "run-a-npy"])
  func kerasOthers(run: String) throws {
    try expect("BinaryCrossentropy_none", Maps(run, of: "bce"), .pixels, within: .single)
    let smooth = try Maps(run, of: "bce", ["label_smoothing": 0.1])
    try expect("bce_map_label_smoothing", smooth, .pixels, within: .single)
    try expect(
      "categorical_crossentropy_map", Maps(run, of: "ce", .exclusive), .pixels, within: .shares)
  }

  @Test(
    "PyTorch: binary cross-entropy of probabilities",
    arguments: ["run-a", "run-b", "run-early", "run-a-16bit", "run-a-npy"])
  func torch(run: String) throws {
    try expect("bce_none", Maps(run, of: "torch-bce"), .classesThenPixels, within: .single)
  }

  @Test("PyTorch, TensorFlow, MONAI and smp: binary and focal cross-entropy of logits")
  func logits() throws {
    let maps = try Maps("run-a-npy", of: "bce", .logits)
    try expect("bce_logits_none_f64", maps, .classesThenPixels, within: .doubleLogits)
    try expect("bce_logits_none", maps, .classesThenPixels, within: .logits)
    try expect("SoftBCE_none", maps, .classesThenPixels, within: .logits)
    try expect("tf_sigmoid_cross_entropy_with_logits", maps, .pixelsThenClasses, within: .single)
    for (id, given) in [("FocalLoss_none", [:]), ("FocalLoss_alpha_none", ["alpha": 0.25])] {
      let focal = try Maps("run-a-npy", of: "focal", given, .logits)
      try expect(id, focal, .classesThenPixels, within: .logits)
    }
  }

  @Test("PyTorch: categorical cross-entropy of logits, plain and weighted by the true class")
  func categorical() throws {
    var maps = try Maps("run-a-npy", of: "ce", .exclusiveLogits)
    try expect("ce_none", maps, .pixels, within: .logits)
    // The fifth class weighs 1000, and so does the error of its losses.
    for image in maps.images.indices {
      maps.images[image].planes[4] = maps.images[image].planes[4].map { $0 * 1000 }
    }
    var bound = Bound.logits
    bound.perLogit *= 1000
    try expect("ce_weight_none", maps, .pixels, within: bound)
  }

  @Test("Keras: every pixel of street_0019, the mean over classes and the pole alone")
  func everyPixel() throws {
    let map = try Maps("run-a", of: "bce").images[18]
    for (file, losses) in [
      ("bce_map_street_0019", map.pixelLosses), ("bce_elementwise_street_0019_pole", map.planes[4]),
    ] {
      let path = try #require(oracle).appending(path: "run-a__keras_\(file).npy")
      let plane = try ArrayFile(opening: path.path(percentEncoded: false)).array(named: nil)
        .plane(rowAxis: 0, columnAxis: 1, at: [0, 0])
      var expected = [Double](repeating: 0, count: plane.pixels)
      var span = expected.mutableSpan
      plane.load(0..<plane.pixels, into: &span)
      #expect(isClose(losses, expected, within: 1e-6))
    }
  }

  /// How the axes of a framework's map lie, behind its images.
  private enum Axes { case pixels, pixelsThenClasses, classesThenPixels }

  private func expect(_ id: String, _ maps: Maps, _ axes: Axes, within bound: Bound) throws {
    let row = try OracleMap(id, of: maps.run)
    for (index, expected) in row.samples {
      let map = maps.images[index[0]]
      let (c, place) =
        switch axes {
        case .pixels: (nil, index[1] * 128 + index[2])
        case .pixelsThenClasses: (index[3], index[1] * 128 + index[2])
        case .classesThenPixels: (index[1], index[2] * 128 + index[3])
        } as (Int?, Int)
      let found = c.map { map.planes[$0][place] } ?? map.pixelLosses[place]
      let logit = maps.logit(image: index[0], class: c, pixel: place)
      #expect(
        bound.allows(found, expected, logit: logit),
        "\(maps.run) \(id) \(index): \(found), \(expected)"
      )
    }
    let statistics = MapStatistics(
      of: maps.images.flatMap { axes == .pixels ? $0.pixelLosses : $0.planes.flatMap(\.self) })
    for (name, found) in [
      ("mean", statistics.mean), ("min", statistics.smallest), ("max", statistics.largest),
      ("std", statistics.deviation),
    ] {
      let (found, expected) = (try #require(found), try #require(row.statistics[name]))
      // The smallest is where a logit is large; the others are of losses that are too.
      #expect(
        bound.allows(found, expected, logit: name == "min" ? 1 : 0),
        "\(maps.run) \(id) \(name): \(found), \(expected)")
    }
    let sum = try #require(row.statistics["sum"])
    #expect(bound.allows(statistics.sum / Double(statistics.count), sum / Double(statistics.count)))
  }
}

/// How far a framework's number may be from the exact one.
private struct Bound {
  var relative = 1e-6
  /// Float32 has no normal number below; what is smaller may have become 0.
  var absolute = 0x1p-126
  /// For each 1 of the pixel's largest logit.
  var perLogit = 0.0

  /// The logarithm's argument is formed as here, and a float32 logarithm is good to a last bit or
  /// two: relative to its result, also near 1.
  static let single = Bound()
  /// p / Σp comes of additions and a division in float32. Near 1 their last bit is 2⁻²⁴, and the
  /// logarithm has that as an absolute error.
  static let shares = Bound(absolute: 0x1p-23)
  /// z − log(1 + e^z) is formed of numbers as large as z, each rounded to half a last bit, at most
  /// |z| · 2⁻²⁴; where the loss is small that is what is left of it. There are two such roundings.
  static let logits = Bound(perLogit: 0x1p-23)
  static let doubleLogits = Bound(relative: 1e-12, absolute: 0, perLogit: 0x1p-52)

  func allows(_ found: Double, _ expected: Double, logit: Double = 0) -> Bool {
    abs(found - expected) <= relative * abs(expected) + absolute + perLogit * logit
  }
}

/// The maps of a run's images, in the order of their names.
private struct Maps {
  enum View { case independent, exclusive, logits, exclusiveLogits }

  var run: String
  var images: [LossMap] = []
  /// Of logits: image, class, pixel.
  private var logits: [[[Double]]] = []

  init(
    _ run: String, of name: String, _ given: [String: Double] = [:], _ view: View = .independent
  ) throws {
    self.run = run
    let isExclusive = view == .exclusive || view == .exclusiveLogits
    let isLogits = view == .logits || view == .exclusiveLogits
    let measure = try CountingTests.measure(name, given, exclusive: isExclusive)
    let names = ["sky", "building", "road", "vegetation", "pole"]
    let rules = DecodeRules(
      Scheme(
        classes: ClassList(names.enumerated().map { .init(name: $1, value: Int64($0)) }),
        kind: isLogits ? .logits : .probabilities,
        activation: isExclusive ? .softmax : .sigmoid,
        decision: isExclusive ? .mostProbable : .above(0.5)))
    for files in try Self.files(run, names, isLogits: isLogits) {
      let pair = try ImagePair(decoding: files, by: rules)
      if case .logits(let planes) = pair.prediction {
        logits.append(planes.map(\.numbers))
      }
      images.append(try LossMap(of: measure, over: pair, areClassesExclusive: isExclusive))
    }
  }

  init(_ run: String, of name: String, _ view: View) throws {
    try self.init(run, of: name, [:], view)
  }

  /// How large the logit of a class, or the largest of a pixel, is.
  func logit(image: Int, class c: Int?, pixel: Int) -> Double {
    guard !logits.isEmpty else { return 0 }
    let planes = c.map { [logits[image][$0]] } ?? logits[image]
    return planes.map { abs($0[pixel]) }.max() ?? 0
  }

  private static func files(
    _ run: String, _ classes: [String], isLogits: Bool
  ) throws -> [ImageFiles] {
    let folder = try #require(street)
    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
    if run == "run-a-npy" {
      func item(_ name: String, _ index: Int) throws -> ImageSource {
        .item(
          try ArrayFile(opening: path(name)).array(named: nil), axes: .NHWC, index: index,
          path: name)
      }
      let predictions = isLogits ? "run-a-logits.npy" : "run-a.npy"
      return try (0..<5).map {
        ImageFiles(
          name: "\($0)", index: $0, prediction: try item(predictions, $0),
          truth: try item("truth.npy", $0))
      }
    }
    let images = try FileManager.default.contentsOfDirectory(atPath: path(run)).sorted()
    return images.enumerated().map { index, image in
      func sources(_ side: String) -> ImageSource {
        .classFiles(classes.map { [path("\(side)/\(image)/\($0).png")] })
      }
      return ImageFiles(
        name: image, index: index, prediction: sources(run), truth: sources("truth"))
    }
  }
}

extension Plane {
  fileprivate var numbers: [Double] {
    var numbers = [Double](repeating: 0, count: pixels)
    var span = numbers.mutableSpan
    load(0..<pixels, into: &span)
    return numbers
  }
}

/// A map among the frameworks' numbers.
private struct OracleMap {
  var samples: [(index: [Int], value: Double)]
  var statistics: [String: Double]

  /// The row `id` of any framework.
  init(_ id: String, of run: String) throws {
    let folder = try #require(oracle)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    var rows: [[String: Any]] = []
    for file in files where file.hasPrefix("\(run)__") && file.hasSuffix(".json") {
      let data = try Data(contentsOf: folder.appending(path: file))
      let root = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      rows += root?["results"] as? [[String: Any]] ?? []
    }
    let row = try #require(rows.first { $0["id"] as? String == id && $0["map_samples"] != nil })
    let listed = try #require(row["map_samples"] as? [[String: Any]])
    samples = try listed.map { sample in
      let text = try #require(sample["value17"] as? String)
      return (try #require(sample["index"] as? [Int]), try #require(Double(text)))
    }
    let texts = try #require(row["map_stats"] as? [String: String])
    statistics = texts.compactMapValues { Double($0) }
  }
}

/// The frameworks' numbers for the street samples, beside this checkout.
private let oracle: URL? = {
  var folder = URL(filePath: #filePath)
  repeat {
    folder.deleteLastPathComponent()
    let package = folder.appending(path: "Package.swift").path(percentEncoded: false)
    if FileManager.default.fileExists(atPath: package) {
      let numbers = folder.appending(path: "../shared/oracle/street").standardized
      let isThere = FileManager.default.fileExists(atPath: numbers.path(percentEncoded: false))
      return isThere && street != nil ? numbers : nil
    }
  } while folder.pathComponents.count > 1
  return nil
}()
