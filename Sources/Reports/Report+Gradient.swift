internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

extension Report {
  /// What reaches the logits: why training does not learn a class, which no share of a loss says.
  var gradientSection: [Block] {
    guard let gradient else {
      guard let problem = gradientObstacle, headline.printed != nil, !headline.headline.isScore
      else {
        return []
      }
      return [.section("What training hears", [.paragraph("Not known: \(line(problem)).")])]
    }
    return [
      .section(
        "What training hears",
        gradientSummary(gradient) + gradientChart(gradient) + [
          .table(headline.gradientTable(gradient, most: Report.shownRows))
        ])
    ] + weightToHear
  }

  private func gradientSummary(_ gradient: Gradient) -> [Block] {
    let sentences = poor.prefix(Report.shownClasses).compactMap { found in
      headline.classes.firstIndex { $0.name == found.name }
        .flatMap { headline.gradientSentence(of: $0, in: gradient) }
    }
    let what: Line =
      gradient.isOneSided
      ? "A class's own pixels pull its logit up and all others pull it down; where the others are stronger, the next step of this loss lowers it."
      : "Of this loss a pixel may pull either way, so the sizes of own pixels and others say how much is heard, and net says which way: above 0 the next step lowers the logit."
    let opening: Line =
      "From the saved probabilities alone: the gradient of this headline at the logits, predictions as they are. \(what)"
    let clipped = gradient.clippedShare.map { share -> [Block] in
      guard share > 0 else { return [] }
      return [
        .paragraph(
          "\(percent: share) of it is at probabilities of exactly 0 or 1. It is heard where the loss is of logits (PyTorch's …WithLogits, TensorFlow where the sigmoid is the last operation), and not where p is clipped first (PyTorch's BCELoss, Keras on PyTorch or JAX, an operation after the sigmoid)."
        )
      ]
    }
    return [.paragraph(opening)] + sentences.map(Block.paragraph) + (clipped ?? [])
  }

  /// The weights at which the classes that the headline does not show are seen and heard.
  private var weightToHear: [Block] {
    guard let gradient else { return [] }
    let found = hearingWeights(in: gradient)
    guard !found.isEmpty else { return [] }
    var table = Table([
      "class", "HIDDEN no more", "EXPOSED", "even share of the gradient",
      "own pixels balance the others",
    ])
    for weight in found {
      table.add([
        .name(headline.classes[weight.place].name), line(weight.unhides), line(weight.shows),
        line(weight.evens), weight.balances.map { "× \($0)" },
      ])
    }
    return [
      .section(
        "The weight that makes it heard",
        [
          .paragraph(
            "By what the class's weight in the loss would have to be multiplied, predictions as they are; in the last column the weight of its own pixels alone (a positive weight)."
          ),
          .table(table),
        ] + found.flatMap { notes(on: $0, gradient) })
    ]
  }

  func hearingWeights(in gradient: Gradient) -> [HearingWeight] {
    poor.filter { $0.verdict == .hidden || $0.verdict == .muted }.prefix(Report.shownClasses)
      .compactMap { found in headline.classes.firstIndex { $0.name == found.name } }
      .map { gradient.hearingWeight(of: $0, in: headline) }
  }

  /// Of a class that the headline does not show; `nil` for every other.
  func hearingWeight(of c: Int) -> HearingWeight? {
    let verdict = headline.classes[c].verdict
    guard verdict == .hidden || verdict == .muted else { return nil }
    return gradient?.hearingWeight(of: c, in: headline)
  }

  private func line(_ factor: Double?) -> Line {
    factor.map { $0 == 1 ? "now" : "× \($0)" } ?? "by none"
  }

  private func notes(on weight: HearingWeight, _ gradient: Gradient) -> [Block] {
    let name = headline.classes[weight.place].name
    var blocks = weightChart(weight)
    if isNeverFound(weight.place) {
      blocks.append(
        .paragraph(
          "\(name: name) is found at no threshold: a weight makes it loud, and does not make it separable. Look at its data first."
        ))
    }
    let positive = weights?.classes.map(\.positiveWeight) ?? headline.classes.map { _ in 1 }
    guard let balance = weight.balances,
      let own = OwnPixelWeight(of: weight.place, headline, positive: positive, times: balance)
    else { return blocks }
    blocks += [
      .paragraph(
        "For \(name: name), where own pixels and others would pull alike (a model that was trained with a weight stays near it, so compare it with yours; and look at the finding threshold, since a weight mostly moves where p crosses it):"
      ),
      .code(own.lines.joined(separator: "\n")),
    ]
    return blocks
  }

  private func isNeverFound(_ c: Int) -> Bool {
    curves.indices.contains(c) && curves[c].bestIoU.map { $0.value == 0 } ?? false
  }
}

// Pictures of what the tables say; each has its numbers under it.
extension Report {
  /// How much of the picture a class is, and how much of the gradient.
  fileprivate func gradientChart(_ gradient: Gradient) -> [Block] {
    let rows = failingFirst.compactMap { found -> Chart.Row? in
      guard let c = headline.classes.firstIndex(where: { $0.name == found.name }),
        let pixels = found.pixelShare, let share = gradient.share(of: c)
      else { return nil }
      return Chart.Row(
        .name(found.name), isFlagged: poor.contains { $0.name == found.name },
        points: [
          pixels, share,
          share * gradient.classes[c].own / max(gradient.classes[c].size, .leastNormalMagnitude),
        ])
    }
    guard rows.count > 1 else { return [] }
    return [
      .chart(
        Chart(
          "What a class is, and what training hears of it.",
          about:
            "A ring for its share of all pixels, a disc for its share of the gradient, a diamond for the part of that from its own pixels. A diamond far left of its disc: most of what is heard of the class comes from pixels that are not it.",
          unit: "class", rows: rows, scale: .logarithmic,
          series: ["of all pixels", "of the gradient", "of the gradient, own pixels"], told: 1,
          areShares: true))
    ]
  }

  /// From weight to weight, what the headline and training have of a class.
  fileprivate func weightChart(_ weight: HearingWeight) -> [Block] {
    let rows = weight.curve.map { point in
      Chart.Row(
        "× \(exact: point.factor)\(point.verdict.map { " \(text: $0.rawValue)" })",
        points: [point.headroomShare, point.reachShare, point.gradientShare])
    }
    guard rows.contains(where: { $0.points.contains { $0 != nil } }) else { return [] }
    let name = headline.classes[weight.place].name
    return [
      .chart(
        Chart(
          "The weight of \(name: name).",
          about:
            "By what its weight is multiplied, and the verdict then. A ring for its share of what the headline could gain, a disc for its reach in the headline's scale, a diamond for its share of the gradient.",
          unit: "weight", rows: rows, scale: .unit,
          series: ["of what could be gained", "reach ÷ scale", "of the gradient"], areShares: true))
    ]
  }
}

extension OwnPixelWeight {
  /// To be pasted: into the configuration, and into a training script where frameworks have such weights.
  fileprivate var lines: [String] {
    let list = weights.map(threeDigits).joined(separator: ", ")
    return [
      "# pipeline.yml", setting, "reduce: {pulls-alike: \"\(chain)\"}",
    ]
      + (isCrossEntropy
        ? [
          "# PyTorch, NCHW",
          "torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor([\(list)]).view(\(weights.count), 1, 1))",
          "# Keras, NHWC", "w = keras.ops.convert_to_tensor([\(list)])",
          "loss = lambda t, p: keras.ops.mean((1 + (w - 1) * t) * keras.losses.binary_crossentropy(t[..., None], p[..., None]))",
        ] : [])
  }
}
