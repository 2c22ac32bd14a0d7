internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Reports

/// Every key of pipeline.yml, once: to add one, write it here, and read it where it is used.
///
/// `unmask schema`, the table in docs/configuration.md and "did you mean" are made of this list.
package enum Keys {
  static let pipeline = Pipeline()

  struct Pipeline: KeyList {
    let version = Key("version", ValueTypes.version, default: "1", "The version of this format.")
    let decode = Key(
      "decode", ValueTypes.section(Decode()), "What the files hold and where they lie.")
    let batch = Key(
      "batch", ValueTypes.section(Batch()), otherwise: "the run is one batch",
      "Cuts the images into batches as a data loader does.")
    let tile = Key(
      "tile", ValueTypes.positive, default: "256",
      "The side of the tiles, in pixels, for chains that name `tile`.")
    let measure = Key(
      "measure", ValueTypes.measures,
      "What is measured: losses and scores, each with its parameters.")
    let reduce = Key(
      "reduce", ValueTypes.chains,
      "Chains by name: in which order the axes disappear, and how; see *reduce*.")
    let presets = Key(
      "presets", ValueTypes.presets, otherwise: "none",
      "Numbers of frameworks to recompute, or all that fit the predictions; see *presets*.")
    let weights = Key(
      "weights", ValueTypes.classWeights, orEmpty: "1 each",
      "What each class counts `by: class-weights`; a class that is not named counts 1.")
    let positiveWeights = Key(
      "positive_weights", ValueTypes.classWeights, orEmpty: "1 each",
      "What a class's own pixels count `times: positive-weights`, as PyTorch's `pos_weight`; a class that is not named counts 1."
    )
    let sampleWeight = Key(
      "sample_weight", ValueTypes.section(SampleWeight()), otherwise: "every pixel weighs 1",
      "What each pixel counts by `sample-weights`.")
    let diagnose = Key(
      "diagnose", ValueTypes.section(Diagnose()), orEmpty: "as below",
      "What is looked for in the numbers.")
    let accept = Key(
      "accept", ValueTypes.list(of: ValueTypes.choice(of: SetUpFault.Kind.self)),
      otherwise: "none",
      "Kinds of faults of the set-up that are meant so: they are still told, and withhold no verdict."
    )
    let report = Key(
      "report", ValueTypes.section(Report()), orEmpty: "as below", "What is written, and where.")

    var all: [any AnyKey] {
      [
        version, decode, batch, tile, measure, reduce, presets, weights, positiveWeights,
        sampleWeight, diagnose, accept, report,
      ]
    }
  }

  struct Decode: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.location, "Where the files of the predictions lie: see *Paths*.")
    let truth = Key("truth", ValueTypes.location, "Where the files of the truth lie: see *Paths*.")
    let kind = Key(
      "kind", ValueTypes.choice(of: Scheme.Kind.self),
      "What predictions hold, which is never guessed: a class a pixel (or a mask a class), probabilities, or logits."
    )
    let activation = Key(
      "activation", ValueTypes.choice(of: Scheme.Activation.self),
      otherwise: "needed for probabilities and logits",
      "`sigmoid`: classes are independent and may overlap; `softmax`: they exclude each other, and a pixel is predicted as its most probable class (of equal ones the first)."
    )
    let classes = Key(
      "classes", ValueTypes.classes,
      "The classes in the order of the planes; with `value` where a label map holds other numbers than the places in the list. A number names them *class 0*, *class 1*, …; a data set's name brings its names, numbers and colours, and what it does not evaluate where `ignore` is not written; see *Classes*."
    )
    let encoding = Key(
      "encoding", ValueTypes.encoding, default: "class",
      "What a number of a label map says: the label, or with it the number of an object; on both sides, or on each."
    )
    let reduceZeroLabel = Key(
      "reduce_zero_label", ValueTypes.zeroLabel, default: "false",
      "In the truth 0 is nothing and does not count, and every other label is one less; 255 stays. `{truth, predictions}` says so of each side."
    )
    let parts = Key(
      "parts", ValueTypes.maskParts, default: "one",
      "Whether the mask of a class is one file, or the union of all files that the path finds for it; for masks, on both sides or on each."
    )
    let absent = Key(
      "absent", ValueTypes.absentMasks, default: "missing",
      "Whether a class without a file is missing, which makes the image unusable, or its mask is empty; for masks, on both sides or on each."
    )
    let ignore = Key(
      "ignore", ValueTypes.ignored, otherwise: "none",
      "Truth labels (or colours) that do not count, for any class, or `unlisted` for every label that no class has; it concerns label maps, since a mask says yes or no."
    )
    let valid = Key(
      "valid", ValueTypes.overlay, otherwise: "all pixels exist",
      "Masks of the pixels that exist, such as a field of view: what is 0 there does not count, for any class, also with masks a class. A path with what the others capture, one file for all images, or an array."
    )
    let unclassed = Key(
      "unclassed", ValueTypes.sideLabels, otherwise: "none",
      "Where classes share labels (regions): truth labels that are no class and count, such as a background, on which what is predicted is a false alarm."
    )
    let axes = Key(
      "axes", ValueTypes.axes, otherwise: "the one order that fits the shape",
      "The axes of arrays, where the shape leaves a choice: one order for the predictions (and for the truth where it fits), or one for each."
    )
    let orientation = Key(
      "orientation", ValueTypes.section(Orientation()), otherwise: "as the scene was seen",
      "How the files lie where rows and columns were exchanged or reversed when they were saved.")
    let palette = Key(
      "palette", ValueTypes.palettes,
      otherwise: "decided by all palettes of a side together",
      "What of pictures with few colours are labels: the numbers in the file (`index`), or the greys or classes' colours that they show (`shown`)."
    )
    let names = Key(
      "names", ValueTypes.text("the path of a text file", for: "names.txt"),
      otherwise: "all images",
      "A text file with one image name a line: the names of the images of an array, in its order; for files, the images that count."
    )
    let colors = Key(
      "colors", ValueTypes.colors, otherwise: "label maps hold numbers",
      "The classes' colours, for label maps that are pictures.")
    let colorTolerance = Key(
      "color_tolerance",
      ValueTypes.whole(in: 0...127, "a whole number from 0 to 127") {
        ("\($0) is no difference of colours", "write between 0 and 127, as 8")
      }, default: "0",
      "By how much each part of a colour may differ from a class's, as JPEG leaves it; the pixels are counted."
    )
    let threshold = Key(
      "threshold", ValueTypes.thresholds, default: "0.5",
      "A class is predicted above it, or above its own, where one that is not named has 0.5; compared in the precision of the file; not used where classes exclude each other."
    )
    let thresholdTruth = Key(
      "threshold_truth",
      ValueTypes.number(in: 0...1, "a number from 0 to 1") {
        ("\(shortest($0)) is no share", "write a number from 0 to 1")
      }, otherwise: "masks say yes or no",
      "Cuts a soft truth, numbers from 0 to 1 such as the mean of several annotators: a class is true above it, for every measure."
    )
    let group = Key(
      "group", ValueTypes.text("a name that a path captures", for: "city"), otherwise: "none",
      "A name such as `city` that a path captures: written into `images.csv`, and drawn as a whole when intervals are made."
    )
    let quantised = Key(
      "quantised", ValueTypes.choice(of: Quantisation.self), default: "round",
      "How probabilities became levels: half a level to either side, or cut off as `(p*255).astype(uint8)` does; it changes no value, only *what rounding leaves open*."
    )

    var all: [any AnyKey] {
      [
        predictions, truth, kind, activation, classes, encoding, reduceZeroLabel, parts, absent,
        ignore, valid, unclassed, axes, orientation, palette, names, colors, colorTolerance,
        threshold, thresholdTruth, group, quantised,
      ]
    }
  }

  /// An item of `decode.classes` that is more than a name.
  struct Class: KeyList {
    let name = Key("name", ValueTypes.text, "What reports call the class.")
    let value = Key(
      "value", ValueTypes.classLabels, otherwise: "the place in the list, from 0",
      "What a label map holds where the class is: a label or several, the same in predictions and truth or not."
    )
    let color = Key(
      "color", ValueTypes.classColors, otherwise: "none",
      "What a label map that is a picture holds there.")

    var all: [any AnyKey] { [name, value, color] }
  }

  /// `value` of a class where the two sides differ.
  struct Labels: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.sideLabels, otherwise: "the place in the list, from 0",
      "What a predicted label map holds where the class is; `[]` where it never does.")
    let truth = Key(
      "truth", ValueTypes.sideLabels, otherwise: "the place in the list, from 0",
      "What a label map of the truth holds there.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.encoding` where the two sides differ.
  struct Encodings: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.labelEncoding, default: "class", "That of the predictions.")
    let truth = Key("truth", ValueTypes.labelEncoding, default: "class", "That of the truth.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.parts` where the two sides differ.
  struct Parts: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.choice(of: MaskFiles.Parts.self), default: "one",
      "That of predicted masks.")
    let truth = Key(
      "truth", ValueTypes.choice(of: MaskFiles.Parts.self), default: "one", "That of true masks.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.absent` where the two sides differ.
  struct AbsentMasks: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.choice(of: MaskFiles.Absent.self), default: "missing",
      "That of predicted masks.")
    let truth = Key(
      "truth", ValueTypes.choice(of: MaskFiles.Absent.self), default: "missing",
      "That of true masks.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.reduce_zero_label` where it is not the truth alone.
  struct ZeroLabels: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.bool, default: "false",
      "Whether predicted labels are one less as well, and a predicted 0 is no class.")
    let truth = Key("truth", ValueTypes.bool, default: "false", "Whether those of the truth are.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.axes` where the two sides differ.
  struct Axes: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.axisOrder, otherwise: "the one that fits",
      "The axes of the predictions.")
    let truth = Key(
      "truth", ValueTypes.axisOrder, otherwise: "the one that fits", "The axes of the truth.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.palette` where the two sides differ.
  struct Palette: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.choice(of: PaletteReading.self), otherwise: "decided by the files",
      "What of the predictions are labels.")
    let truth = Key(
      "truth", ValueTypes.choice(of: PaletteReading.self), otherwise: "decided by the files",
      "What of the truth are labels.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  /// `decode.orientation`.
  struct Orientation: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.choice(of: Turn.self), default: "none",
      "How the predictions lie.")
    let truth = Key(
      "truth", ValueTypes.choice(of: Turn.self), default: "none", "How the truth lies.")

    var all: [any AnyKey] { [predictions, truth] }
  }

  struct Batch: KeyList {
    let size = Key("size", ValueTypes.positive, "How many images a batch has.")
    let order = Key(
      "order", ValueTypes.choice(of: PipelineFile.ImageOrder.self),
      otherwise: "as the images were found",
      "Whether batches are cut in the order of the images' names, or of the array.")
    let dropLast = Key(
      "drop_last", ValueTypes.bool, default: "false",
      "Whether a last batch that is not full is left out, as data loaders can do.")

    var all: [any AnyKey] { [size, order, dropLast] }
  }

  struct SampleWeight: KeyList {
    let images = Key(
      "images", ValueTypes.text("the path of a `.csv` or `.npy` file", for: "weights.csv"),
      otherwise: "1 each",
      "One weight an image: lines `image,weight`, or an `.npy` of one float an image in the order of the run."
    )
    let pixels = Key(
      "pixels", ValueTypes.overlay, otherwise: "1 each",
      "One weight a pixel: planes of numbers from 0, as they stand in the file; paths as those of `valid`."
    )
    let firstClass = Key(
      "first_class", ValueTypes.classWeights, otherwise: "1 each",
      "What a pixel counts whose first true class in the list this is, which is what a lookup by arg max of the truth finds."
    )
    let noClass = Key(
      "no_class", ValueTypes.weight, otherwise: "the weight of the first class",
      "What a pixel of no class counts.")

    var all: [any AnyKey] { [images, pixels, firstClass, noClass] }
  }

  struct Diagnose: KeyList {
    let headline = Key(
      "headline", ValueTypes.headline, orEmpty: "as below",
      "The number that people look at: a measure by a chain, or what a preset prints."
    )
    let poor = Key(
      "poor", ValueTypes.poor, default: "iou < 0.5",
      "When a class fails, whatever the headline says.")
    let tolerance = Key(
      "tolerance",
      ValueTypes.share {
        ("\(shortest($0)) is no share of the headline's scale", "write 1% or 0.01")
      },
      otherwise: "the smaller of 1% and ½ / classes",
      "What a change must exceed to be seen, of the headline's scale: the best constant prediction's score less the truth's own."
    )
    let curves = Key(
      "curves", ValueTypes.bool, default: "false",
      "Counts how often each probability occurs also where planes are not 8-bit, for calibration and thresholds (`curves.csv`)."
    )
    let border = Key(
      "border",
      ValueTypes.whole(in: 1...1000, "a whole number from 1 to 1000") {
        ("a border of \($0) pixels to either side", "write between 1 and 1000, as 3")
      }, otherwise: "not counted",
      "Counts apart what is missed and wrongly taken within so many pixels of a class's border in the truth, for the finding `border`."
    )
    let bootstrap = Key(
      "bootstrap", ValueTypes.section(Bootstrap()), orEmpty: "as below",
      "How intervals are drawn, which say what other images of the kind would give.")

    var all: [any AnyKey] { [headline, poor, tolerance, curves, border, bootstrap] }
  }

  struct Headline: KeyList {
    let measure = Key(
      "measure", ValueTypes.text("one of the measures", for: "bce"),
      otherwise: "the first of `measure`",
      "Which of the measures it is.")
    let reduce = Key(
      "reduce", ValueTypes.text("the name of a chain", for: "keras"),
      otherwise: "the first of `reduce` that gives one number",
      "By which chain, which must leave no axis.")

    var all: [any AnyKey] { [measure, reduce] }
  }

  struct Bootstrap: KeyList {
    let replicates = Key(
      "replicates",
      ValueTypes.whole(in: 100...100_000, "a whole number from 100 to 100,000") {
        ("\($0) replicates", "write between 100 and 100,000; 2000 is usual")
      }, default: "2000", "How often images, or groups of them, are drawn.")
    let seed = Key(
      "seed", ValueTypes.whole, default: "1",
      "From which the draws follow, together with their number and the images' names alone.")
    let level = Key(
      "level",
      ValueTypes.number(in: 0.5...0.999, "a number from 0.5 to 0.999") {
        ("\(shortest($0)) is no level", "write for example 0.95")
      }, default: "0.95", "How sure intervals and verdicts are.")

    var all: [any AnyKey] { [replicates, seed, level] }
  }

  struct Report: KeyList {
    let to = Key(
      "to", ValueTypes.directory, default: "out", "The directory that the reports go to.")
    let formats = Key(
      "formats", ValueTypes.list(of: ValueTypes.choice(of: Format.self)),
      otherwise: "all",
      "Which reports are written.")

    var all: [any AnyKey] { [to, formats] }
  }
}

extension Keys {
  package static var paths: [String] { all.map(\.path) }

  /// Every key with its path, in the order of the documentation: `decode.classes[].name`.
  static let all = walk(pipeline.all, below: "")

  private static func walk(
    _ keys: [any AnyKey], below prefix: String
  ) -> [(path: String, key: any AnyKey)] {
    keys.flatMap { key in
      let path = prefix + key.name
      return [(path, key)] + walk(key.children.keys, below: "\(path)\(key.children.suffix).")
    }
  }

  /// Where a key belongs that has this name, or almost, as "did you mean" says it.
  static func home(of name: String) -> String? {
    guard let key = nearest(to: name, among: all.map(\.key.name)),
      let path = all.first(where: { $0.key.name == key })?.path
    else { return nil }
    return path == key ? "'\(key)' at the top level" : "'\(path)'"
  }
}
