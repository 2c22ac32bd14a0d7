internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

extension Record {
  struct Class: Codable {
    var id: Int
    var name: String
    var state: String
    var verdict: String?
    var tendency: String?
    @Nullable var badness: Double?
    @Nullable var skill: Double?
    @Nullable var voice: Double?
    @Nullable var voiceOwnPixels: Double?
    @Nullable var headroom: Double?
    @Nullable var reach: Double?
    @Nullable var share: Double?
    @Nullable var badnessShare: Double?
    @Nullable var maskingFactor: Double?
    @Nullable var scoreLo: Double?
    @Nullable var scoreHi: Double?
    /// What has more than half of the class, for which reason there is no interval.
    var dominatingImage: String?
    var dominatingShare: Double?
    /// How many images, or groups, would decide whether the class fails.
    var imagesNeeded: Int?
    @Nullable var pPoor: Double?
    @Nullable var pValue: Double?
    @Nullable var headroomLo: Double?
    @Nullable var headroomHi: Double?
    @Nullable var reachLo: Double?
    @Nullable var reachHi: Double?
    @Nullable var iou: Double?
    @Nullable var dice: Double?
    @Nullable var precision: Double?
    @Nullable var recall: Double?
    @Nullable var lossMean: Double?
    @Nullable var lossPositive: Double?
    @Nullable var lossNegative: Double?
    var lossMeanRoundingLo: Double?
    var lossMeanRoundingHi: Double?
    var lossPositiveRoundingLo: Double?
    var lossPositiveRoundingHi: Double?
    var lossNegativeRoundingLo: Double?
    var lossNegativeRoundingHi: Double?
    var saturatedPx: Int?
    var saturatedWrongPx: Int?
    @Nullable var gradientShare: Double?
    @Nullable var gradientOwn: Double?
    @Nullable var gradientOthers: Double?
    @Nullable var gradientNet: Double?
    @Nullable var gradientClippedOwn: Double?
    @Nullable var gradientClippedOthers: Double?
    @Nullable var weightUnhides: Double?
    @Nullable var weightShows: Double?
    @Nullable var weightEvens: Double?
    @Nullable var ownWeightBalances: Double?
    @Nullable var pixelShare: Double?
    var truthPx: Int
    var predictedPx: Int
    var tpPx: Int
    var images: Int
    var imagesFound: Int
    var sentence: String

    init(id: Int, _ found: ClassDiagnosis, in report: Report) {
      self.id = id
      name = found.name
      state = found.state.rawValue
      verdict = found.verdict?.rawValue
      tendency = found.tendency?.rawValue
      badness = found.badness
      skill = found.skill
      voice = found.voice
      voiceOwnPixels = found.ownVoice
      headroom = found.headroom
      reach = found.reach
      share = found.share
      badnessShare = found.badnessShare
      maskingFactor = found.maskingFactor
      scoreLo = found.certainty?.score?.low
      scoreHi = found.certainty?.score?.high
      dominatingImage = found.certainty?.dominating?.name
      dominatingShare = found.certainty?.dominating?.share
      imagesNeeded = report.headline.imagesNeeded(for: found).flatMap { Int(exactly: $0) }
      pPoor = found.certainty?.poorProbability
      pValue = found.certainty?.pValue
      headroomLo = found.headroomInterval?.low
      headroomHi = found.headroomInterval?.high
      reachLo = found.reachInterval?.low
      reachHi = found.reachInterval?.high
      iou = found.overlap.iou
      dice = found.overlap.dice
      precision = found.overlap.precision
      recall = found.overlap.recall
      lossMean = found.loss?.mean
      lossPositive = found.loss?.positive
      lossNegative = found.loss?.negative
      let interval = report.saving.interval(id)
      (lossMeanRoundingLo, lossMeanRoundingHi) = (interval?.mean?.low, interval?.mean?.high)
      (lossPositiveRoundingLo, lossPositiveRoundingHi) = (
        interval?.positive?.low, interval?.positive?.high
      )
      (lossNegativeRoundingLo, lossNegativeRoundingHi) = (
        interval?.negative?.low, interval?.negative?.high
      )
      saturatedPx = report.saving.saturated(id)?.all
      saturatedWrongPx = report.saving.saturated(id)?.wrong
      let gradient = report.gradient?.classes[id]
      gradientShare = report.gradient?.share(of: id)
      gradientOwn = gradient?.own
      gradientOthers = gradient?.others
      gradientNet = gradient?.net
      gradientClippedOwn = gradient?.clippedOwn
      gradientClippedOthers = gradient?.clippedOthers
      let hearing = report.hearingWeight(of: id)
      weightUnhides = hearing?.unhides
      weightShows = hearing?.shows
      weightEvens = hearing?.evens
      ownWeightBalances = hearing?.balances
      pixelShare = found.pixelShare
      truthPx = found.overlap.truth
      predictedPx = found.overlap.predicted
      tpPx = found.overlap.both
      images = found.images
      imagesFound = found.imagesFound
      sentence = report.headline.sentence(about: found).plain
    }
  }
}
