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
    let ready = Key(
      "ready", ValueTypes.section(Ready()), otherwise: "they are taken as they are",
      "How one knows that the predictions are complete; until then `unmask run` ends with 75, and nothing is written."
    )
    let batch = Key(
      "batch", ValueTypes.section(Batch()), otherwise: "the run is one batch",
      "Cuts the images into batches as a data loader does.")
    let tile = Key(
      "tile", ValueTypes.tiling, default: "256",
      "The tiles of chains that name `tile`: the side of squares, in pixels (of a volume each slice is cut), or `slice`, the slices of a volume."
    )
    let measure = Key(
      "measure", ValueTypes.measures,
      "What is measured: losses and scores, each with its parameters."
    ).called("measures", "metric", "metrics", "loss", "losses", "score", "scores")
    let reduce = Key(
      "reduce", ValueTypes.chains,
      "Chains by name: in which order the axes disappear, and how; see *reduce*.")
    let presets = Key(
      "presets", ValueTypes.presets, otherwise: "none",
      "Numbers of frameworks to recompute, or all that fit the predictions; see *presets*.")
    let weights = Key(
      "weights", ValueTypes.classWeights, orEmpty: "1 each",
      "What each class counts `by: class-weights`; a class that is not named counts 1."
    ).called("class_weight", "class_weights", "weight")
    let notAveraged = Key(
      "not_averaged", ValueTypes.classNames, otherwise: "all classes are averaged",
      "Classes that are evaluated and left out where classes are combined, such as a background: their pixels count, what is predicted on them is a false alarm, and no mean over classes, preset or verdict has them."
    )
    let positiveWeights = Key(
      "positive_weights", ValueTypes.classWeights, orEmpty: "1 each",
      "What a class's own pixels count `times: positive-weights`, as PyTorch's `pos_weight`; a class that is not named counts 1."
    ).called("pos_weight", "pos_weights", "positive_weight")
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
    let check = Key(
      "check", ValueTypes.list(of: ValueTypes.section(Check())), otherwise: "none",
      "Limits by which `unmask check` fails a build; see *check*."
    ).called("gates", "checks", "gate", "assert", "thresholds")
    let accepted = Key(
      "accepted", ValueTypes.list(of: ValueTypes.section(Accepted())), otherwise: "none",
      "Checks that are known to fail, each until a day and with a reason.")
    let baseline = Key(
      "baseline", ValueTypes.text("a path", for: "baseline.json"), default: "baseline.json",
      "What `unmask baseline accept` writes, and checks against a baseline are held to.")
    let reference = Key(
      "reference", ValueTypes.text("a run's directory", for: "validation"),
      otherwise: "nothing to compare with",
      "Where `truth` is left out: an earlier run, with its evidence, of the same model; what is predicted now is held against it, and what a prediction was worth there says what to expect. See docs/outlook.md."
    )
    let report = Key(
      "report", ValueTypes.section(Report()), orEmpty: "as below", "What is written, and where.")

    var all: [any AnyKey] {
      [
        version, decode, ready, batch, tile, measure, reduce, presets, weights, notAveraged,
        positiveWeights, sampleWeight, diagnose, accept, check, accepted,
        baseline, reference, report,
      ]
    }
  }

  struct Ready: KeyList {
    let marker = Key(
      "marker", ValueTypes.text("a file's name", for: "_SUCCESS"), otherwise: "none is waited for",
      "A file in the directory of the predictions that the job which writes them writes last.")
    let quiet = Key(
      "quiet", ValueTypes.positive, otherwise: "files may have changed just now",
      "For how many seconds none of their files may have changed.")

    var all: [any AnyKey] { [marker, quiet] }
  }

  struct Batch: KeyList {
    let size = Key("size", ValueTypes.positive, "How many images a batch has.")
    let order = Key(
      "order", ValueTypes.choice(of: PipelineFile.ImageOrder.self),
      otherwise: "that of an array where a side is one, else of the names",
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
      "How sure verdicts are: draws of the images, and the level of verdicts and intervals.")

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
      otherwise: "all but those of particular places",
      "Which reports are written.")
    let csv = Key(
      "csv", ValueTypes.choice(of: CSVDialect.self), default: "plain",
      "Who reads the CSV files: data frames, or Excel by a double click where the decimal sign is a point or, as `excel-eu`, a comma."
    )

    let name = Key(
      "name", ValueTypes.text("a name", for: "nightly"), otherwise: "none",
      "What metrics call the run, as a label, where several runs are watched.")

    let pictures = Key(
      "pictures", ValueTypes.bool, default: "true",
      "Whether the worst places of failing classes are drawn, for `markdown` and `html`.")

    var all: [any AnyKey] { [to, formats, csv, name, pictures] }
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
    guard let key = all.map(\.key).name(meantBy: name),
      let path = all.first(where: { $0.key.name == key })?.path
    else { return nil }
    return path == key ? "'\(key)' at the top level" : "'\(path)'"
  }
}
