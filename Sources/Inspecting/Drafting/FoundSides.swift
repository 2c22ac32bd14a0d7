internal import Core
internal import Decoding

/// The files of both sides, and which of them belong together.
struct FoundSides: Sendable {
  var truth: Candidate
  var predictions: Candidate
  /// The images that both have, in the order of their names; of arrays one entry an image.
  var pairs: [(truth: String, predictions: String)]
  var onlyTruth: Int
  var onlyPredictions: Int
  /// Names say which side is which.
  var isTold: Bool

  /// The most likely pair of forms; `nil` where no two of them share an image.
  ///
  /// - Returns: also what is as likely, the best first.
  static func all(of candidates: [Candidate]) -> [FoundSides] {
    var found: [(sides: FoundSides, rank: Rank)] = []
    for truth in candidates where truth.told != .predictions && truth.mayBeTruth {
      for predictions in candidates where predictions.told != .truth {
        // Names that say the opposite are right: what fits then is something else.
        guard predictions.kind != .colors,
          truth.score(as: .truth) + predictions.score(as: .predictions) >= 0,
          truth.part != nil && truth.part != predictions.part
            || Set(truth.form.files.map(\.path))
              .isDisjoint(with: predictions.form.files.map(\.path)),
          let sides = FoundSides(truth, predictions)
        else { continue }
        found.append((sides, Rank(sides)))
      }
    }
    guard let best = found.map(\.rank).max() else { return [] }
    return found.filter { $0.rank == best }.map(\.sides)
  }

  private struct Rank: Comparable {
    var numbers: [Int]

    init(_ sides: FoundSides) {
      let (truth, predictions) = (sides.truth, sides.predictions)
      numbers = [
        truth.score(as: .truth) + predictions.score(as: .predictions),
        // Numbers of objects and colours are read where there is nothing simpler.
        truth.kind == .colors ? -2 : truth.member.census.holdsObjects ? -1 : 0,
        sides.pairs.count, -sides.onlyTruth - sides.onlyPredictions,
        predictions.kind == .logits ? 2 : predictions.kind.isReal ? 1 : 0,
      ]
    }

    static func < (a: Rank, b: Rank) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
  }
}

extension Candidate {
  fileprivate var mayBeTruth: Bool {
    switch kind {
    case .labels, .mask, .masks, .colors: true
    // A file of each class with two of its many levels in sight.
    case .levels, .probabilities, .logits, .picture, .unknown: false
    }
  }
}

extension FoundSides {
  /// Pairs two forms by the names of their images; heads such as `mask_` may differ.
  init?(_ truth: Candidate, _ predictions: Candidate) {
    let (truth, predictions) = (
      truth.asOneClass(beside: predictions), predictions.asOneClass(beside: truth)
    )
    let isTold = truth.score(as: .truth) + predictions.score(as: .predictions) > 0
    if truth.isOneArray || predictions.isOneArray {
      guard truth.images == predictions.images else { return nil }
      let names = truth.isOneArray ? predictions.names : truth.names
      self.init(
        truth: truth, predictions: predictions, pairs: names.map { ($0, $0) }, onlyTruth: 0,
        onlyPredictions: 0, isTold: isTold)
      return
    }
    var best: FoundSides?
    for a in [truth.form, truth.form.withoutHead].compactMap(\.self) {
      for b in [predictions.form, predictions.form.withoutHead].compactMap(\.self) {
        let (left, right) = (a.images, b.images)
        let common = left.intersection(right)
        guard common.count > best?.pairs.count ?? 0 else { continue }
        var (t, p) = (truth, predictions)
        (t.form, p.form) = (a, b)
        best = FoundSides(
          truth: t, predictions: p, pairs: common.sorted().map { ($0, $0) },
          onlyTruth: left.count - common.count, onlyPredictions: right.count - common.count,
          isTold: isTold)
      }
    }
    if let best {
      self = best
    } else if isTold, truth.isArrayFile, predictions.isArrayFile {
      self.init(onlyImage: truth, predictions)
    } else {
      return nil
    }
  }
}

extension FoundSides {
  /// One image: an array for each side, under names of their own.
  private init(onlyImage truth: Candidate, _ predictions: Candidate) {
    self.init(
      truth: truth, predictions: predictions,
      pairs: [(truth.form.files[0].image, predictions.form.files[0].image)], onlyTruth: 0,
      onlyPredictions: 0, isTold: true)
    self.truth.isOnlyImage = true
    self.predictions.isOnlyImage = true
  }
}

extension Candidate {
  /// An array (N, H, W) has the shape of one image's classes; beside an array of as many planes it is one
  /// class of many images. Planes that add up to 1 are classes.
  fileprivate func asOneClass(beside other: Candidate) -> Candidate {
    guard !isOneArray, isArrayFile, other.isArrayFile, mayBeOneClass,
      let place = looks[0].members.firstIndex(where: { $0.name == member.name }),
      member.shape.count(where: { $0 > 1 }) == 3,
      other.mayBeOneClass && other.sides == sides
        || !kind.isReal && other.isOneArray && other.sidesOfImages == sides
    else { return self }
    var letters = Array("NHW")
    var one = self
    one.looks[0].members[place].meaning.axes = String(
      member.shape.map { $0 > 1 && !letters.isEmpty ? letters.removeFirst() : "1" })
    one.looks[0].members[place].sums = nil
    if one.kind == .masks { one.kind = .mask }
    return one
  }

  /// The lengths of its axes longer than 1, and those of them that are not of classes.
  private var sides: [Int] { member.shape.filter { $0 > 1 } }
  private var sidesOfImages: [Int] {
    member.shape.enumerated().filter { $0.element > 1 && $0.offset != member.meaning.classAxis }
      .map(\.element)
  }

  var isArrayFile: Bool { form.single != nil && isArray(form.files[0].path) }

  private var mayBeOneClass: Bool {
    guard let sums = member.sums, sums.lowerBound > 0 else { return true }
    return sums.upperBound - sums.lowerBound > 0.04 * sums.upperBound
  }

  /// How many images there are.
  var images: Int {
    guard isOneArray else { return form.images.count }
    let letters = Array(member.meaning.axes)
    return letters.firstIndex(of: "N").map { member.shape[$0] } ?? 1
  }

  fileprivate var names: [String] {
    isOneArray ? (0..<images).map(String.init) : form.images.sorted()
  }
}
