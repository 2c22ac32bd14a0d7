import Core
import Diagnosis
import Resampling
import Tables
import Testing

/// Each road is compared with a loop that draws whole images and computes the number from them.
@Suite("How sure a number is")
struct CertaintyTests {
  /// Thirty images of three classes; the last is in some of them only.
  static let run = SeededRun(images: 30)

  @Test(
    "the headline's interval is what comes of drawing images, whatever the chain",
    arguments: Textbook.allCases)
  func headline(textbook: Textbook) throws {
    let run = Self.run
    let found = try #require(try run.diagnosis(of: textbook).printedInterval)
    let isScore = textbook.measure == "iou"
    let expected = try #require(
      run.jackknife(of: textbook.value, sizes: textbook.sizes(run.images))?
        .interval(level: 0.95, on: isScore ? .unit : .positive))
    #expect(isClose(found.low, expected.low) && isClose(found.high, expected.high))
    #expect(found.low < found.high)
  }

  @Test("two roads to the same number give the same interval")
  func roads() throws {
    // The images have the same size, so that the mean of their means is the mean of all pixels.
    let byImage = try Self.run.diagnosis(of: .kerasMean).printedInterval
    let pooled = try Self.run.diagnosis(of: .pixelMean).printedInterval
    #expect(isClose(byImage?.low, pooled?.low ?? .nan))
    #expect(isClose(byImage?.high, pooled?.high ?? .nan))
  }

  @Test("a class's interval and P(poor) are those of its counts in the drawn images")
  func classes() throws {
    let run = Self.run
    for (c, found) in try run.diagnosis(of: .datasetIoU).classes.enumerated() {
      let drawn = run.drawn { images in iou(images, c) }
      let certainty = try #require(found.certainty)
      let jackknife = run.jackknife(
        of: { iou($0, c) },
        sizes: run.images.map { Double($0.tally.classes[c].overlap.union) })
      let expected = try #require(jackknife?.interval(level: 0.95, on: .unit))
      #expect(isClose(certainty.score?.low, expected.low))
      #expect(isClose(certainty.score?.high, expected.high))
      let poor = drawn.count { ($0 ?? 1) < 0.5 }
      #expect(certainty.poorShare.holding == poor)
      #expect(certainty.poorShare.undefined == drawn.count { $0 == nil })
    }
  }

  @Test("what a class could gain, and what the headline has for it, miss the same images as it")
  func differences() throws {
    let run = Self.run
    let found = try run.diagnosis(of: .datasetIoU).classes[2]
    // Perfect, the class adds the rest of its third; never predicted, all of it is gone.
    let gain = run.jackknife(
      of: { images in iou(images, 2).map { (1 - $0) / 3 } },
      sizes: run.images.map { Double($0.tally.classes[2].overlap.truth) })
    let headroom = try #require(found.headroomInterval)
    let expected = try #require(gain?.interval(level: 0.95, on: .positive))
    #expect(isClose(headroom.low, expected.low) && isClose(headroom.high, expected.high))
    let reach = try #require(found.reachInterval)
    #expect(isClose(reach.low, 1.0 / 3) && isClose(reach.high, 1.0 / 3))
  }

  @Test("neither threads nor the order of the images change a bit", arguments: Textbook.allCases)
  func deterministic(textbook: Textbook) throws {
    let one = try Drawn(Self.run.diagnosis(of: textbook, jobs: 1))
    #expect(try Drawn(Self.run.diagnosis(of: textbook, jobs: 2)) == one)
    #expect(try Drawn(Self.run.diagnosis(of: textbook, jobs: 7)) == one)
    let other = Self.run.reversed
    // Batches are cut in the order of the run; the worst of equal images stay the worst.
    if textbook != .meanOfBatches {
      #expect(try Drawn(other.diagnosis(of: textbook, jobs: 2)) == one)
    }
    if textbook == .pixelMean || textbook == .kerasMean {
      var (forwards, backwards) = (Self.run, other)
      for index in 0..<30 {
        forwards.images[index].group = "scene \(index / 6)"
        backwards.images[29 - index].group = "scene \(index / 6)"
      }
      #expect(
        try Drawn(forwards.diagnosis(of: textbook)) == Drawn(backwards.diagnosis(of: textbook)))
    }
  }

  @Test("another seed draws other images, and leaves what draws do not decide")
  func seeds() throws {
    let one = try Self.run.diagnosis(of: .imageIoU, seed: 1)
    let two = try Self.run.diagnosis(of: .imageIoU, seed: 2)
    #expect(one.printedInterval == two.printedInterval)
    #expect(one.classes.map(\.headroomInterval) == two.classes.map(\.headroomInterval))
    #expect(one.classes.map(\.reachInterval) == two.classes.map(\.reachInterval))
    let undefined = [one, two].map { $0.classes[2].certainty?.poorShare.undefined }
    #expect(undefined[0] == 0 && undefined[1] == 0)
    #expect(one.classes.map(\.verdict) == two.classes.map(\.verdict))
  }

  @Test("images of one group are drawn together, as if they were one image of its name")
  func groups() throws {
    var (grouped, joined) = (Self.run, Self.run)
    for index in grouped.images.indices { grouped.images[index].group = "scene \(index / 3)" }
    joined.images = stride(from: 0, to: 30, by: 3).map { first in
      var image = joined.images[first]
      for other in joined.images[(first + 1)..<(first + 3)] { image.tally += other.tally }
      image.name = "scene \(first / 3)"
      image.index = first / 3
      return image
    }
    for textbook in [Textbook.datasetIoU, .pixelMean] {
      let (a, b) = (try grouped.diagnosis(of: textbook), try joined.diagnosis(of: textbook))
      #expect(a.classes.map(\.certainty) == b.classes.map(\.certainty))
      #expect(a.printedInterval == b.printedInterval)
      #expect(try a.printedInterval != Self.run.diagnosis(of: textbook).printedInterval)
    }
  }

  @Test("where all images are alike nothing is uncertain")
  func alike() throws {
    var run = Self.run
    let first = try #require(run.images.first { $0.tally.classes[2].overlap.truth > 0 })
    run.images = run.images.indices.map { index in
      var image = first
      image.name = "image \(index)"
      image.index = index
      return image
    }
    let diagnosis = try run.diagnosis(of: .datasetIoU)
    let printed = try #require(diagnosis.printed)
    #expect(diagnosis.printedInterval == Interval(low: printed, high: printed))
    for found in diagnosis.classes {
      let score = 1 - (found.badness ?? .nan)
      #expect(found.certainty?.score == Interval(low: score, high: score))
    }
  }
}

