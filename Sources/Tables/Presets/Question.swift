internal import Counting

extension Preset {
  /// The losses of the question that this program answers: each pixel weighs what its class does,
  /// looked up by the arg max of the truth.
  static let question: [Preset] = questionLosses.map { $0.except(ofSoftmax) }

  private static let questionLosses: [Preset] = [
    Preset(
      "question.weighted_bce", "(bce) * weight[argmax(true)]", versions: ran,
      sum: [weightedBCE], rest: epoch, note: lookUp, source: calls),
    Preset(
      "question.bce_minus_1_plus_dice", "bce - (1 + dice)", versions: ran,
      sum: [
        Term(1, Part("bce", "mean(class) > mean(pixel, image)")),
        Term(1, Part("soft-dice", with: ["smooth_nr": 1, "smooth_dr": 1], pooled)),
        Term(-2),
      ], rest: epoch,
      note:
        "The loss without the weights, as where all are 1. The Dice term is one number a batch, over all pixels and classes: a small class is hardly part of it. The best that it can be is −2.",
      source: calls),
    Preset(
      "question.bce_dice", "(bce + (1 - dice)) * weight[argmax(true)]", versions: ran,
      sum: [weightedBCE, weightedDice], rest: epoch,
      note:
        "The Dice term is one number a batch, over all pixels and classes, added to every pixel: a small class is no part of it. \(lookUp)",
      source: calls),
    Preset(
      "question.loss", "(bce - (1 + dice)) * weight[argmax(true)]", versions: ran,
      sum: [weightedBCE, weightedDice, Term(-2, weight)], rest: epoch,
      note:
        "It is bce_dice less twice the mean weight, and so negative, down to −2 times the mean weight. \(lookUp)",
      source: calls),
  ]

  private static let epoch = "mean(batch, by: images)"
  private static let ran = "Keras 3.2 and later (3.15 was run)"
  private static let calls =
    "the question's own code, with dice = (2·Σpt + 1) / (Σp + Σt + 1) over the whole batch; keras 3.15.1: evaluate"
  private static let lookUp =
    "The arg max of the truth finds the first class where classes overlap, and class 0 where there is none; Keras never divides by the weights. Weights from a dict are iterated as its keys, so those in force are 0, 1, 2, …: `sample_weight: {first_class: [0, 1, 2, 3, 4]}` is that run."

  private static let weightedBCE = Term(
    1, Part("bce", "mean(class) > mean(pixel, image, times: sample-weights)"))
  private static let weight = Part(
    "one", "mean(class) > mean(pixel, image, times: sample-weights)")
  private static let weightedDice = Term(
    1, weight,
    Part("soft-dice", with: ["smooth_nr": 1, "smooth_dr": 1], pooled))
  private static let pooled = "pool(pixel, image, class) > score"
}
