internal import Core
internal import Decoding

// What the files of a run hold, and where they lie.
extension Keys {
  struct Decode: KeyList {
    let predictions = Key(
      "predictions", ValueTypes.location,
      "Where the files of the predictions lie: see *Paths*. Where the truth has no `{run}`, `{run}` stands for a directory of each run, with reports of its own."
    ).called("prediction", "preds", "pred", "y_pred", "outputs", "results")
    let truth = Key(
      "truth", ValueTypes.location, otherwise: "it is not known, and no verdict is possible",
      "Where the files of the truth lie: see *Paths*. Without it `unmask run` tells what predictions say alone: see docs/outlook.md."
    ).called(
      "ground_truth", "groundtruth", "gt", "labels", "label", "masks", "targets", "target",
      "annotations", "references", "y_true")
    let kind = Key(
      "kind", ValueTypes.choice(of: Scheme.Kind.self),
      "What predictions hold, which is never guessed: a class a pixel (or a mask a class), probabilities, or logits."
    ).called("type", "format")
    let activation = Key(
      "activation", ValueTypes.choice(of: Scheme.Activation.self),
      otherwise: "needed for probabilities and logits",
      "`sigmoid`: classes are independent and may overlap; `softmax`: they exclude each other, and a pixel is predicted as its most probable class (of equal ones the first)."
    )
    let classes = Key(
      "classes", ValueTypes.classes,
      "The classes in the order of the planes; with `value` where a label map holds other numbers than the places in the list. A number names them *class 0*, *class 1*, …; a data set's name brings its names, numbers and colours, and what it does not evaluate where `ignore` is not written; see *Classes*."
    ).called("num_classes", "nc", "class_names", "class_list")
    let encoding = Key(
      "encoding", ValueTypes.perSide(ValueTypes.labelEncoding, default: "class"), default: "class",
      "What a number of a label map says: the label, or with it the number of an object; on both sides, or on each."
    )
    let segments = Key(
      "segments",
      ValueTypes.perSide(
        ValueTypes.text("the path of a JSON file", for: "panoptic_val2017.json"),
        otherwise: "numbers are labels"),
      otherwise: "numbers are labels",
      "The panoptic JSON file (COCO's format) that lists which label each object has, for pictures that number objects as R + 256·G + 65536·B; labels are then its `category_id`, and 0 where there is no object."
    )
    let reduceZeroLabel = Key(
      "reduce_zero_label", ValueTypes.zeroLabel, default: "false",
      "In the truth 0 is nothing and does not count, and every other label is one less; 255 stays. `{truth, predictions}` says so of each side."
    )
    let parts = Key(
      "parts", ValueTypes.perSide(ValueTypes.choice(of: MaskFiles.Parts.self), default: "one"),
      default: "one",
      "Whether the mask of a class is one file, or the union of all files that the path finds for it; for masks, on both sides or on each."
    )
    let absent = Key(
      "absent",
      ValueTypes.perSide(ValueTypes.choice(of: MaskFiles.Absent.self), default: "missing"),
      default: "missing",
      "Whether a class without a file is missing, which makes the image unusable, or its mask is empty; for masks, on both sides or on each."
    )
    let ignore = Key(
      "ignore", ValueTypes.ignored, otherwise: "none",
      "Truth labels (or colours) that do not count, for any class, or `unlisted` for every label that no class has; it concerns label maps, since a mask says yes or no."
    ).called("ignore_index", "ignore_label", "ignore_class", "ignored", "void")
    let images = Key(
      "images", ValueTypes.overlay, otherwise: "the truth is drawn in grey",
      "The pictures themselves, PNG files of the truth's size, on which the worst places are drawn; paths as those of `valid`."
    )
    let valid = Key(
      "valid", ValueTypes.overlay, otherwise: "all pixels exist",
      "Masks of the pixels that exist, such as a field of view: what is 0 there does not count, for any class, also with masks a class. A path with what the others capture, one file for all images, or an array."
    )
    let unclassed = Key(
      "unclassed", ValueTypes.sideLabels, otherwise: "none",
      "Where classes are independent: truth labels that are no class and count, such as a background, on which what is predicted is a false alarm."
    )
    let axes = Key(
      "axes", ValueTypes.axes, otherwise: "the one order that fits the shape",
      "The axes of arrays, where the shape leaves a choice: one order for the predictions (and for the truth where it fits), or one for each."
    )
    let dtype = Key(
      "dtype", ValueTypes.dtype, otherwise: "what the files say",
      "What the numbers of arrays are whose files do not say it, as `ml_dtypes` calls it: NumPy saves bfloat16 and most kinds of float8 as raw bytes, and a tensor becomes an array by `.view(torch.uint16)`. One for the predictions, or one for each side."
    ).called("data_type", "precision")
    let orientation = Key(
      "orientation",
      ValueTypes.sides(SideKeys(ValueTypes.choice(of: Turn.self), default: "none")),
      otherwise: "as the scene was seen",
      "How the files lie where rows and columns were exchanged or reversed when they were saved.")
    let voxels = Key(
      "voxels", ValueTypes.choice(of: Scheme.Voxels.self), default: "header",
      "In which order the voxels of volumes are compared, where the files say how they lie in space (NIfTI): `header` takes those of the predictions in the order of the truth's, and refuses volumes that lie in different places; `stored` compares them as they are stored."
    )
    let resize = Key(
      "resize", ValueTypes.resize, otherwise: "both sides have one size",
      "Brings the planes of one side to the size of the other, before anything is decided, as a function of another library does it; labels and masks by a nearest rule only. The functions are in [formats](formats.md#changing-the-size)."
    )
    let palette = Key(
      "palette",
      ValueTypes.perSide(
        ValueTypes.choice(of: PaletteReading.self), otherwise: "decided by the files"),
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
      "A class is predicted above it, or above its own, where one that is not named has 0.5; compared in single precision, and in double where the file has it; not used where classes exclude each other."
    )
    let thresholdTruth = Key(
      "threshold_truth",
      ValueTypes.number(in: 0...1, "a number from 0 to 1") {
        ("\(shortest($0)) is no share", "write a number from 0 to 1")
      }, otherwise: "masks say yes or no",
      "Cuts a soft truth, numbers from 0 to 1 such as the mean of several annotators: a class is true above it, for every measure; with `soft_truth` for decisions alone, where it is 0.5 if it is not written."
    )
    let softTruth = Key(
      "soft_truth", ValueTypes.bool, default: "false",
      "Losses take a soft truth as it is, numbers from 0 to 1, as their framework does; decisions (IoU, recall, …) are compared with the truth that is cut. See *Soft truth*."
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
        predictions, truth, kind, activation, classes, encoding, segments, reduceZeroLabel, parts,
        absent, ignore, images, valid, unclassed, axes, dtype, orientation, voxels, resize, palette,
        names, colors, colorTolerance, threshold, thresholdTruth, softTruth, group,
        quantised,
      ]
    }
  }

  /// An item of `decode.classes` that is more than a name.
  struct Class: KeyList {
    let name = Key("name", ValueTypes.text, "What reports call the class.")
    let value = Key(
      "value", ValueTypes.classLabels, otherwise: "the place in the list, from 0",
      "What a label map holds where the class is: a label or several, the same in predictions and truth or not."
    ).called("id", "label", "labels", "index", "values", "train_id", "trainid", "label_value")
    let color = Key(
      "color", ValueTypes.classColors, otherwise: "none",
      "What a label map that is a picture holds there."
    ).called("colour", "rgb", "palette")

    var all: [any AnyKey] { [name, value, color] }
  }
}
