internal import Core
internal import Pages

/// Predictions that lie on the truth of another image: files that were numbered from another start, or
/// arrays in another order.
extension SetUp {
  var mispaired: [SetUpFault] {
    for shift in [1, -1] {
      guard let found = fit(glance.views.compactMap { next(to: $0, by: shift) }) else { continue }
      let other = shift > 0 ? "next" : "previous"
      return [
        fault(
          "the predictions lie on the truth of the \(text: other) image", found,
          "Of \(count: found.pairs.count, "image") whose \(text: other) one was looked at too, as \(example(found.pairs))"
        )
      ]
    }
    guard images.count <= Glance.images, let found = fit(bestPartners),
      found.pairs.count * 2 >= glance.views.count
    else { return [] }
    return [
      fault(
        "the predictions lie on the truth of other images", found,
        "Of \(count: found.pairs.count, "image"), as \(example(found.pairs))")
    ]
  }

  private func fault(_ title: Line, _ found: Fit, _ whose: Line) -> SetUpFault {
    SetUpFault(
      .mispaired, .error, title,
      "\(whose), the mean IoU is \(found.now) with the truth of their own name or place and \(found.then) with that of the other",
      remedy:
        "Save both sides in one order, or give each prediction the name of its image; one side may count from another number, or be sorted otherwise (10 before 2)",
      numbers: ["mean_iou": found.now, "of_others": found.then])
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

  private func next(to view: ImageView, by shift: Int) -> Fit.Pair? {
    glance.views.first { $0.index == view.index + shift }
      .map { Fit.Pair(prediction: view, truth: $0) }
  }

  /// For each prediction the truth that it fits best, each truth once; those that are another image's.
  private var bestPartners: [Fit.Pair] {
    let views = glance.views
    guard views.count >= SetUp.fewestImages else { return [] }
    let gains = views.map { one in
      views.map { other in one.meeting(other).flatMap(meanIoU) ?? 0 }
    }
    return bestAssignment(gains).enumerated().filter { $0.offset != $0.element }
      .map { Fit.Pair(prediction: views[$0.offset], truth: views[$0.element]) }
  }
}

/// Predictions with the truths of other images, which fit them far better than their own.
private struct Fit {
  var pairs: [Pair]
  /// Mean IoU with their own truths, and with the others.
  var now: Double
  var then: Double

  struct Pair {
    var prediction: ImageView
    var truth: ImageView
  }
}

/// `nil` where they do not fit far better, or too few say so.
private func fit(_ pairs: [Fit.Pair]) -> Fit? {
  let met = pairs.compactMap { pair -> (own: [TurnedClass], other: [TurnedClass])? in
    guard let own = pair.prediction.meeting(pair.prediction),
      let other = pair.prediction.meeting(pair.truth)
    else { return nil }
    return (own, other)
  }
  func sum(_ cells: [[TurnedClass]]) -> [TurnedClass] {
    cells.dropFirst().reduce(cells.first ?? []) { zip($0, $1).map(+) }
  }
  guard met.count >= SetUp.fewestImages, let now = meanIoU(sum(met.map(\.own))),
    let then = meanIoU(sum(met.map(\.other))), then > now + SetUp.least
  else { return nil }
  // One by one too: neighbours in a film are alike, and a few scenes agree by chance.
  let better = met.count { (meanIoU($0.other) ?? 0) > (meanIoU($0.own) ?? 0) + 0.1 }
  return better * 4 >= met.count * 3 ? Fit(pairs: pairs, now: now, then: then) : nil
}

/// Over the classes that are true somewhere.
private func meanIoU(_ classes: [TurnedClass]) -> Double? {
  let scores = classes.filter { $0.truth > 0 }.compactMap(\.iou)
  return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
}
