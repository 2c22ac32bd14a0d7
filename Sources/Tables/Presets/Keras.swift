internal import Counting

extension Preset {
  /// Keras 3.2 and later: what `evaluate` and `val_loss` print, and what a loss says of one call.
  static let keras: [Preset] = kerasEvaluated + kerasRatios + kerasCalls + kerasMetrics

  /// Ignored pixels are rows of zeros in the truth, or have a weight of 0: they cost 0 and count.
  static let categorically = "sum(class) > mean(pixel, image, ignored: 0) > mean(batch, by: images)"
  static let zeroRows = Exception.zeroRows(
    "where all probabilities of a pixel are 0, Keras divides 0 by 0")
  /// Behind a softmax; the logits of a sigmoid are exact in Keras too.
  static let ofSoftmax = Exception.surelyWrongOfSoftmax("Keras")
  private static let smoothsIgnored = Exception.ignoredPixels(
    "Keras smooths the truth of ignored pixels too, a row of zeros")

  static let byImages = "mean(pixel, image) > mean(batch, by: images)"
  static let weighted =
    "mean(class) > mean(pixel, image, times: sample-weights) > mean(batch, by: images)"
  static let kerasLosses = "keras 3.15.1: keras/src/losses/losses.py"
  static let everything = "mean(class, pixel, image, batch)"

  private static let classWeightNote =
    "One weight an image is w[:, None, None]: of the shape (images,) Keras weighs the columns of every image, or refuses. Pixels count what sample_weight says; the weights are not divided out, so 1000 for a class multiplies the loss. class_weight becomes the same weights where Keras looks them up at each pixel (from a tf.data pipeline): the arg max of the truth, `first_class`."

  /// A loss at every pixel, its mean over the images of a batch, and the mean of the batches by
  /// their images.
  private static let kerasEvaluated: [Preset] = [
    Preset(
      "keras.binary_crossentropy", "compile(loss=\"binary_crossentropy\")",
      versions: "Keras 3.2 and later", "bce", "mean(class) > \(byImages)",
      note:
        "axis=-1 is the classes (channels last): the loss of a pixel is the mean over its classes. With channels first it is the image's width, and the final mean is still the same number. \"The sum of all individual losses\" in Keras' pages means outputs, not classes. A graph that still has its logits is not clipped; a saved probability is.",
      source: "\(kerasLosses), keras/src/trainers/compile_utils.py"
    ).except(ofSoftmax),
    Preset(
      "keras.binary_crossentropy.sample_weight",
      "evaluate(x, y, sample_weight=w), w of the shape (images, rows, columns)",
      versions: "Keras 3.2 and later", "bce", weighted, note: classWeightNote,
      source: "keras 3.15.1: keras/src/losses/loss.py, reduce_weighted_values"
    ).except(ofSoftmax),
    Preset(
      "keras.binary_crossentropy.label_smoothing",
      "losses.BinaryCrossentropy(label_smoothing=0.1)", versions: "Keras 3.2 and later",
      "bce", with: ["label_smoothing": 0.1], "mean(class) > \(byImages)",
      note: "A perfect and saturated prediction costs 0.8: the truth is 0.05 and 0.95.",
      source: "\(kerasLosses), binary_crossentropy"
    ).except(ofSoftmax),
    Preset(
      "keras.binary_crossentropy.from_logits", "losses.BinaryCrossentropy(from_logits=True)",
      versions: "Keras 3.2 and later", "bce", "mean(class) > \(byImages)",
      for: .independentLogits, note: "From logits nothing is clipped.",
      source: "\(kerasLosses), binary_crossentropy"),
    Preset(
      "keras.categorical_crossentropy", "compile(loss=\"categorical_crossentropy\")",
      versions: "Keras 3.2 and later", "ce", categorically,
      note:
        "The classes are added up, not averaged; a pixel of no class, or that is ignored, costs 0 and counts.",
      source: "\(kerasLosses), categorical_crossentropy"
    ).except(.zeroTimesInfinity, zeroRows),
    Preset(
      "keras.categorical_crossentropy.sample_weight",
      "compile(loss=\"categorical_crossentropy\"); evaluate(x, y, sample_weight=w), w of the shape (images, rows, columns)",
      versions: "Keras 3.2 and later", "ce",
      "sum(class) > mean(pixel, image, times: sample-weights, ignored: 0) > mean(batch, by: images)",
      note: classWeightNote,
      source: "keras 3.15.1: keras/src/losses/loss.py, reduce_weighted_values"
    ).except(.zeroTimesInfinity, zeroRows),
    Preset(
      "keras.categorical_crossentropy.label_smoothing",
      "losses.CategoricalCrossentropy(label_smoothing=0.1)", versions: "Keras 3.2 and later",
      "ce", with: ["label_smoothing": 0.1], categorically,
      source: "\(kerasLosses), categorical_crossentropy"
    ).except(zeroRows, smoothsIgnored),
    Preset(
      "keras.categorical_crossentropy.from_logits",
      "losses.CategoricalCrossentropy(from_logits=True)", versions: "Keras 3.2 and later",
      "ce", categorically, for: .exclusiveLogits,
      note: "From logits nothing is clipped.", source: "\(kerasLosses), categorical_crossentropy"
    ).except(.zeroTimesInfinity),
    Preset(
      "keras.sparse_categorical_crossentropy",
      "compile(loss=\"sparse_categorical_crossentropy\")",
      versions: "Keras 3.2 and later on TensorFlow", "sparse-ce", categorically,
      note:
        "Clipped first and normalised afterwards, unlike the dense form, and in single precision: its own number is 2e-6 off on the sample.",
      source: "keras 3.15.1: keras/src/backend/tensorflow/nn.py"),
    Preset(
      "keras.sparse_categorical_crossentropy.ignore_class",
      "losses.SparseCategoricalCrossentropy(ignore_class=255)",
      versions: "Keras 3.2 and later on TensorFlow", "sparse-ce",
      "mean(class) > mean(pixel, image) > mean(batch, by: images else 0)",
      note:
        "Within a batch the mean is over the pixels that have a class; batches then count by their images, whatever was ignored in them, and one without a counted pixel is 0.",
      source: "keras 3.15.1: keras/src/losses/loss.py, apply_mask"),
    Preset(
      "keras.binary_focal_crossentropy", "losses.BinaryFocalCrossentropy(gamma=2)",
      versions: "Keras 3.2 and later", "focal", "mean(class) > \(byImages)",
      note: "Without apply_class_balancing alpha is not used.",
      source: "\(kerasLosses), binary_focal_crossentropy"
    ).except(ofSoftmax),
    Preset(
      "keras.binary_focal_crossentropy.balanced",
      "losses.BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.25, gamma=2)",
      versions: "Keras 3.2 and later", "focal", with: ["alpha": 0.25], "mean(class) > \(byImages)",
      note:
        "alpha is what the class's own pixels count, the others 1 − alpha: 0.25 turns a rare class down.",
      source: "\(kerasLosses), binary_focal_crossentropy"
    ).except(ofSoftmax),
    Preset(
      "keras.categorical_focal_crossentropy",
      "losses.CategoricalFocalCrossentropy(alpha=0.25, gamma=2)", versions: "Keras 3.2 and later",
      "categorical-focal", with: ["alpha": 0.25, "clip_logits": 1], categorically,
      note: "One alpha multiplies every class alike, so it only scales the loss.",
      source: "\(kerasLosses), categorical_focal_crossentropy"
    ).except(zeroRows),
    Preset(
      "keras.mean_squared_error", "compile(loss=\"mean_squared_error\")",
      versions: "Keras 3.2 and later", "mse", "mean(class) > \(byImages)",
      source: "\(kerasLosses), mean_squared_error"),
    Preset(
      "keras.mean_absolute_error", "compile(loss=\"mean_absolute_error\")",
      versions: "Keras 3.2 and later", "mae", "mean(class) > \(byImages)",
      source: "\(kerasLosses), mean_absolute_error"),
  ]