// MARK: - Textbook

/// A headline, and the loop that computes it from the images that it is given.
enum Textbook: String, CaseIterable, CustomTestStringConvertible {
  /// Sums of all images.
  case pixelMean, datasetIoU, worstClass
  /// Means over images.
  case kerasMean, imageIoU, imagewiseIoU
  /// Means over the images of each class.
  case classwiseIoU
  /// Neither.
  case worstImages, meanOfBatches

  var testDescription: String { rawValue }

  /// How much each image counts: in sums its part of a class's pixels, in means an even part.
  func sizes(_ images: [ImageEvidence]) -> [Double] {
    func parts(_ extent: (ImageEvidence, Int) -> Double) -> [Double] {
      images.map { image in
        (0..<3).reduce(0) { sum, c in
          sum + extent(image, c) / images.reduce(0) { $0 + extent($1, c) } / 3
        }
      }
    }
    switch self {
    case .datasetIoU, .worstClass: return parts { Double($0.tally.classes[$1].overlap.union) }
    case .classwiseIoU: return parts { $0.tally.classes[$1].overlap.truth > 0 ? 1 : 0 }
    default: return images.map { _ in 1 }
    }
  }

  var measure: String {
    switch self {
    case .pixelMean, .kerasMean, .meanOfBatches: "mse"
    default: "iou"
    }
  }

  var chain: String {
    switch self {
    case .pixelMean: "mean(class, pixel, image, batch)"
    case .datasetIoU: "pool(batch, image, pixel) > score > mean(class)"
    case .worstClass: "pool(batch, image, pixel) > score > min(class)"
    case .kerasMean: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
    case .imageIoU: "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)"
    case .imagewiseIoU: "pool(pixel) > score > mean(batch, image, class else 1)"
    case .classwiseIoU: "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)"
    case .worstImages: "pool(pixel) > score(if: truth) > mean(class) > worst(20%)(image, batch)"
    case .meanOfBatches: "mean(class, pixel, image) > mean(batch)"
    }
  }

  func value(_ images: [ImageEvidence]) -> Double? {
    guard !images.isEmpty else { return nil }
    let classes = 0..<3
    func meanOverClasses(_ score: (Int) -> Double?) -> Double? { mean(classes.compactMap(score)) }
    func scored(_ image: ImageEvidence, _ c: Int) -> Double? {
      image.tally.classes[c].overlap.truth > 0 ? iou([image], c) : nil
    }
    switch self {
    case .pixelMean, .kerasMean:
      return mean(images.map(loss))
    case .meanOfBatches:
      let batches = Dictionary(grouping: images) { $0.index / SeededRun.batchSize }
      return mean(batches.values.compactMap { mean($0.map(loss)) })
    case .datasetIoU: return meanOverClasses { iou(images, $0) }
    case .worstClass: return classes.compactMap { iou(images, $0) }.min()
    case .imageIoU:
      return mean(images.compactMap { image in meanOverClasses { scored(image, $0) } })
    case .imagewiseIoU:
      return mean(images.compactMap { image in meanOverClasses { iou([image], $0) ?? 1 } })
    case .classwiseIoU:
      return meanOverClasses { c in mean(images.compactMap { scored($0, c) }) }
    case .worstImages:
      let scores = images.compactMap { image in meanOverClasses { scored(image, $0) } }.sorted()
      return mean(Array(scores.prefix(max(1, scores.count / 5))))
    }
  }

