import Core
import Counting
import Diagnosis
import Raster
import Tables
import Testing

@Suite("Findings: faults of input, loss and weights")
struct FindingLintTests {
  static let pixelMean = "mean(class) > mean(pixel, image, batch)"
  static let scores = "pool(batch, image, pixel) > score > mean(class)"

  // MARK: Labels

  @Test("the best assignment is that of trying all")
  func assignment() {
    var state: UInt64 = 7
    for count in 1...5 {
      for _ in 0..<20 {
        let gains = (0..<count).map { _ in
          (0..<count).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 60)
          }
        }
        func sum(_ columns: [Int]) -> Double {
          columns.enumerated().reduce(0) { $0 + gains[$1.offset][$1.element] }
        }
        let found = bestAssignment(gains)
        #expect(Set(found).count == count)
        #expect(sum(found) == permutations(count).map(sum).max())
      }
    }
    #expect(bestAssignment([]) == [])
  }

  @Test("predictions outside the class list are counted, each a miss")
  func unlisted() throws {
    var measurements = try run([ImagePair(truth: "aabb", predicted: "aab.")])
      .measurements(of: measure("iou"))
    measurements.evidence.images[0].unlistedPredictions = 1
    let found = findings(measurements, try headline(measure("iou"), Self.scores))
      .first { $0.kind == .unlistedLabels }
    #expect(
      found?.sentence.plain
        == "1 pixel (25.0 %) in 1 of 1 image are predicted as a label that the class list lacks, and each is a miss."
    )
  }

  @Test("pixels of no class that move the score are named")
  func unclassed() throws {
    let image = ImagePair(truth: "aabb....", predicted: "aabbbbbb")
    let found = try only(.unclassedPixels, "iou", Self.scores, [image])
    #expect(isClose(found?.numbers["value"], (1 + 2.0 / 6) / 2))
    #expect(found?.numbers["without_them"] == 1)
    #expect(found?.snippet?.text == "ignore: unlisted")
  }

  @Test("pixels of no class cost nothing in a categorical loss, and are divided by")
  func unclassedLoss() throws {
    let good = ImagePair(
      truth: .labels(labels("ab..")),
      probabilities: [[0.9, 0.1, 0.5, 0.5], [0.1, 0.9, 0.5, 0.5]])
    let divided = try only(
      .unclassedPixels, "ce", "sum(class) > mean(pixel, image, batch)", [good])
    #expect(isClose(divided?.numbers["value"], -log(0.9) / 2))
    #expect(isClose(divided?.numbers["without_them"], -log(0.9)))
    #expect(divided?.snippet?.text == "classed: \"mean(class) > mean(pixel, image, batch)\"")
  }

  // MARK: Losses and weights

  static let image = ImagePair(
    truth: .labels(labels("aaab")),
    probabilities: [[0.9, 0.8, 0.9, 0.4], [0.1, 0.2, 0.1, 0.6]])

  @Test("a loss below 0 is named, and what the truth itself would have")
  func negative() throws {
    let run = DrawnRun(
      classes: classes(2), images: [Self.image], areClassesExclusive: true, weights: [1, -3])
    let chain = "mean(class, times: class-weights) > mean(pixel, image, batch)"
    let found = try findings(run, "bce", chain).first { $0.kind == .negativeLoss }
    #expect(found?.numbers["value"].map { $0 < 0 } == true)
    #expect(try only(.negativeLoss, "bce", Self.pixelMean, [Self.image]) == nil)
  }

  @Test("weights that are not divided out make the loss as many times larger as their mean")
  func undivided() throws {
    let run = DrawnRun(classes: classes(2), images: [Self.image], weights: [1, 1000])
    let chain = "mean(class, times: class-weights) > mean(pixel, image, batch)"
    let found = try findings(run, "bce", chain).first { $0.kind == .undividedWeights }
    #expect(isClose(found?.numbers["mean_weight"], 500.5))
    // In single precision, as Keras takes them.
    let given = [0.9, 0.8, 0.9, 0.6].map { Double(Float($0)) }
    let a = given.reduce(0) { $0 - log($1) } / 4
    #expect(isClose(found?.numbers["value"], (a + 1000 * a) / 2))
    #expect(isClose(found?.numbers["divided"], a))
    #expect(
      found?.snippet?.text
        == "divided: \"mean(class, by: class-weights) > mean(pixel, image, batch)\"")
    let plain = DrawnRun(classes: classes(2), images: [Self.image], weights: [0.5, 1.5])
    #expect(try findings(plain, "bce", chain).allSatisfy { $0.kind != .undividedWeights })
  }

  @Test("a weighted mean over the one class of a pixel divides its weight out")
  func cancelling() throws {
    let run = DrawnRun(classes: classes(2), images: [Self.image], weights: [1, 9])
    let chain = "mean(class, by: class-weights) > mean(pixel, image, batch)"
    let found = try findings(run, "ce", chain).first { $0.kind == .cancellingWeights }
    #expect(found?.sentence.plain.hasPrefix("The weights (class-weights) have no effect") == true)
    let joint = "mean(class, pixel, image, batch, by: class-weights)"
    #expect(try findings(run, "ce", joint).allSatisfy { $0.kind != .cancellingWeights })
  }

  @Test("and so does a batch that has one class only")
  func oneClassBatches() throws {
    let lone = ImagePair(
      truth: .labels(labels("bbbb")),
      probabilities: [[0.2, 0.2, 0.2, 0.2], [0.8, 0.8, 0.8, 0.8]])
    let run = DrawnRun(
      classes: classes(2), images: [Self.image, lone, lone], batchSize: 1, weights: [1, 9])
    let found = try findings(
      run, "ce", "mean(class, pixel, image, by: class-weights) > mean(batch)"
    ).first { $0.kind == .cancellingWeights }
    #expect(found?.sentence.plain.hasPrefix("In 2 of 3 batches one class only is true") == true)
  }

  @Test("classes pooled before the score are named with what the large ones have of it")
  func pooled() throws {
    let road = String(repeating: "a", count: 96)
    let image = ImagePair(truth: road + "bbbb", predicted: road + "aaaa")
    let found = try only(
      .pooledClasses, "iou", "pool(batch, image, pixel, class) > score", [image])
    #expect(isClose(found?.numbers["share_of_large_classes"], 0.96))
    #expect(isClose(found?.numbers["value"], 96.0 / 104))
    #expect(isClose(found?.numbers["by_class"], 0.96 / 2))
    #expect(try only(.pooledClasses, "iou", Self.scores, [image]) == nil)
  }

  // MARK: Classes that are not there

  @Test("what is undefined moves the score, by as much as a plain loop says")
  func emptyClasses() throws {
    let images = ["aaab/aaab", "aaaa/aaaa", "aaaa/aaaa", "aaaa/aaaa"].map { text in
      let halves = text.split(separator: "/").map(String.init)
      return ImagePair(truth: halves[0], predicted: halves[1])
    }
    let chain = "pool(pixel) > score > mean(image, batch else 1) > mean(class)"
    let found = try only(.emptyClasses, "iou", chain, images)
    #expect(found?.numbers["undefined"] == 3 && found?.numbers["scores"] == 8)
    #expect(found?.numbers["skipped"] == 1 && found?.numbers["one"] == 1)
    #expect(found?.numbers["zero"] == (1 + 0.25) / 2)
    #expect(
      found?.snippet?.text
        == "without-empty: \"pool(pixel) > score > mean(image, batch) > mean(class)\"")
    #expect(try only(.emptyClasses, "iou", chain, [images[0]]) == nil)
  }

  // MARK: Drawing

  private func run(_ images: [ImagePair]) -> DrawnRun {
    DrawnRun(classes: classes(4), images: images)
  }

  private func only(
    _ kind: Finding.Kind, _ name: String, _ chain: String, _ images: [ImagePair]
  ) throws -> Finding? {
    let count = images.map(\.classCount).max() ?? 1
    let found = try findings(DrawnRun(classes: classes(count), images: images), name, chain)
      .filter { $0.kind == kind }
    #expect(found.count <= 1)
    return found.first
  }

  private func permutations(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return permutations(count - 1).flatMap { shorter in
      (0...shorter.count).map { place in
        var longer = shorter
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }
}

extension ImagePair {
  /// As many as are drawn, or predicted.
  var classCount: Int {
    if case .probabilities(let planes) = prediction { return planes.count }
    guard case .labels(let truth) = truth, case .labels(let predicted) = prediction else {
      return 1
    }
    return (truth.labels + predicted.labels).filter { $0 != .none }.reduce(0) {
      max($0, Int($1) + 1)
    }
  }
}

private func log(_ x: Double) -> Double { naturalLogarithm(x) }
