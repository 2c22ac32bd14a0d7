package import Core
internal import Counting
package import Resampling
package import Tables
internal import Threads

/// What one headline says, and does not say, of each class.
///
/// Every number is a reduction of the evidence, or of the evidence with one thing imagined changed,
/// by the headline's own chain. Losses as they are; a score enters as 1 − score.
package struct Diagnosis: Sendable {
  package var headline: Headline
  /// As it is printed: the loss, or the score.
  package var printed: Double?
  /// The cost of the best constant predictions less that of the truth itself.
  package var scale: Double?
  /// 0 is as good as constants, 1 is perfect.
  package var skill: Double?
  /// What a change of the headline must exceed to be seen.
  package var tolerance: Double?
  package var orderGap: OrderGap?
  package var classes: [ClassDiagnosis]
  /// What the headline would have printed for other images of the same kind; `nil` where that was
  /// not asked, or its chain keeps tiles.
  package var printedInterval: Interval?
  /// How intervals were made.
  package var bootstrap: Bootstrap.Settings?

  /// Whether the headline is against a soft truth, so that there is no verdict by it.
  package var isOfShares: Bool { classes.contains { $0.state == .softTruth } }

  /// Whether a reader of the headline would be content.
  package var looksFine: Bool { (skill ?? 0) >= 0.9 }
}

/// One class under one headline.
package struct ClassDiagnosis: Sendable {
  package var name: String
  package var state: State
  package var verdict: Verdict?
  /// What the verdict would be if the class were in enough images.
  package var tendency: Verdict?
  /// 1 − the score by which a class counts as poor, over all pixels of the run; 0 is best.
  package var badness: Double?
  /// 1 − headroom / reach: 0 is as good as a constant, 1 is perfect, and it has no lower end.
  package var skill: Double?
  /// The weight of all its terms in the headline; `nil` where the chain selects or adds up gauges.
  package var voice: Double?
  /// The part of `voice` at its own pixels.
  package var ownVoice: Double?
  /// What the headline would gain if the class were perfect.
  package var headroom: Double?
  /// What the headline would print then. A selective chain may gain less than the headroom.
  package var printedIfPerfect: Double?
  /// How much knowing the class is worth in the headline, from the truth alone.
  package var reach: Double?
  /// Its part of all classes' headroom.
  package var share: Double?
  /// Its part of all classes' badness, 0…1.
  package var badnessShare: Double?
  /// `badnessShare / share`
  package var maskingFactor: Double?
  package var overlap: Overlap
  /// Of the headline's measure, where that is a loss.
  package var loss: LossMeans?
  /// Its true pixels over all counted pixels, 0…1.
  package var pixelShare: Double?
  /// Images whose truth has the class.
  package var images: Int
  /// Groups of such images, where images are grouped: what is drawn to see how sure a number is.
  package var groups: Int?
  /// Images in which at least one of its pixels was found.
  package var imagesFound: Int
  /// How sure the badness is.
  package var certainty: ClassCertainty?
  package var headroomInterval: Interval?
  package var reachInterval: Interval?

  /// A class's mean loss over the whole run: at all its terms, on its own pixels, on the others.
  package struct LossMeans: Hashable, Sendable {
    package var mean: Double?
    package var positive: Double?
    package var negative: Double?
  }

  /// Why numbers are missing.
  package enum State: String, Codable, Sendable {
    case ok
    /// The class is nowhere in the truth, but was predicted.
    case absentFromTruth = "absent_gt"
    /// The class is neither in the truth nor in a prediction.
    case absent = "absent_both"
    /// The class is in too few images for a verdict.
    case lowSupport = "low_support"
    /// The images do not decide whether the class is poor.
    case undecided
    /// The headline has no value on this evidence.
    case noValue = "no_value"
    /// The headline is the same whatever is predicted.
    case noScale = "no_scale"
    /// The class is evaluated, and left out where classes are combined.
    case notAveraged = "not_averaged"
    /// The headline is against a soft truth, where it was not counted what a perfect class would cost.
    case softTruth = "soft_truth"
    /// The files are not what the configuration says, so nothing can be said of the model.
    case wrongSetUp = "set_up"
  }
}

