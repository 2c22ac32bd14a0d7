internal import Core
internal import Pages

/// Predictions whose rows and columns were exchanged or reversed when they were saved.
extension SetUp {
  var turned: [SetUpFault] {
    // What fits better under other numbers is not turned.
    guard let best = bestTurn else { return turnedFiles }
    let others = [renaming?.renamed, reordering?.renamed, permutation?.renamed]
    guard others.allSatisfy({ best.then > $0 ?? 0 }) else { return [] }
    return [
      SetUpFault(
        .turned, .error, "the predictions are \(text: best.turn.inverse.words)",
        "In \(count: looked, "image") that were looked at, the mean IoU is \(best.now) as the files lie and \(best.then) with the predictions turned back",
        remedy: "Save them as the truth lies, or say under `decode`",
        lines: ["orientation: {predictions: \(best.turn.inverse.rawValue)}"],
        numbers: ["mean_iou": best.now, "turned": best.then])
    ]
  }

  /// Some images, where the rest lies as it should.
  private var turnedFiles: [SetUpFault] {
    let looks = looks.filter { $0.glance.map { $0.pixels >= 100 } ?? false }
    let found = Turn.allCases.dropFirst().map { turn in
      (
        turn,
        looks.filter { image in
          guard let look = image.glance?.turned, let now = meanIoU([look], .none),
            look[turn] != nil, let then = meanIoU([look], turn)
          else { return false }
          return then > now + SetUp.least && then > 0.5
        }
      )
    }.max { $0.1.count < $1.1.count }
    guard let (turn, files) = found, files.count >= SetUp.fewestImages,
      files.count * 10 >= looked,
      let now = meanIoU(files.compactMap(\.glance?.turned), .none),
      let then = meanIoU(files.compactMap(\.glance?.turned), turn), renaming == nil
    else { return [] }
    return [
      SetUpFault(
        .turned, .error, "some of the predictions are \(text: turn.inverse.words)",
        "In \(count: files.count) of \(count: looked, "image") that were looked at (\(listed(files.map { "\(code: $0.name)" }))) the mean IoU is \(now) as the files lie and \(then) with the predictions turned back",
        remedy:
          "Save these as the truth lies; `orientation` is said of all files, and the others lie as they should",
        numbers: [
          "images": Double(files.count), "looked_at": Double(looked), "mean_iou": now,
          "turned": then,
        ])
    ]
  }

  /// The turn that makes the mean IoU much better, and most so.
  var bestTurn: (turn: Turn, now: Double, then: Double)? {
    Turn.allCases.dropFirst().compactMap { turn in
      // Of the same images: those that can be turned so.
      let looks = looks.compactMap(\.glance?.turned).filter { $0[turn] != nil }
      guard let now = meanIoU(looks, .none), let then = meanIoU(looks, turn),
        then > now + SetUp.least, isSure(turn, looks)
      else { return nil }
      return (turn, now, then)
    }.max { $0.then - $0.now < $1.then - $1.now }
  }

  /// Whether several images of some size say so, one by one: a few pixels agree by chance, and a model
  /// may find an object on the wrong side of a few pictures.
  private func isSure(_ turn: Turn, _ looks: [[Turn: [TurnedClass]]]) -> Bool {
    guard looks.count >= 4, glance.pixels >= looks.count * 100 else { return false }
    let better = looks.count { look in
      (meanIoU([look], turn) ?? 0) > (meanIoU([look], .none) ?? 0) + 0.1
    }
    return better * 4 >= looks.count * 3
  }

  /// Over the classes that are true somewhere.
  private func meanIoU(_ looks: [[Turn: [TurnedClass]]], _ turn: Turn) -> Double? {
    let classes = looks.reduce([TurnedClass]()) { sum, look in
      let cells = look[turn] ?? []
      return sum.isEmpty ? cells : zip(sum, cells).map(+)
    }
    let scores = classes.filter { $0.truth > 0 }.compactMap(\.iou)
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }
}

extension Turn {
  /// What was done to the predictions.
  package var words: String {
    switch self {
    case .none: "as the truth lies"
    case .transposed: "transposed: rows and columns are exchanged"
    case .upsideDown: "upside down"
    case .mirrored: "mirrored, left and right exchanged"
    case .rotatedHalf: "rotated by half a turn"
    case .rotatedLeft: "rotated by a quarter to the left"
    case .rotatedRight: "rotated by a quarter to the right"
    case .antitransposed: "transposed about the other diagonal"
    }
  }
}
