extension Preset {
  /// Keras before 3.2, and tf.keras: the same losses with other constants and another epoch mean.
  static let kerasBefore: [Preset] = eras.flatMap { era in
    era.losses.map { loss in
      var preset = Preset(
        "\(era.id).\(loss.name)", loss.call, versions: era.versions, loss.measure,
        with: loss.parameters, "\(loss.chain) > \(era.epoch)",
        note: [loss.note, era.note].filter { !$0.isEmpty }.joined(separator: " "),
        source: era.source)
      preset.exceptions = loss.exceptions
      return preset
    }
  }

  private struct Era {
    var id: String
    var versions: String
    var epoch: String
    var note: String
    var source: String
    var losses: [Loss]
  }

  private struct Loss {
    var name: String
    var call: String
    var measure: String
    var parameters: [String: Double] = [:]
    var chain: String
    var note = ""
    var exceptions: [Exception] = []

    static func binary(_ measure: String) -> Loss {
      Loss(
        name: "binary_crossentropy", call: "compile(loss=\"binary_crossentropy\")",
        measure: measure, chain: "mean(class) > mean(pixel, image)",
        note: measure == "tf-keras-bce" ? "ε is added once more inside the logarithm." : "",
        exceptions: [ofSoftmax])
    }

    static func weighted(_ measure: String) -> Loss {
      Loss(
        name: "binary_crossentropy.sample_weight", call: "evaluate(x, y, sample_weight=w)",
        measure: measure, chain: "mean(class) > mean(pixel, image, times: sample-weights)",
        note:
          "The weights are not divided out. class_weight becomes the same weights, looked up at each pixel by the arg max of the truth (`first_class`)."
      )
    }

    static let categorical = Loss(
      name: "categorical_crossentropy", call: "compile(loss=\"categorical_crossentropy\")",
      measure: "ce", chain: "sum(class) > mean(pixel, image, ignored: 0)",
      exceptions: [zeroRows, .zeroTimesInfinity])

    static let sparse = Loss(
      name: "sparse_categorical_crossentropy",
      call: "compile(loss=\"sparse_categorical_crossentropy\")", measure: "sparse-ce",
      chain: "sum(class) > mean(pixel, image, ignored: 0)")
  }

  private static let eras: [Era] = [
    Era(
      id: "keras-3.0", versions: "Keras 3.0 and 3.1", epoch: "mean(batch)",
      note: "A last batch that is not full counts as much as a full one (mended in 3.2, #19363).",
      source: "keras 3.1.1: keras/src/backend/*/trainer.py, _loss_tracker.update_state(loss)",
      losses: [.binary("bce"), .weighted("bce"), .categorical, .sparse]),
    Era(
      id: "tf.keras", versions: "tf.keras 2.2 to 2.15", epoch: "mean(batch, by: images)", note: "",
      source: "keras 2.15.0: keras/src/backend.py, keras/src/engine/compile_utils.py",
      losses: [
        .binary("tf-keras-bce"), .weighted("tf-keras-bce"), smoothed, .categorical, .sparse,
      ]),
    Era(
      id: "tf.keras-2.0", versions: "tf.keras 2.0 and 2.1", epoch: "mean(batch)",
      note:
        "A last batch that is not full counts as much as a full one (tensorflow#38596). As read.",
      source: "TensorFlow issues 27993 and 38596; keras 2.15.0: keras/src/backend.py",
      losses: [.binary("tf-keras-bce")]),
    Era(
      id: "keras-2.3", versions: "Keras 2.3 on TensorFlow 2", epoch: "mean(batch, by: images)",
      note:
        "evaluate of arrays; evaluate_generator, and the validation of fit_generator, print the last batch alone. As read.",
      source:
        "keras 2.3.1: keras/backend/tensorflow_backend.py, keras/engine/training_generator.py",
      losses: [.binary("tf-keras-bce"), .weighted("tf-keras-bce"), .categorical]),
    Era(
      id: "keras-2.2", versions: "Keras 2.1 and 2.2 on TensorFlow",
      epoch: "mean(batch, by: images)", note: "As read.",
      source:
        "keras 2.2.5: keras/backend/tensorflow_backend.py, keras/engine/training_utils.py: weighted_masked_objective",
      losses: [.binary("keras-2-bce"), oldWeighted, .categorical, .sparse]),
  ]

  private static let smoothed = Loss(
    name: "binary_crossentropy.label_smoothing",
    call: "losses.BinaryCrossentropy(label_smoothing=0.1)", measure: "tf-keras-bce",
    parameters: ["label_smoothing": 0.1], chain: "mean(class) > mean(pixel, image)",
    exceptions: [ofSoftmax])

  private static let oldWeighted = Loss(
    name: "binary_crossentropy.sample_weight", call: "evaluate(x, y, sample_weight=w)",
    measure: "keras-2-bce",
    chain: "mean(class) > mean(pixel) > mean(image, times: sample-weights)",
    note:
      "Weights are one an image, and are not divided out; but a batch is divided by the share of its images whose weight is not 0, so this holds where no weight is 0."
  )
}
