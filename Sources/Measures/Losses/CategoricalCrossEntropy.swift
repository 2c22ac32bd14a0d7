/// −log of the probability that the pixel's true class has among all classes
///
/// The classes of a pixel are made to sum to 1 first. Its terms exist at a pixel's true class only:
/// `mean(class) > mean(pixel, …)` is therefore what Keras and PyTorch print, and
/// `mean(pixel, …) > mean(class)` counts every class alike.
package struct CategoricalCrossEntropy: Sendable {
  package var epsilon: Double
  package var form: Form

  package enum Form: Sendable {
    /// p / Σp, then clipped (Keras `categorical_crossentropy`).
    case normalisedThenClipped
    /// Clipped, then p / Σp (TensorFlow's sparse form: a softmax over log p).
    case clippedThenNormalised
  }

  static let definition = MeasureDefinition(
    name: "ce",
    title: "categorical cross-entropy",
    formula: "−log(p_y / Σ p), clipped to [ε, 1−ε]; from logits log Σ eᶻ − z_y",
    source: "Keras 3, keras/src/backend/*/nn.py: categorical_crossentropy",
    parameters: [.init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1")]
  ) { .categorical(.init(epsilon: $0["epsilon"], form: .normalisedThenClipped)) }

  static let sparseDefinition = MeasureDefinition(
    name: "sparse-ce",
    title: "sparse categorical cross-entropy",
    formula: "−log(p_y / Σ p) of p clipped to [ε, 1−ε]; from logits log Σ eᶻ − z_y",
    source: "Keras 3, keras/src/backend/tensorflow/nn.py: sparse_categorical_crossentropy",
    parameters: [.init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1")]
  ) { .categorical(.init(epsilon: $0["epsilon"], form: .clippedThenNormalised)) }
}