  private func loss(of image: ImageEvidence) -> Double {
    let sum = image.tally.classes.reduce(0) { $0 + Double($1.losses[0].total) }
    return sum / Double(3 * image.tally.pixels)
  }
}

private func iou(_ images: [ImageEvidence], _ c: Int) -> Double? {
  let overlap = images.reduce(Overlap.zero) { $0 + $1.tally.classes[c].overlap }
  return overlap.union > 0 ? Double(overlap.both) / Double(overlap.union) : nil
}

private func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

// MARK: - Data

/// Images with counts and losses that a small generator makes up.
struct SeededRun {
  static let batchSize = 8
  static let pixels = 1000
  /// As many as one poor class takes: see `Holm.replicates`.
  static let replicates = 800
  var images: [ImageEvidence]

  init(images count: Int) {
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = mixed(state &+ 0x9e37_79b9_7f4a_7c15)
      return Int(state % UInt64(bound))
    }
    images = (0..<count).map { index in
      var tally = Tally()
      tally.pixels = SeededRun.pixels
      tally.classes = (0..<3).map { c in
        let truth = c == 2 && next(3) == 0 ? 0 : 20 + next(200)
        let both = truth == 0 ? 0 : c == 2 ? truth / 3 + next(20) : truth - next(15)
        let extra = c == 2 ? 0 : next(15)
        let found = Swift.min(both, truth)
        return ClassTally(
          overlap: Overlap(
            both: found, onlyTrue: truth - found, onlyPredicted: extra,
            neither: SeededRun.pixels - truth - extra),
          losses: [
            LossSum(
              positive: ExactSum(units: Int128(next(1 << 30)) << 36),
              negative: ExactSum(units: Int128(next(1 << 30)) << 36), positives: truth,
              negatives: SeededRun.pixels - truth)
          ])
      }
      return ImageEvidence(
        name: "image \(index)", index: index, width: 50, height: 20, tally: tally)
    }
  }

  var reversed: SeededRun {
    var run = self
    run.images = images.reversed().enumerated().map { index, image in
      var image = image
      image.index = index
      return image
    }
    return run
  }

  func diagnosis(of textbook: Textbook, jobs: Int = 2, seed: UInt64 = 1) throws -> Diagnosis {
    let measure = try measure(textbook.measure, areClassesExclusive: false)
    let headline = try headline(measure, textbook.chain)
    let run = Measurements(
      evidence: Evidence(
        scheme: scheme(classes(3), try DiagnosisTests.measure("mse")), images: images,
        problems: [], listed: images.count),
      batching: Batching(size: textbook == .meanOfBatches ? SeededRun.batchSize : nil))
    let bootstrap = Bootstrap(
      of: run, poor: headline.poor, settings: .init(replicates: SeededRun.replicates, seed: seed),
      jobs: jobs)
    return Diagnosis(of: run, for: headline, by: bootstrap)
  }

  /// Leaves out one image after the other.
  func jackknife(of value: ([ImageEvidence]) -> Double?, sizes: [Double]) -> Jackknife? {
    let others = images.indices.map { index in
      var others = images
      others.remove(at: index)
      return value(others)
    }
    let order = images.indices.sorted { images[$0].name < images[$1].name }
    return Jackknife(
      LeftOut(
        estimate: value(images), others: order.map { others[$0] }, sizes: order.map { sizes[$0] }))
  }

  /// Draws images as often as their names say, in each replicate.
  func drawn(_ value: ([ImageEvidence]) -> Double?) -> [Double?] {
    let draws = Draws(seed: 1)
    return (0..<SeededRun.replicates).map { replicate in
      value(
        images.flatMap { image in
          let count = draws.count(from: draws.start(of: image.name), in: replicate)
          return Array(repeating: image, count: Int(count))
        })
    }
  }
}

/// All of a diagnosis that is drawn.
private struct Drawn: Equatable {
  var headline: Interval?
  var certainties: [ClassCertainty?]
  var headrooms: [Interval?]
  var reaches: [Interval?]

  init(_ diagnosis: Diagnosis) {
    headline = diagnosis.printedInterval
    certainties = diagnosis.classes.map(\.certainty)
    headrooms = diagnosis.classes.map(\.headroomInterval)
    reaches = diagnosis.classes.map(\.reachInterval)
  }
}
