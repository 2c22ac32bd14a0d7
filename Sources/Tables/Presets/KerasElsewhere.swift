internal import Counting

extension Preset {
  /// Keras 3 on PyTorch or JAX, where it prints another number than on TensorFlow.
  ///
  /// On TensorFlow a loss looks for the logits behind a sigmoid or softmax and is exact; elsewhere it is
  /// given the probabilities, clips them, and a pixel that is wrong with p = 1 costs 15.94.
  static let kerasElsewhere: [Preset] = [
    Preset(
      "keras.binary_crossentropy.torch-jax",
      "compile(loss=\"binary_crossentropy\") behind a sigmoid",
      versions: elsewhere, "bce", with: ["clip_logits": 1], "mean(class) > \(byImages)",
      note: clipped,
      source: "keras 3.15.1: keras/src/backend/torch/nn.py, jax/nn.py: binary_crossentropy"
    ).except(.surelyWrong("Keras")),
    Preset(
      "keras.categorical_crossentropy.torch-jax",
      "compile(loss=\"categorical_crossentropy\") behind a softmax", versions: elsewhere,
      "ce", with: ["clip_logits": 1], categorically, note: clipped,
      source: "keras 3.15.1: keras/src/backend/torch/nn.py, jax/nn.py: categorical_crossentropy"
    ).except(zeroRows),
    Preset(
      "keras.sparse_categorical_crossentropy.torch-jax",
      "compile(loss=\"sparse_categorical_crossentropy\") behind a softmax", versions: elsewhere,
      "ce", with: ["clip_logits": 1], categorically,
      note:
        "Normalised first and clipped afterwards, as the dense form; TensorFlow does the reverse, which shows where rows do not sum to 1, and where they are all 0. \(clipped)",
      source:
        "keras 3.15.1: keras/src/backend/torch/nn.py, jax/nn.py: sparse_categorical_crossentropy"
    ).except(zeroRows),
    Preset(
      "keras.binary_focal_crossentropy.torch-jax",
      "losses.BinaryFocalCrossentropy(gamma=2, from_logits=True)", versions: elsewhere,
      "focal", with: ["clip_logits": 1], "mean(class) > \(byImages)",
      note: "from_logits takes the sigmoid and forgets the logits. \(clipped)",
      source: "\(kerasLosses), binary_focal_crossentropy"
    ).except(.surelyWrong("Keras")),
  ]

  private static let elsewhere = "Keras 3 on PyTorch or JAX (3.15 was run)"
  private static let clipped =
    "Of saved probabilities it is the number of every backend, of logits that of the clipped probabilities."
}
