package import Core

/// −log of the probability that the pixel's true class has among all classes
///
/// The classes of a pixel are made to sum to 1 first. Its terms exist at a pixel's true class only:
/// `mean(class) > mean(pixel, …)` is therefore what Keras and PyTorch print, and
/// `mean(pixel, …) > mean(class)` counts every class alike. With label smoothing every class has a
/// share of the truth at every pixel, so there the terms exist everywhere.
package struct CategoricalCrossEntropy: Sendable {
  /// How far a probability is kept from 0 and 1; `nil` where the type of the file decides.
  package var epsilon: Double?
  package var form: Form
  /// The share of the truth that is spread over all classes.
  package var smoothing = 0.0
  /// α·(1 − p)^γ, which makes easy pixels count less.
  package var focus: Focus?
  /// Whether logits are made probabilities first.
  package var clipsLogits = false

  package enum Form: Sendable {
    /// p / Σp, then clipped (Keras `categorical_crossentropy`).
    case normalisedThenClipped
    /// Clipped, then p / Σp (TensorFlow's sparse form: a softmax over log p).
    case clippedThenNormalised
    /// As it is, then clipped (scikit-learn from 1.5 on).
    case asItIs
    /// Clipped, then p / Σp, in double precision (scikit-learn before 1.5).
    case clippedThenNormalisedInDouble
    /// p / Σp in double precision, then clipped (rows that are made to sum to 1 before scikit-learn has
    /// them).
    case normalisedInDouble
  }

  package struct Focus: Sendable {
    package var alpha: Double
    package var gamma: Double
  }

  /// Where a class has a term.
  package var terms: LossTable.TermDomain { smoothing > 0 ? .everyPixel : .ownPixels }

  /// Whether the frameworks' formula takes a truth between 0 and 1, one share a class; the others take
  /// labels.
  var takesShares: Bool { form == .normalisedThenClipped }

  /// Whether the loss can be computed for an oracle that tells one class from all others.
  package var isRepairable: Bool { smoothing == 0 && focus == nil }

  static let definition = MeasureDefinition(
    name: "ce",
    title: "categorical cross-entropy",
    formula: "−log(p_y / Σ p), clipped to [ε, 1−ε]; from logits log Σ eᶻ − z_y",
    source: "Keras 3, keras/src/backend/*/nn.py: categorical_crossentropy",
    parameters: parameters + [.clipLogits]
  ) {
    .categorical(
      .init(
        epsilon: $0["epsilon"], form: .normalisedThenClipped, smoothing: $0["label_smoothing"],
        clipsLogits: $0["clip_logits"] == 1))
  }

  static let sparseDefinition = MeasureDefinition(
    name: "sparse-ce",
    title: "sparse categorical cross-entropy",
    formula: "−log(p_y / Σ p) of p clipped to [ε, 1−ε]; from logits log Σ eᶻ − z_y",
    source: "Keras 3, keras/src/backend/tensorflow/nn.py: sparse_categorical_crossentropy",
    parameters: parameters
  ) {
    .categorical(
      .init(
        epsilon: $0["epsilon"], form: .clippedThenNormalised, smoothing: $0["label_smoothing"]))
  }

  static let logLossDefinition = MeasureDefinition(
    name: "categorical-log-loss",
    title: "log loss of scikit-learn, of several classes",
    formula:
      "−log p_y, p_y kept ε away from 0 and 1: 2⁻²³ in float32, 2⁻⁵² in float64 and of levels",
    source: "scikit-learn 1.9, sklearn/metrics/_classification.py: log_loss",
    parameters: [
      .machineEpsilon,
      .init(
        "normalised", 0, in: 0...2,
        "1: p_y / Σ p after the clip, as before scikit-learn 1.5; 2: before it, where you divide"),
    ]
  ) {
    .categorical(
      .init(
        epsilon: $0[optional: "epsilon"],
        form: $0["normalised"] == 1
          ? .clippedThenNormalisedInDouble
          : $0["normalised"] == 2 ? .normalisedInDouble : .asItIs))
  }

  static let focalDefinition = MeasureDefinition(
    name: "categorical-focal",
    title: "categorical focal cross-entropy",
    formula: "−α·(1−p_y)^γ·log p_y, p made to sum to 1 and clipped to [ε, 1−ε]",
    source: "Keras 3, keras/src/losses/losses.py: categorical_focal_crossentropy",
    parameters: [
      .init("gamma", 2, in: 0...100, "how strongly easy pixels are turned down"),
      .init("alpha", 1, in: 0...1e6, "what every term is multiplied by (Keras: 0.25)"),
      parameters[0], .clipLogits,
    ]
  ) {
    .categorical(
      .init(
        epsilon: $0["epsilon"], form: .normalisedThenClipped,
        focus: Focus(alpha: $0["alpha"], gamma: $0["gamma"]),
        clipsLogits: $0["clip_logits"] == 1))
  }

  private static let parameters: [MeasureDefinition.Parameter] = [
    .init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1"),
    .init(
      "label_smoothing", 0, in: 0...1, "the share of the truth that is spread over all classes"),
  ]
}
