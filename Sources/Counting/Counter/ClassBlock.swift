internal import Core
internal import Raster

/// One class's predictions and truth at up to 4096 pixels, as whole vectors.
///
/// Lanes behind the last pixel stand as ignored, so that a tail is an ordinary vector.
package struct ClassBlock: Sendable {
  private(set) var vectors = 0
  private(set) var hasLogits = false
  /// Whether the probability is the softmax over all classes.
  private(set) var isSoftmax = false
  private(set) var logits: [Lanes]
  private(set) var precision = Probability.Precision.single
  /// What its probabilities are levels of.
  private(set) var levelKind = RunLevels.Kind.single
  /// Whether the probabilities are `singles`; otherwise `p` and `q`.
  private(set) var areSingles = false
  private(set) var singles: [SIMD8<Float>]
  private var p: [Lanes]
  private var q: [Lanes]
  private var standings: [SIMD8<UInt8>]
  /// The class's own pixels and all others that count, as masks of the singles.
  private(set) var own: [SIMD8<UInt32>]
  private(set) var other: [SIMD8<UInt32>]
  /// How many probabilities that count lay outside 0…1 by so little that they were taken as 0 or 1.
  private(set) var clipped = 0
  /// Whether a logit that counts is −∞, which makes a probability of 0 among exclusive classes.
  private(set) var hasMinusInfinity = false
  private(set) var ownPixels = 0
  private(set) var otherPixels = 0

  init() {
    let capacity = Region.pixelsPerBlock / 8
    logits = .init(repeating: .zero, count: capacity)
    p = logits
    q = logits
    standings = .init(repeating: .zero, count: capacity)
    singles = .init(repeating: .zero, count: capacity)
    own = .init(repeating: .zero, count: capacity)
    other = own
  }

  @inline(__always)
  func probability(_ index: Int) -> Probability {
    areSingles
      ? Probability(singles[index], precision)
      : Probability(p: p[index], q: q[index], precision: precision)
  }

  /// Whether a loss that judges the class alone may use its logit. Where classes exclude each
  /// other, one logit alone means nothing.
  var judgesByLogits: Bool { hasLogits && !isSoftmax }

  func truth(_ index: Int) -> TruthLanes { TruthLanes(standings[index]) }

  /// The class's own pixels; pixels behind the last one are not.
  var ownBits: Bits { Bits(lowestOf: standings.prefix(vectors)) }

  /// What decides which class is the most probable: the logit where there is one.
  func preference(_ index: Int) -> Lanes {
    hasLogits ? logits[index] : probability(index).p
  }
}

/// What the truth says about one class at eight pixels.
struct TruthLanes {
  /// 1 on the class's own pixels, 0 on all others.
  var value: Lanes
  var isOwn: SIMDMask<SIMD8<Int64>>
  var isOther: SIMDMask<SIMD8<Int64>>

  init(_ standings: SIMD8<UInt8>) {
    let standing = Lanes(widening: standings)
    isOwn = (standing .== Double(Standing.own))
    isOther = (standing .== Double(Standing.other))
    value = Lanes.zero.replacing(with: 1, where: isOwn)
  }

  var isCounted: SIMDMask<SIMD8<Int64>> { isOwn .| isOther }
}

extension ClassBlock {
  /// Loads one class at some runs of an image's pixels.
  ///
  /// - Parameter areExclusive: whether a pixel has one class, so that a logit may be −∞.
  mutating func load(
    _ pair: ImagePair, class c: Int, runs: [Range<Int>], areExclusive: Bool
  ) throws(Problem) {
    clipped = 0
    hasMinusInfinity = false
    let count = runs.reduce(0) { $0 + $1.count }
    vectors = (count + 7) / 8
    loadStandings(pair.truth, class: c, runs: runs, count: count)
    switch pair.prediction {
    case .levels(let planes): loadLevels(planes[c], runs)
    case .probabilities(let planes): try loadProbabilities(planes[c], runs, pair, class: c)
    case .logits(let planes): try loadLogits(planes[c], runs, pair, class: c, areExclusive)
    case .labels, .masks: preconditionFailure("decisions have no probabilities")
    }
  }

  private mutating func loadStandings(
    _ truth: Truth, class c: Int, runs: [Range<Int>], count: Int
  ) {
    withScalars(of: &standings) { target in
      var index = 0
      for run in runs {
        truth.write(run, class: c, into: &target, at: index)
        index += run.count
      }
      for tail in index..<((index + 7) / 8 * 8) { target[tail] = Standing.ignored }
    }
    var owns = SIMD8<UInt32>.zero
    var others = SIMD8<UInt32>.zero
    for index in 0..<vectors {
      let standing = SIMD8<UInt32>(widening: standings[index])
      // The lower bit says own and the upper ignored: 0 − 1 has all bits set.
      own[index] = 0 &- (standing & 1)
      other[index] = (standing &- 1) & ~own[index] & (0 &- (1 &- standing &>> 1))
      owns &-= own[index]
      others &-= other[index]
    }
    ownPixels = Int(owns.wrappedSum())
    otherPixels = Int(others.wrappedSum())
  }

  private mutating func loadLevels(_ plane: Plane, _ runs: [Range<Int>]) {
    precision = .levels
    levelKind = .bits8
    hasLogits = false
    areSingles = true
    withScalars(of: &singles) { plane.load(runs, into: &$0) }
    for index in 0..<vectors { singles[index] /= 255 }
  }

