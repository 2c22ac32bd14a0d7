internal import Core
internal import Pages

/// Predictions that lie on the truth of another image: files that were numbered from another start, or
/// arrays in another order.
extension SetUp {
  var mispaired: [SetUpFault] {
    for shift in [1, -1] {
      let other = shift > 0 ? "next" : "previous"
      let title: Line = "the predictions lie on the truth of the \(text: other) image"
      func whose(_ found: Fit) -> Line {
        "Of \(count: found.pairs.count, "image") whose \(text: other) one was looked at too, as \(example(found.pairs))"
      }
      if let found = fit({ next(in: $0, by: shift) }) { return [fault(title, whose(found), found)] }
      if let (found, errors) = steadyFit(next(in: views, by: shift)) {
        return [
          fault(
            title, whose(found), found,
            more:
              ". The difference is small, but \(count: found.better) of \(count: found.pairs.count, "image") have it, and that part of it which is not of scenes that are alike is \(errors) standard errors",
            numbers: ["standard_errors": errors])
        ]
      }
    }
    guard images.count <= Glance.images, let found = fit(bestPartners),
      found.pairs.count * 2 >= views.count
    else { return [] }
    return [
      fault(
        "the predictions lie on the truth of other images",
        "Of \(count: found.pairs.count, "image"), as \(example(found.pairs))", found)
    ]
  }

  private func fault(
    _ title: Line, _ whose: Line, _ found: Fit, more: Line = "", numbers: [String: Double] = [:]
  ) -> SetUpFault {
    SetUpFault(
      .mispaired, .error, title,
      "\(whose), the mean IoU is \(found.now) with the truth of their own name or place and \(found.then) with that of the other\(more)",
      remedy:
        "Save both sides in one order, or give each prediction the name of its image; one side may count from another number, or be sorted otherwise (10 before 2)",
      numbers: numbers.merging(["mean_iou": found.now, "of_others": found.then]) { own, _ in own })
  }

  private func example(_ pairs: [Fit.Pair]) -> Line {
    let names = pairs.prefix(3).map { pair in
      "\(code: name(of: pair.prediction)) on \(code: name(of: pair.truth))" as Line
    }
    return listed(names)
  }

  private func name(of view: ImageView) -> String {
    images.first { $0.index == view.index }?.name ?? ""
  }

  private func next(in truths: [ImageView], by shift: Int) -> [Fit.Pair] {
    views.compactMap { view in
      truths.first { $0.index == view.index + shift }.map { Fit.Pair(prediction: view, truth: $0) }
    }
  }

  /// Of images with places enough: four places have only a few truths, which meet again by chance.
  private var views: [ImageView] { glance.views.filter { $0.rows * $0.columns >= 16 } }

  /// For each prediction the truth that it fits best, each truth once; those that are another image's.
  private func bestPartners(in truths: [ImageView]) -> [Fit.Pair] {
    guard views.count >= SetUp.fewestImages else { return [] }
    let gains = views.map { one in
      truths.map { other in one.meeting(other).flatMap(meanIoU) ?? 0 }
    }
    return bestAssignment(gains).enumerated().filter { $0.offset != $0.element }
      .map { Fit.Pair(prediction: views[$0.offset], truth: truths[$0.element]) }
  }

  /// What a search for other truths finds, if chance finds nothing near it.
  ///
  /// The best of n! assignments fits noise too. So the same search is made in truths that lie
  /// elsewhere: these keep their areas and shapes, and fit by chance alone (a toroidal shift, Lotwick
  /// and Silverman 1982).
  private func fit(_ partners: ([ImageView]) -> [Fit.Pair]) -> Fit? {
    guard let found = Fit(partners(views)), found.then > found.now + SetUp.least else { return nil }
    let chance = ImageView.thirds.map { down, across in
      let elsewhere = views.map { $0.rollingTruth(down: down, across: across) }
      return meanIoU(sum(partners(elsewhere).compactMap(\.other))) ?? 0
    }
    return chance.allSatisfy { found.then > $0 + SetUp.least } ? found : nil
  }
}