  private static let allAtOnce =
    "Without an axis there is one ratio over all pixels, images and classes of a batch: large classes are all that it sees, and it depends on the size of the batch. \(singlePrecision)"

  private static let swapped =
    "What Keras calls a false positive is (1 − p)·t: its alpha weighs misses. \(singlePrecision)"

  /// Losses that exist only for many pixels together.
  private static let kerasRatios: [Preset] = [
    Preset(
      "keras.dice", "compile(loss=losses.Dice())", versions: "Keras 3.2 and later",
      "soft-dice", "pool(pixel, image, class) > score > mean(batch, by: images)",
      note: allAtOnce, source: "\(kerasLosses), dice(axis=None)"),
    Preset(
      "keras.dice.axis-1-2-3", "losses.Dice(axis=(1, 2, 3))", versions: "Keras 3.4 and later",
      "soft-dice", "pool(pixel, class) > score > mean(image, batch)",
      note: "One ratio an image, of all its classes. \(singlePrecision)",
      source: "\(kerasLosses), dice"),
    Preset(
      "keras.dice.axis-1-2", "losses.Dice(axis=(1, 2))", versions: "Keras 3.4 and later",
      "soft-dice", "pool(pixel) > score > mean(image, class, batch)",
      note:
        "One ratio an image and class. A class that is not in an image has a loss of 1 for any trace of it: only the denominator is smoothed. \(singlePrecision)",
      source: "\(kerasLosses), dice"),
    Preset(
      "keras.dice.axis-0-1-2", "losses.Dice(axis=(0, 1, 2))", versions: "Keras 3.4 and later",
      "soft-dice", "pool(pixel, image) > score > mean(class) > mean(batch, by: images)",
      note: "One ratio a class, over the images of a batch. \(singlePrecision)",
      source: "\(kerasLosses), dice"),
    Preset(
      "keras.tversky", "compile(loss=losses.Tversky(alpha=0.5, beta=0.5))",
      versions: "Keras 3.7 and later (3.7 was read, 3.15 was run)", "tversky",
      "pool(pixel, image, class) > score > mean(batch, by: images)", note: allAtOnce,
      source: "\(kerasLosses), tversky"),
    Preset(
      "keras.tversky.axis-1-2", "losses.Tversky(alpha=0.7, beta=0.3, axis=(1, 2))",
      versions: "Keras 3.15 (3.7 has no axis)", "tversky", with: ["alpha": 0.3, "beta": 0.7],
      "pool(pixel) > score > mean(image, class, batch)", note: swapped,
      source: "\(kerasLosses), tversky"),
  ]

