internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

// What else was noticed.
extension Record {
  struct Noticed: Codable {
    var kind: String
    var className: String?
    var sentence: String
    var remedy: String
    var snippet: String?
    var numbers: [String: Double]

    init(_ finding: Finding) {
      kind = finding.kind.rawValue
      className = finding.className
      sentence = finding.sentence.plain
      remedy = finding.advice.plain
      snippet = finding.snippet?.text
      numbers = finding.numbers.mapValues { $0 + 0 }
    }
  }

  struct Curve: Codable {
    var name: String
    @Nullable var iou: Double?
    @Nullable var bestIou: Double?
    @Nullable var bestThreshold: Double?
    @Nullable var averagePrecision: Double?
    @Nullable var auroc: Double?
    @Nullable var calibrationError: Double?

    init(_ curve: ClassCurve) {
      name = curve.name
      iou = curve.iou
      bestIou = curve.bestIoU?.value
      bestThreshold = curve.bestThreshold
      averagePrecision = curve.averagePrecision?.value
      auroc = curve.areaUnderROC?.value
      calibrationError = curve.calibrationError?.value
    }
  }

  struct Weights: Codable {
    var classes: [Entry]
    var unclassedPx: Int
    @Nullable var noClass: Double?
    @Nullable var meanWeight: Double?
    /// What became of each kind of weight.
    var uses: [String: String]
    var sentences: [String]

    init(_ audit: WeightAudit) {
      classes = audit.classes.map(Entry.init)
      unclassedPx = audit.unclassed
      noClass = audit.noClass
      meanWeight = audit.meanWeight
      uses = Dictionary(
        uniqueKeysWithValues: audit.uses.map { ($0.key.rawValue, $0.value.rawValue) })
      sentences = audit.sentences
    }

    struct Entry: Codable {
      var name: String
      var classWeight: Double
      var positiveWeight: Double
      @Nullable var sampleWeight: Double?
      var truthPx: Int
      var reachedPx: Int
      var missedPx: Int

      init(_ found: WeightAudit.ClassWeights) {
        name = found.name
        classWeight = found.classWeight
        positiveWeight = found.positiveWeight
        sampleWeight = found.sampleWeight
        truthPx = found.pixels
        reachedPx = found.reached
        missedPx = found.missed
      }
    }
  }
}
