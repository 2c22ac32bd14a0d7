import Core
import Counting
import Diagnosis
import Raster
import Tables
import Testing

/// Three classes; c lies within b everywhere, as thin things do in masks that overlap.
@Suite("The weight audit")
struct WeightAuditTests {
  private let overlapping = ["1100", "0011", "0001"]
  private let weighted = "mean(class) > mean(pixel, image, batch, times: sample-weights)"

  @Test("a weight is never used where another class always comes first in the list")
  func neverUsed() throws {
    let audit = try audit(overlapping, [1, 1, 1000], by: weighted)
    #expect(audit.classes.map(\.pixels) == [2, 2, 1])
    #expect(audit.classes.map(\.reached) == [2, 2, 0])
    #expect(audit.meanWeight == 1)
    #expect(
      audit.sentences == [
        "The weight 1000 of c is never used: on 100 % of its pixels another class comes first in the list.",
        "Every pixel weighs 1, so the weighted loss is the plain one.",
        "The sample weights are not divided out (`times:`): a pixel weighs 1 on average, and a loss that were the same everywhere would be as many times larger.",
      ])
  }

  @Test("a weight reaches the pixels on which its class comes first")
  func partlyUsed() throws {
    let audit = try audit(["1100", "0011", "0111"], [1, 2, 1000], by: weighted)
    #expect(audit.classes.map(\.reached) == [2, 2, 0])
    let other = try self.audit(["1000", "0010", "0111"], [1, 2, 1000], by: weighted)
    #expect(other.classes[2].reached == 2 && other.classes[2].missed == 1)
    #expect(other.meanWeight == 500.75)
    #expect(
      other.sentences.first
        == "The weight 1000 of c reaches 66.7 % of its pixels: on 33.3 % of its pixels another class comes first in the list."
    )
    #expect(
      other.sentences.contains(
        "A weight multiplies what a pixel's 3 classes are combined to: that of c counts for all classes on its pixels, and not where c is predicted elsewhere."
      ))
  }

  @Test("weights that are the classes' positions come from a dictionary's keys")
  func positions() throws {
    let audit = try audit(["1100", "0010", "0001"], [0, 1, 2], by: weighted)
    #expect(
      audit.sentences.prefix(2) == [
        "The weights in force are 0, 1, 2: these are the positions of the classes, so a dictionary was probably iterated by its keys.",
        "2 pixels of a (50.0 % of all) weigh 0: whatever is predicted there counts nothing, for any class.",
      ])
    #expect(try self.audit(["1100", "0010", "0001"], [1, 2, 3], by: weighted).positions == nil)
  }

  @Test("pixels of no class weigh as the first class does, unless the file says what they weigh")
  func noClass() throws {
    let masks = ["1000", "0100", "0010"]
    #expect(
      try audit(masks, [5, 1, 1], by: weighted).sentences.contains(
        "1 pixel (25.0 % of all) is no class and weighs 5, as the first class does, because the arg max of zeros is its place."
      ))
    #expect(
      try audit(masks, [5, 1, 1], noClass: 0, by: weighted).sentences.contains(
        "1 pixel (25.0 % of all) is no class and weighs 0, as no_class says."))
  }

  @Test("weights are divided out, make the loss larger, or change nothing")
  func uses() throws {
    let masks = ["1100", "0010", "0001"]
    func use(_ chain: String) throws -> WeightAudit.Use? {
      try audit(masks, [1, 1, 9], by: chain).uses[.sampleWeights]
    }
    #expect(try use(weighted) == .multiplied)
    #expect(try use("mean(class) > mean(pixel, image, batch, by: sample-weights)") == .dividedOut)
    #expect(try use("mean(class) > mean(pixel, image, batch)") == WeightAudit.Use.none)
    #expect(
      try audit(masks, [1, 1, 9], by: "mean(class) > mean(pixel, image, batch)").sentences == [
        "No step of this chain weighs by sample-weights, so the sample weights change nothing."
      ])
  }

  @Test("class weights that a lookup would miss are told, though no lookup is made")
  func classWeights() throws {
    let audit = try audit(
      overlapping, nil, classWeights: [1, 1, 1000],
      by: "mean(pixel, image, batch) > mean(class, times: class-weights)")
    #expect(audit.uses == [.classWeights: .multiplied])
    #expect(
      audit.sentences == [
        "Looked up by arg max of the truth, as code for Keras often does it, the weight 1000 of c would be missed: on 100 % of its pixels another class comes first in the list.",
        "The class weights are not divided out (`times:`).",
      ])
  }

  @Test("a loss with terms that are taken away can be negative")
  func negative() throws {
    let run = try run(["1100", "0010", "0001"], Scheme.SampleWeights(firstClass: [1, 1, 6]))
    let chain = try Chain(parsing: weighted)
    let formula = Formula(terms: [
      .init(gauges: [.init(try measure("bce"), chain)]),
      .init(factor: -2, gauges: [.init(try measure("one"), chain)]), .init(factor: -1, gauges: []),
    ])
    let audit = WeightAudit(
      of: run, sampleWeights: Scheme.SampleWeights(firstClass: [1, 1, 6]), in: formula)
    #expect(audit.negativeTerms == -5.5)
    #expect(
      audit.sentences.last
        == "The loss can be negative: the terms that it takes away come to −5.50 here.")
  }

  @Test("without weights there is nothing to say")
  func noWeights() throws {
    let audit = try audit(overlapping, nil, by: "mean(class, pixel, image, batch)")
    #expect(!audit.hasWeights && audit.sentences.isEmpty)
  }

  private func audit(
    _ masks: [String], _ weights: [Double]?, noClass: Double? = nil,
    classWeights: [Double] = [1, 1, 1], by chain: String
  ) throws -> WeightAudit {
    let sampleWeights = weights.map { Scheme.SampleWeights(firstClass: $0, noClass: noClass) }
    let formula = Formula(terms: [
      .init(gauges: [.init(try measure("bce"), try Chain(parsing: chain))])
    ])
    return WeightAudit(
      of: try run(masks, sampleWeights, classWeights), sampleWeights: sampleWeights, in: formula)
  }
}

extension WeightAudit {
  fileprivate var positions: String? { sentences.first { $0.contains("positions") } }
}

/// One image, drawn class by class, with pixels that may have weights; it is predicted half sure.
private func run(
  _ masks: [String], _ sampleWeights: Scheme.SampleWeights?, _ classWeights: [Double] = [1, 1, 1]
) throws -> Measurements {
  let losses = [try measure("bce"), try measure("one")].compactMap(\.loss)
  var scheme = Scheme(
    classes: classes(masks.count), decision: .above(0.5), losses: losses, softSums: true)
  scheme.sampleWeights = sampleWeights
  let truth = masks.map { mask in mask.utf8.map { $0 == UInt8(ascii: "1") ? UInt8(1) : 0 } }
  let pair = ImagePair(
    truth: .masks(truth), probabilities: truth.map { $0.map { $0 == 1 ? 0.75 : 0.25 } })
  var counter = try Counter(for: Needs(scheme))
  let image = ImageEvidence(
    name: pair.name, index: 0, width: pair.width, height: pair.height,
    tally: try counter.count(pair, in: Region(width: pair.width, height: pair.height)))
  var weighting = ClassWeighting(classes: masks.count)
  weighting.averaging = classWeights
  return Measurements(
    evidence: Evidence(scheme: scheme, images: [image], problems: [], listed: 1),
    batching: Batching(), weighting: weighting)
}