  private mutating func loadProbabilities(
    _ plane: Plane, _ runs: [Range<Int>], _ pair: ImagePair, class c: Int
  ) throws(Problem) {
    hasLogits = false
    areSingles = plane.element != .f8
    if !areSingles {
      precision = .double
      levelKind = .double
      withScalars(of: &p) { plane.load(runs, into: &$0) }
      for index in 0..<vectors { q[index] = 1 - p[index] }
    } else {
      precision = plane.element.isFloat ? .single : .levels
      levelKind = plane.element.isFloat ? .single : .bits16
      withScalars(of: &singles) { plane.load(runs, into: &$0) }
      if !plane.element.isFloat {
        // 16-bit planes hold round(p · 65535).
        for index in 0..<vectors { singles[index] /= 65535 }
      }
    }
    if areSingles, areInRange { return }
    for index in 0..<vectors {
      let p = probability(index).p
      let isOutside = .!((p .>= 0) .& (p .<= 1)) .& truth(index).isCounted
      guard any(isOutside) else { continue }
      let slack = Self.slack
      let isWrong = isOutside .& .!((p .>= -slack) .& (p .<= 1 + slack))
      if any(isWrong) { throw problem(p, isWrong, index, runs, pair, class: c) }
      clip(at: index, isOutside)
    }
  }

  /// So far outside of 0…1 rounding leaves a probability: some units in the last place of a float, for
  /// each number that was added.
  private static let slack = 1e-6

  private mutating func clip(at index: Int, _ isOutside: SIMDMask<SIMD8<Int64>>) {
    clipped += (0..<8).count { isOutside[$0] }
    for lane in 0..<8 where isOutside[lane] {
      if areSingles {
        singles[index][lane] = min(max(singles[index][lane], 0), 1)
      } else {
        p[index][lane] = min(max(p[index][lane], 0), 1)
        q[index][lane] = 1 - p[index][lane]
      }
    }
  }

  /// Whether all probabilities are in 0…1, also those that do not count.
  private var areInRange: Bool {
    var wrong = SIMD8<UInt32>.zero
    for index in 0..<vectors {
      // The bits of what is in range lie between those of 0 and 1; −0 is looked at more closely.
      let bits = unsafe unsafeBitCast(singles[index], to: SIMD8<UInt32>.self)
      wrong |= bits | (Float(1).bitPattern &- bits)
    }
    return wrong.max() < 0x8000_0000
  }

  private mutating func loadLogits(
    _ plane: Plane, _ runs: [Range<Int>], _ pair: ImagePair, class c: Int, _ areExclusive: Bool
  ) throws(Problem) {
    hasLogits = true
    areSingles = plane.element != .f8
    isSoftmax = false
    precision = areSingles ? .single : .double
    levelKind = plane.element == .f8 ? .double : .single
    withScalars(of: &logits) { plane.load(runs, into: &$0) }
    for index in 0..<vectors {
      let z = logits[index]
      let isCounted = truth(index).isCounted
      let isOut = z .== -.infinity
      let isAllowed = (z .> -.infinity) .& (z .< .infinity)
      let isWrong = .!(areExclusive ? isAllowed .| isOut : isAllowed) .& isCounted
      if any(isWrong) { throw problem(z, isWrong, index, runs, pair, class: c) }
      if any(isOut .& isCounted) { hasMinusInfinity = true }
      let x = Probability(sigmoidOf: z, precision: precision)
      if areSingles {
        singles[index] = x.p.single
      } else {
        p[index] = x.p
        q[index] = x.q
      }
    }
  }

  /// Makes the probability the softmax over all classes, from the log of Σ eᶻ at each vector.
  mutating func takeSoftmax(_ sums: [LogSum]) {
    isSoftmax = true
    areSingles = false
    for index in 0..<vectors {
      // The exponential of −∞ is not 0 here, since it ends at that of −708.
      let share = exp(sums[index].logShare(of: logits[index]))
        .replacing(with: 0, where: logits[index] .== -.infinity)
      let x = precision == .double ? Probability(share) : Probability(share.single)
      p[index] = x.p
      q[index] = x.q
    }
  }

  private func problem(
    _ values: Lanes, _ isWrong: SIMDMask<SIMD8<Int64>>, _ index: Int, _ runs: [Range<Int>],
    _ pair: ImagePair, class c: Int
  ) -> Problem {
    let lane = (0..<8).first { isWrong[$0] } ?? 0
    let place = Place(of: index * 8 + lane, runs, pair, class: c)
    if hasLogits {
      return Problem(
        "logit \(values[lane]) at \(place.text) is not finite", at: place.file,
        remedy: "the model or the code that saved it failed here; look at this image first")
    }
    return OutsideProbability(values[lane], isSingle: precision != .double, pair).problem(at: place)
  }
}

/// A pixel of a class, for messages.
struct Place {
  var text: String
  var file: Problem.Place?
  var className: String

  init(of offset: Int, _ runs: [Range<Int>], _ pair: ImagePair, class c: Int) {
    var offset = offset
    var pixel = 0
    for run in runs {
      if offset < run.count {
        pixel = run.lowerBound + offset
        break
      }
      offset -= run.count
    }
    let (row, column) = pixel.quotientAndRemainder(dividingBy: pair.width)
    let origin = pair.origins.indices.contains(c) ? pair.origins[c] : nil
    className = origin.map { "class '\(printable($0.className))'" } ?? "class \(c)"
    text = "\(className), row \(row), column \(column)"
    file = origin.map { .file($0.file) }
  }
}

extension Plane {
  /// Runs of pixels, one after the other.
  fileprivate func load(_ runs: [Range<Int>], into target: inout MutableSpan<Float>) {
    var index = 0
    for run in runs {
      var part = target._mutatingExtracting(index..<(index + run.count))
      load(run, into: &part)
      index += run.count
    }
  }

  func load(_ runs: [Range<Int>], into target: inout MutableSpan<Double>) {
    var index = 0
    for run in runs {
      var part = target._mutatingExtracting(index..<(index + run.count))
      load(run, into: &part)
      index += run.count
    }
  }
}