extension Diagnosis {
  /// Keras, Lightning and most logs print a loss with four decimals; half of the last one is not
  /// seen.
  package static let printResolution = 0.00005

  /// - Parameter bootstrap: of the same measurements and the same rule of what is poor; without it
  ///   there are no intervals, and the images at hand count as all there are.
  package init(
    of measurements: Measurements, for headline: Headline, by bootstrap: Bootstrap? = nil
  ) {
    self.headline = headline
    self.bootstrap = bootstrap?.settings
    let tables = HeadlineTables(of: headline.formula, on: measurements)
    let judge = Judge(tables, for: headline)
    printed = tables.value()
    orderGap = tables.single.flatMap { $0.table.orderGap(of: $0.chain) }
    scale = judge.scale
    if let scale, scale > 0, let value = judge.value, let blind = judge.blind {
      skill = (blind - value) / scale
    }
    let names = measurements.evidence.classes.names
    let presences = measurements.presences
    classes = concurrently(names.count, jobs: bootstrap?.jobs ?? 1) { c in
      ClassDiagnosis(
        name: names[c], class: c, presences[c], measurements: measurements, judge: judge)
    }
    if let bootstrap {
      for c in classes.indices { classes[c].certainty = bootstrap.classes[c] }
    }
    addVerdicts()
    if let bootstrap, bootstrap.canDraw, tables.obstacle == nil {
      addIntervals(tables, bootstrap)
    }
  }

  /// Gives every class its shares and its verdict: the one definition of *hidden*.
  ///
  /// What a class has, the printed value and the scale are there already.
  mutating func addVerdicts() {
    tolerance = scale.map(tolerance(ofScale:))
    addShares()
    for c in classes.indices { addVerdict(to: c) }
  }

  /// What a change must exceed to be seen, of a headline of such a scale.
  func tolerance(ofScale scale: Double) -> Double {
    let gate = headline.tolerance ?? min(0.01, 0.5 / Double(max(1, averaged)))
    return max(Diagnosis.printResolution, gate * scale)
  }

  /// How many classes the headline can have.
  package var averaged: Int { classes.count { $0.state != .notAveraged } }

  private mutating func addShares() {
    let present = classes.filter { $0.overlap.truth > 0 }
    let headrooms = present.compactMap(\.headroom).reduce(0, +)
    let badnesses = present.compactMap(\.badness).reduce(0, +)
    for c in classes.indices where classes[c].overlap.truth > 0 {
      if headrooms > 0 { classes[c].share = classes[c].headroom.map { $0 / headrooms } }
      if badnesses > 0 { classes[c].badnessShare = classes[c].badness.map { $0 / badnesses } }
      if let share = classes[c].share, share > 0, let badnessShare = classes[c].badnessShare {
        classes[c].maskingFactor = badnessShare / share
      }
    }
  }

  private mutating func addVerdict(to c: Int) {
    let found = classes[c]
    guard found.state == .ok else { return }
    guard printed != nil else {
      classes[c].state = .noValue
      classes[c].verdict = .undetermined
      return
    }
    guard let scale, scale > 0 else {
      classes[c].state = .noScale
      classes[c].verdict = .undetermined
      return
    }
    guard let verdict = basis(of: found).map(Verdict.init) else {
      classes[c].verdict = .undetermined
      return
    }
    if found.groups ?? found.images < Verdict.fewestImages {
      classes[c].state = .lowSupport
      classes[c].verdict = .undetermined
      classes[c].tendency = verdict
    } else if let bootstrap, let certainty = found.certainty,
      !certainty.isDecided(alpha: bootstrap.alpha)
    {
      classes[c].state = .undecided
      classes[c].verdict = .undetermined
      classes[c].tendency = verdict
    } else {
      classes[c].verdict = verdict
    }
  }