  /// A loss called once on the whole set.
  private static let kerasCalls: [Preset] = [
    Preset(
      "keras.BinaryCrossentropy.sum", "losses.BinaryCrossentropy(reduction=\"sum\")(t, p)",
      versions: "Keras 3.2 and later", "bce", "mean(class) > sum(pixel, image, batch)",
      note: "The classes are averaged all the same; only pixels and images are added up.",
      source: "keras 3.15.1: keras/src/losses/loss.py, reduce_values"
    ).except(ofSoftmax),
    Preset(
      "keras.BinaryCrossentropy.sum.sample_weight",
      "losses.BinaryCrossentropy(reduction=\"sum\")(t, p, sample_weight=w)",
      versions: "Keras 3.2 and later", "bce",
      "mean(class) > sum(pixel, image, batch, times: sample-weights)",
      source: "keras 3.15.1: keras/src/losses/loss.py, reduce_weighted_values"
    ).except(ofSoftmax),
    Preset(
      "keras.BinaryCrossentropy.mean_with_sample_weight",
      "losses.BinaryCrossentropy(reduction=\"mean_with_sample_weight\")(t, p, sample_weight=w)",
      versions: "Keras 3.7 and later", "bce",
      "mean(class) > mean(pixel, image, batch, by: sample-weights)",
      note: "The only reduction of Keras that divides by the weights.",
      source: "keras 3.15.1: keras/src/losses/loss.py, reduce_values"
    ).except(ofSoftmax),
    Preset(
      "keras.BinaryCrossentropy.mean_with_sample_weight.images",
      "losses.BinaryCrossentropy(reduction=\"mean_with_sample_weight\")(t, p, sample_weight=w[:, None, None])",
      versions: "Keras 3.7 and later", "bce",
      "mean(class) > sum(pixel) > mean(image, batch, by: sample-weights)",
      note:
        "With one weight an image Keras divides by the weights before they are spread over the pixels: the number is height · width times too large. Only for `sample_weight: {images: …}`.",
      source: "keras 3.15.1: keras/src/losses/loss.py, reduce_values"
    ).except(ofSoftmax),
    Preset(
      "keras.Dice", "losses.Dice()(t, p)", versions: "Keras 3.2 and later", "soft-dice",
      "pool(batch, image, pixel, class) > score", note: singlePrecision,
      source: "\(kerasLosses), dice(axis=None)"),
    Preset(
      "keras.Dice.axis-0-1-2", "losses.Dice(axis=(0, 1, 2))(t, p)",
      versions: "Keras 3.4 and later", "soft-dice",
      "pool(batch, image, pixel) > score > mean(class)", note: singlePrecision,
      source: "\(kerasLosses), dice"),
    Preset(
      "keras.Tversky.alpha-0.7", "losses.Tversky(alpha=0.7, beta=0.3)(t, p)",
      versions: "Keras 3.7 and later (3.7 was read, 3.15 was run)", "tversky",
      with: ["alpha": 0.3, "beta": 0.7], "pool(batch, image, pixel, class) > score", note: swapped,
      source: "\(kerasLosses), tversky"),
  ]

  private static let singlePrecision =
    "TensorFlow adds in single precision: on the sample's 655,360 pixels its own number is up to 0.1 % off."

  private static let kerasMetrics: [Preset] = [
    Preset(
      "keras.BinaryAccuracy", "metrics.BinaryAccuracy()", versions: "Keras 3 (3.15 was run)",
      "binary-accuracy", "pool(batch, image, pixel, class) > score", for: .independent,
      note: "Every class is asked at every pixel: what is not a rare class makes it high.",
      source: "keras 3.15.1: keras/src/metrics/accuracy_metrics.py"),
    Preset(
      "keras.BinaryIoU", "metrics.BinaryIoU(target_class_ids=[0, 1]), averaged over classes",
      versions: "Keras 3 (3.15 was run)", "binary-iou", with: ["ties": 1],
      "pool(batch, image, pixel) > score > mean(class)", for: .independent,
      note:
        "What is not the class counts as much as the class: a class never found has nearly 0.5. A probability exactly at the threshold is predicted.",
      source: "keras 3.15.1: keras/src/metrics/iou_metrics.py"),
    Preset(
      "keras.OneHotMeanIoU", "metrics.OneHotMeanIoU(num_classes)",
      versions: "Keras 3 (3.15 was run)", "iou", "pool(batch, image, pixel) > score > mean(class)",
      for: .exclusive,
      note:
        "The arg max of the truth is taken too: a pixel of no class becomes one of the first class.",
      source: "keras 3.15.1: keras/src/metrics/iou_metrics.py"),
  ]
}
