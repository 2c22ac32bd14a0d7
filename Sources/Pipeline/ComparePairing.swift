internal import Core
internal import Reports

/// Two runs' evidence of the images that both have, in the same order and with the classes in the
/// same order.
struct PairedRuns {
  private(set) var before: Evidence
  private(set) var after: Evidence
  private(set) var pairing: ComparisonReport.Pairing

  /// - Parameter classes: the order in which classes come out; both runs have the same ones.
  init(_ older: ComparedRun, _ newer: ComparedRun, classes: ClassList) throws(Problem) {
    let (before, after) = (older.evidence, newer.evidence)
    let partners = Dictionary(after.images.map { ($0.name, $0) }) { first, _ in first }
    let common = before.images.sorted { $0.index < $1.index }.filter { partners[$0.name] != nil }
    pairing = .init(
      paired: common.count, unpaired: PairedRuns.unpaired(before, after),
      changedTruth: [])
    guard !common.isEmpty else { throw .nothingInCommon(before, after) }
    let orders = (
      try ClassOrder(of: older, as: classes),
      try ClassOrder(of: newer, as: classes)
    )
    var images: (before: [ImageEvidence], after: [ImageEvidence]) = ([], [])
    for (index, image) in common.enumerated() {
      guard let partner = partners[image.name] else { continue }
      var (old, new) = (try orders.0.arranged(image), try orders.1.arranged(partner))
      // Batches are cut from the images that are compared, and both runs' are drawn together.
      (old.index, new.index) = (index, index)
      new.group = old.group
      if !old.hasTruth(of: new) { pairing.changedTruth.append(image.name) }
      images.before.append(old)
      images.after.append(new)
    }
    func evidence(_ run: ComparedRun, _ images: [ImageEvidence]) -> Evidence {
      var scheme = run.evidence.scheme
      scheme.classes = classes
      return Evidence(scheme: scheme, images: images, problems: [], listed: images.count)
    }
    (self.before, self.after) = (evidence(older, images.before), evidence(newer, images.after))
  }

  /// By name.
  private static func unpaired(
    _ before: Evidence, _ after: Evidence
  ) -> [ComparisonReport.Unpaired] {
    let used = (Set(before.images.map(\.name)), Set(after.images.map(\.name)))
    let bad = (Set(before.problems.map(\.image)), Set(after.problems.map(\.image)))
    let all = used.0.union(used.1).union(bad.0).union(bad.1)
    let left = all.filter { !used.0.contains($0) || !used.1.contains($0) }
    return left.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
      let reason: ComparisonReport.Unpaired.Reason =
        switch (bad.0.contains(name), bad.1.contains(name)) {
        case (true, true): .problemBoth
        case (true, false): .problemBefore
        case (false, true): .problemAfter
        case (false, false): used.0.contains(name) ? .onlyBefore : .onlyAfter
        }
      return .init(image: name, reason: reason)
    }
  }
}

extension Problem {
  private static let nothing = "the runs have no image in common"

  fileprivate static func nothingInCommon(_ before: Evidence, _ after: Evidence) -> Problem {
    func first(_ evidence: Evidence, _ letter: String) -> String {
      let name = evidence.images.first.map { ", the first of them '\(printable($0.name))'" } ?? ""
      return "\(letter) could use \(Figure.count(evidence.images.count, "image"))\(name)"
    }
    return Problem(
      nothing,
      remedy:
        "images are paired by name: \(first(before, "A")); \(first(after, "B"))")
  }

  var isNothingInCommon: Bool { what == Problem.nothing }
}

extension ImageEvidence {
  /// Whether both count the same pixels, of the same classes.
  fileprivate func hasTruth(of other: ImageEvidence) -> Bool {
    width == other.width && height == other.height && slices == other.slices
      && tally.pixels == other.tally.pixels
      && tally.classes.map(\.overlap.truth) == other.tally.classes.map(\.overlap.truth)
  }
}

/// Where each class of a list stands in a run.
private struct ClassOrder {
  /// For each new place the old one.
  private let old: [Int]
  private let losses: Int
  private let path: String

  init(of run: ComparedRun, as other: ClassList) throws(Problem) {
    let names = run.evidence.classes.names
    let places = Dictionary(zip(names, names.indices)) { first, _ in first }
    old = other.names.compactMap { places[$0] }
    (losses, path) = (run.evidence.scheme.losses.count, run.path)
    guard old.count == names.count, old.count == other.count else {
      throw Problem(
        "the classes are not the same", at: .file(path),
        remedy: "compare runs of the same classes")
    }
  }

  func arranged(_ image: ImageEvidence) throws(Problem) -> ImageEvidence {
    var arranged = image
    arranged.tally = try self.arranged(image.tally, of: image)
    arranged.tiles = []
    for tile in image.tiles { arranged.tiles.append(try self.arranged(tile, of: image)) }
    if !image.levels.isEmpty { arranged.levels = old.map { image.levels[$0] } }
    return arranged
  }

  private func arranged(_ tally: Tally, of image: ImageEvidence) throws(Problem) -> Tally {
    guard tally.classes.count == old.count,
      tally.classes.allSatisfy({ $0.losses.count == losses })
    else {
      throw Problem(
        "the evidence of image '\(printable(image.name))' is not complete", at: .file(path),
        remedy: "make it again with `unmask run`")
    }
    var arranged = tally
    arranged.classes = old.map { tally.classes[$0] }
    var new = [Int](repeating: 0, count: old.count)
    for (place, old) in old.enumerated() { new[old] = place }
    // The place after the last class stands for *no class*.
    new.append(old.count)
    arranged.confusion = Confusion(
      tally.confusion.entries.map {
        .init(truth: new[$0.truth], predicted: new[$0.predicted], count: $0.count)
      })
    if !tally.repairs.isEmpty {
      arranged.repairs = old.flatMap { k in old.map { tally.repairs[k * old.count + $0] } }
    }
    return arranged
  }
}