/// Predictions with the truths of other images, which fit most of them better than their own.
private struct Fit {
  var pairs: [Pair]
  /// Mean IoU with their own truths, and with the others.
  var now: Double
  var then: Double
  /// How many fit the other one better.
  var better: Int

  struct Pair {
    var prediction: ImageView
    var truth: ImageView

    var own: [TurnedClass]? { prediction.meeting(prediction) }
    var other: [TurnedClass]? { prediction.meeting(truth) }
  }

  /// `nil` where too few do.
  ///
  /// - Parameter margin: how much better the mean IoU must be to count.
  init?(_ pairs: [Pair], by margin: Double = 0.1) {
    let met = pairs.compactMap { pair in pair.own.flatMap { own in pair.other.map { (own, $0) } } }
    guard met.count >= SetUp.fewestImages, let now = meanIoU(sum(met.map(\.0))),
      let then = meanIoU(sum(met.map(\.1))), then > now
    else { return nil }
    // One by one too: neighbours in a film are alike, and a few scenes agree by chance.
    better = met.count { own, other in (meanIoU(other) ?? 0) > (meanIoU(own) ?? 0) + margin }
    guard better * 4 >= met.count * 3 else { return nil }
    (self.pairs, self.now, self.then) = (pairs, now, then)
  }
}

extension SetUp {
  /// Pairs that fit a little better than their own truths, but steadily so: of a weak model, or of scenes
  /// with one layout, whose truths fit each other's predictions nearly as well.
  ///
  /// What a prediction has in common with every truth, and a truth with every prediction, is taken off
  /// (double centring, Gower 1966). What is left of right pairs stands out at their own places, of wrong
  /// ones at the others', and by how it spreads among pairs that do not belong together it can be told
  /// from chance. In drawn streets, seen by a model or not, chance stays below 5 standard errors.
  private func steadyFit(_ pairs: [Fit.Pair]) -> (Fit, errors: Double)? {
    guard let found = Fit(pairs, by: 0) else { return nil }
    let gains = views.map { one in views.map { other in one.meeting(other).flatMap(meanIoU) } }
    guard gains.allSatisfy({ $0.allSatisfy { $0 != nil } }) else { return nil }
    let table = gains.map { $0.compactMap(\.self) }
    let count = Double(views.count)
    let rows = table.map { $0.reduce(0, +) / count }
    let columns = views.indices.map { j in table.reduce(0) { $0 + $1[j] } / count }
    let mean = rows.reduce(0, +) / count
    func residual(_ i: Int, _ j: Int) -> Double { table[i][j] - rows[i] - columns[j] + mean }
    var (own, other) = (0.0, 0.0)
    var rest: [Double] = []
    for (i, one) in views.enumerated() {
      for (j, truth) in views.enumerated() where abs(truth.index - one.index) > 1 {
        rest.append(residual(i, j))
      }
      guard let pair = pairs.first(where: { $0.prediction.index == one.index }),
        let j = views.firstIndex(where: { $0.index == pair.truth.index })
      else { continue }
      own += residual(i, i)
      other += residual(i, j)
    }
    let variance = rest.reduce(0) { $0 + $1 * $1 } / Double(max(1, rest.count))
    guard variance > 0, own < other / 2 else { return nil }
    let errors = other / (variance * Double(found.pairs.count)).squareRoot()
    return errors > 5 ? (found, errors) : nil
  }
}

/// Class by class, over images.
private func sum(_ images: [[TurnedClass]]) -> [TurnedClass] {
  images.dropFirst().reduce(images.first ?? []) { zip($0, $1).map(+) }
}

/// Over the classes that are true somewhere.
private func meanIoU(_ classes: [TurnedClass]) -> Double? {
  let scores = classes.filter { $0.truth > 0 }.compactMap(\.iou)
  return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
}
