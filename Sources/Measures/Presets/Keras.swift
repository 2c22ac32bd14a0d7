extension Preset {
  /// Keras, in its versions: what `evaluate` and `val_loss` print.
  static let keras: [Preset] = [
    Preset(
      "keras.binary_crossentropy", "compile(loss=\"binary_crossentropy\")",
      versions: "Keras 3.2 and later",
      "bce", "mean(class) > mean(pixel, image) > mean(batch, by: images)",
      note:
        "axis=-1 is the classes (channels last): the loss of a pixel is the mean over its classes. With channels first it is the image's width, and the final mean is still the same number. \"The sum of all individual losses\" in Keras' pages means outputs, not classes. A graph that still has its logits is not clipped; a saved probability is.",
      source: "keras 3.15.1: keras/src/losses/losses.py, keras/src/trainers/compile_utils.py",
      printed: 0.010196104645729065),
    Preset(
      "keras-3.0.binary_crossentropy", "compile(loss=\"binary_crossentropy\")",
      versions: "Keras 3.0 and 3.1",
      "bce", "mean(class) > mean(pixel, image) > mean(batch)",
      note: "A last batch that is not full counts as much as a full one (mended in 3.2, #19363).",
      source: "keras 3.1.1: keras/src/trainers/trainer.py, _loss_tracker.update_state(loss)",
      printed: 0.01040792278945446),
    Preset(
      "tf.keras.binary_crossentropy", "compile(loss=\"binary_crossentropy\")",
      versions: "tf.keras 2.2 to 2.15",
      "tf-keras-bce", "mean(class) > mean(pixel, image) > mean(batch, by: images)",
      note: "ε is added once more inside the logarithm.",
      source: "keras 2.15.0: keras/src/backend.py, binary_crossentropy"),
    Preset(
      "keras.categorical_crossentropy", "losses.CategoricalCrossentropy()",
      versions: "Keras 3",
      "ce", "sum(class) > mean(pixel, image) > mean(batch, by: images)",
      note: "The classes are added up, not averaged; a pixel of no class costs 0 and counts.",
      source: "keras 3.15.1: keras/src/losses/losses.py, categorical_crossentropy",
      printed: 0.028364073485136032),
    Preset(
      "keras.sparse_categorical_crossentropy", "losses.SparseCategoricalCrossentropy()",
      versions: "Keras 3 on TensorFlow",
      "sparse-ce", "sum(class) > mean(pixel, image) > mean(batch, by: images)",
      note: "Clipped first and normalised afterwards, unlike the dense form.",
      source: "keras 3.15.1: keras/src/backend/tensorflow/nn.py"),
    Preset(
      "keras.binary_focal_crossentropy", "losses.BinaryFocalCrossentropy(gamma=2)",
      versions: "Keras 3",
      "focal", "mean(class) > mean(pixel, image) > mean(batch, by: images)",
      source: "keras 3.15.1: keras/src/losses/losses.py, binary_focal_crossentropy"),
    Preset(
      "keras.mean_squared_error", "losses.MeanSquaredError()", versions: "Keras 3",
      "mse", "mean(class) > mean(pixel, image) > mean(batch, by: images)",
      source: "keras 3.15.1: keras/src/losses/losses.py, mean_squared_error"),
    Preset(
      "keras.mean_absolute_error", "losses.MeanAbsoluteError()", versions: "Keras 3",
      "mae", "mean(class) > mean(pixel, image) > mean(batch, by: images)",
      source: "keras 3.15.1: keras/src/losses/losses.py, mean_absolute_error"),
    Preset(
      "keras.dice", "compile(loss=losses.Dice())", versions: "Keras 3",
      "soft-dice", "pool(pixel, image, class) > score > mean(batch, by: images)",
      note:
        "Without an axis there is one Dice over all pixels, images and classes of a batch: large classes are all that it sees, and it depends on the size of the batch.",
      source: "keras 3.15.1: keras/src/losses/losses.py, dice(axis=None)"),
  ]
}
