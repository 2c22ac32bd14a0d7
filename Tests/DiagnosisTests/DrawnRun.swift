import Core
import Counting
import Diagnosis
import Raster
import Tables
import Testing

/// A run that a test draws.
struct DrawnRun {
  var classes: ClassList
  var images: [ImagePair]
  var areClassesExclusive = true
  var batchSize: Int?
  /// What the classes count; all alike where there are none.
  var weights: [Double] = []

  func diagnosis(
    of measure: Measure, by chain: String, poor limit: Double = 0.5, tolerance: Double? = nil
  ) throws -> Diagnosis {
    Diagnosis(
      of: try measurements(of: measure),
      for: try headline(measure, chain, poor: limit, tolerance: tolerance))
  }

  /// Counts the run for one measure, as the command does.
  func measurements(of measure: Measure) throws -> Measurements {
    try measurements(
      counting: scheme(
        classes, measure, repaired: measure, areClassesExclusive: areClassesExclusive))
  }

  func measurements(counting scheme: Scheme) throws -> Measurements {
    var weighting = ClassWeighting(classes: classes.count)
    if !weights.isEmpty { weighting.averaging = weights }
    return Measurements(
      evidence: try evidence(counting: scheme), batching: Batching(size: batchSize),
      weighting: weighting)
  }

  private func evidence(counting scheme: Scheme) throws -> Evidence {
    var counter = try Counter(for: Needs(scheme))
    var counted: [ImageEvidence] = []
    for (index, pair) in images.enumerated() {
      let region = Region(width: pair.width, height: pair.height)
      var sums = counter.finished(try counter.count(pair, in: region, blocks: 0..<region.blocks))
      try counter.countOutlines(of: pair, into: &sums.tally)
      counted.append(
        ImageEvidence(
          name: pair.name, index: index, width: pair.width, height: pair.height,
          tally: sums.tally, levels: sums.levels))
    }
    return Evidence(scheme: scheme, images: counted, problems: [], listed: images.count)
  }
}

/// How some classes are counted for a measure.
func scheme(
  _ classes: ClassList, _ measure: Measure? = nil, repaired: Measure? = nil,
  areClassesExclusive: Bool = false
) -> Scheme {
  var scheme = Scheme(
    classes: classes, decision: areClassesExclusive ? .mostProbable : .above(0.5),
    losses: [measure?.loss].compactMap(\.self), repaired: repaired?.loss,
    softSums: measure?.readsSoftSums ?? false)
  scheme.distances = measure?.readsDistances ?? false
  return scheme
}

/// Classes that are called a, b, c …
func classes(_ count: Int) -> ClassList {
  ClassList(
    (0..<count).map { c in
      .init(name: String(UnicodeScalar(UInt8(97 + c % 26))), value: Int64(c))
    })
}

func measure(
  _ name: String, _ parameters: [String: Double] = [:], areClassesExclusive: Bool = true
) throws -> Measure {
  try #require(Catalogue.definition(named: name))
    .measure(given: parameters, areClassesExclusive: areClassesExclusive)
}

/// `poor: iou < limit`, unless another measure is said.
func headline(
  _ measure: Measure, _ chain: String, poor limit: Double = 0.5, by poor: String = "iou",
  tolerance: Double? = nil
) throws -> Headline {
  Headline(
    measure: measure, reduction: "headline", chain: try Chain(parsing: chain),
    poor: PoorRule(measure: try DiagnosisTests.measure(poor), limit: limit), tolerance: tolerance)
}

extension ImagePair {
  /// Label maps drawn row by row, a letter a class and a point for none: `"aab/abb"`.
  init(truth: String, predicted: String) {
    self.init(
      name: truth, truth: .labels(labels(truth)), predicted: .labels(labels(predicted)),
      pixels: labels(truth).count)
  }

  /// Probabilities, class by class and pixel by pixel.
  init(truth: Truth, probabilities: [[Double]]) {
    let pixels = probabilities[0].count
    self.init(
      name: "drawn", truth: truth, predicted: .probabilities(probabilities.map(plane)),
      pixels: pixels)
  }

  private init(name: String, truth: Truth, predicted: Prediction, pixels: Int) {
    self.init(name: name, width: pixels, height: 1, prediction: predicted, truth: truth)
  }
}

func labels(_ drawing: String) -> [Label] {
  drawing.utf8.compactMap { letter in
    switch letter {
    case UInt8(ascii: "/"): nil
    case UInt8(ascii: "."): Label.none
    default: Label(letter - UInt8(ascii: "a"))
    }
  }
}

/// A plane of doubles, least significant byte first.
private func plane(of numbers: [Double]) -> Plane {
  let bytes = numbers.flatMap { number in
    (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
  }
  return Plane(packed: Bytes(bytes), element: .f8, width: numbers.count, height: 1)
}

/// Evidence of decisions that are known by their counts: image by image, class by class.
func measurements(
  _ images: [[Overlap]], of measure: Measure, classes list: ClassList
) -> Measurements {
  let evidence = images.enumerated().map { index, overlaps in
    var tally = Tally()
    tally.pixels = overlaps[0].pixels
    tally.classes = overlaps.map { ClassTally(overlap: $0) }
    return ImageEvidence(
      name: "\(index)", index: index, width: tally.pixels, height: 1, tally: tally)
  }
  return Measurements(
    evidence: Evidence(
      scheme: scheme(list, measure), images: evidence, problems: [], listed: images.count),
    batching: Batching())
}
