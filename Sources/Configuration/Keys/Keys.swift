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
      "The classes in the order of the planes; with `value` where a label map holds other numbers than the places in the list."
    )
    let ignore = Key(
      "ignore", ValueTypes.ignored, otherwise: "none",
      "Truth labels that do not count, for any class, or `unlisted` for every label that no class has; it concerns label maps, since a mask says yes or no."
    )
    let axes = Key(
      "axes", ValueTypes.axes, otherwise: "the one order that fits the shape",
      "The axes of arrays, where the shape leaves a choice: one order for the predictions (and for the truth where it fits), or one for each."
    )
    let orientation = Key(
      "orientation", ValueTypes.section(Orientation()), otherwise: "as the scene was seen",
      "How the files lie where rows and columns were exchanged or reversed when they were saved.")
    let names = Key(
      "names", ValueTypes.text("the path of a text file", for: "names.txt"),
      otherwise: "all images",
      "A text file with one image name a line: the names of the images of an array, in its order; for files, the images that count."
    )
    let colors = Key(
      "colors", ValueTypes.colors, otherwise: "label maps hold numbers",
      "The classes' colours, for label maps that are pictures.")
    let threshold = Key(
      "threshold",
      ValueTypes.number(in: 0...1, "a number from 0 to 1") {
        ("\(shortest($0)) is no probability", "write a number from 0 to 1")
      }, default: "0.5",
      "A class is predicted above it, compared in the precision of the file; not used where classes exclude each other."
    )
    let group = Key(
      "group", ValueTypes.text("a name that a path captures", for: "city"), otherwise: "none",
      "A name such as `city` that a path captures: written into `images.csv`, and drawn as a whole when intervals are made."
    )
    let quantised = Key(
      "quantised", ValueTypes.choice(of: Quantisation.self), default: "round",
      "How probabilities became levels: half a level to either side, or cut off as `(p*255).astype(uint8)` does; it changes no value, only *what rounding leaves open*."
    )
  }

  /// An item of `decode.classes` that is more than a name.
  struct Class: KeyList {
    let name = Key("name", ValueTypes.text, "What reports call the class.")
    let value = Key(
      "value", ValueTypes.whole, otherwise: "the place in the list, from 0",
      "What a label map holds where the class is.")
    let color = Key(
      "color", ValueTypes.color, otherwise: "none",
      "What a label map that is a picture holds there.")
  }

  /// `decode.axes` where the two sides differ.
  struct Axes: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.axisOrder, otherwise: "the one that fits",
      "The axes of the predictions.")
    let truth = Key(
      "truth", ValueTypes.axisOrder, otherwise: "the one that fits", "The axes of the truth.")
  }

  /// `decode.orientation`.
  struct Orientation: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.choice(of: Turn.self), default: "none",
      "How the predictions lie.")
    let truth = Key(
      "truth", ValueTypes.choice(of: Turn.self), default: "none", "How the truth lies.")
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
  }

  struct SampleWeight: KeyList {
    let images = Key(
      "images", ValueTypes.text("the path of a `.csv` or `.npy` file", for: "weights.csv"),
      otherwise: "1 each",
      "One weight an image: lines `image,weight`, or an `.npy` of one float an image in the order of the run."
    )
    let firstClass = Key(
      "first_class", ValueTypes.classWeights, otherwise: "1 each",
      "What a pixel counts whose first true class in the list this is, which is what a lookup by arg max of the truth finds."
    )
    let noClass = Key(
      "no_class", ValueTypes.weight, otherwise: "the weight of the first class",
      "What a pixel of no class counts.")
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
  }

  struct Report: KeyList {
    let to = Key(
      "to", ValueTypes.directory, default: "out", "The directory that the reports go to.")
    let formats = Key(
      "formats", ValueTypes.list(of: ValueTypes.choice(of: Format.self)),
      otherwise: "all",
      "Which reports are written.")
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