  /// What the verdict on a class rests on; `nil` where some of it does not exist.
  package func basis(of found: ClassDiagnosis) -> VerdictBasis? {
    guard let tolerance, let scale, scale > 0, let badness = found.badness,
      let headroom = found.headroom, let reach = found.reach
    else { return nil }
    return VerdictBasis(
      badness: badness, largestBadness: headline.poor.largestBadness, headroom: headroom,
      reach: reach, tolerance: tolerance, scale: scale, classes: averaged,
      share: found.share, badnessShare: found.badnessShare)
  }

  /// The worst verdict on any class; `nil` where no class has one.
  package var verdict: Verdict? {
    classes.compactMap { $0.tendency == .ok ? .ok : $0.verdict }.min { $0.severity < $1.severity }
  }

  /// Whether an interval straddles the bound that its verdict rests on.
  package func isBorderline(_ found: ClassDiagnosis) -> Bool {
    guard let tolerance else { return false }
    func straddles(_ interval: Interval?) -> Bool {
      interval.map { $0.low < tolerance && $0.high >= tolerance } ?? false
    }
    guard found.tendency ?? found.verdict != .ok else { return false }
    let isSmall = (found.headroom ?? .infinity) < tolerance
    return straddles(isSmall ? found.headroomInterval : found.reachInterval)
  }

  /// The classes that someone should look at, the worst first.
  package var poorClasses: [ClassDiagnosis] {
    classes.filter(\.isPoor).sorted { a, b in
      let (left, right) = (a.verdict?.severity ?? .max, b.verdict?.severity ?? .max)
      // Without any share of what could be gained, the masking factor is beyond every number.
      return left != right
        ? left < right : (a.maskingFactor ?? .infinity) > (b.maskingFactor ?? .infinity)
    }
  }
}

extension Measurements {
  /// How many groups have an image in which a class is true; `nil` where no image has a group.
  fileprivate func groups(of c: Int) -> Int? {
    guard images.contains(where: { $0.group != nil }) else { return nil }
    return Set(
      images.filter { $0.tally.classes[c].overlap.truth > 0 }.map { $0.group ?? $0.name }
    ).count
  }
}

extension ClassDiagnosis {
  /// Whether the class fails by its own score, in however few images it is.
  fileprivate var isPoor: Bool {
    switch tendency ?? verdict {
    case .hidden, .muted, .exposed: true
    case .ok, .undetermined, nil: false
    }
  }

  fileprivate init(
    name: String, class c: Int, _ presence: ClassPresence, measurements: Measurements, judge: Judge
  ) {
    let overlap = presence.overlap
    self.name = name
    self.overlap = overlap
    images = presence.images
    groups = measurements.groups(of: c)
    imagesFound = presence.imagesFound
    pixelShare = overlap.pixels > 0 ? Double(overlap.truth) / Double(overlap.pixels) : nil
    state = overlap.truth > 0 ? .ok : overlap.predicted > 0 ? .absentFromTruth : .absent
    loss = judge.tables.leading?.table.lossMeans(of: c)
    guard measurements.weighting.isAveraged[c] else {
      state = .notAveraged
      return
    }
    guard overlap.truth > 0 else { return }
    badness = judge.headline.poor.badness(of: overlap)
    guard !judge.tables.hasShares else {
      state = .softTruth
      return
    }
    voice = judge.voice(of: c, ownPixelsOnly: false)
    ownVoice = judge.voice(of: c, ownPixelsOnly: true)
    printedIfPerfect = judge.printedIfPerfect(c)
    headroom = judge.headroom(of: c, ifPerfect: printedIfPerfect)
    reach = judge.reach(of: c)
    if let headroom, let reach, reach > 0 { skill = 1 - headroom / reach }
  }
}
