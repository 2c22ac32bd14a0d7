/// What the names of directories and files say of what is in them.
enum Roles {
  static let truth = [
    "gt", "gtfine", "truth", "groundtruth", "ground", "label", "labels", "labelid", "labelids",
    "labelsts", "labelstr", "labeltrainids", "mask", "masks", "annotation", "annotations", "anno",
    "segmentationclass", "segmentationclassaug", "target", "targets", "stuffthingmaps", "reference",
    "true",
  ]
  static let predictions = [
    "pred", "preds", "prediction", "predictions", "predicted", "predict", "output", "outputs",
    "result", "results", "prob", "probs", "probabilities", "logits", "inference", "infer",
    "run", "runs", "softmax", "sigmoid", "predictionsts", "yhat",
  ]
  static let pictures = [
    "image", "images", "img", "imgs", "leftimg8bit", "jpegimages", "imagests", "imagestr", "photos",
    "photo", "rgb", "x", "input", "inputs", "scan", "scans", "features", "weights",
  ]
  private static let parts = ["train", "training", "val", "valid", "validation", "test", "testing"]

  /// Whether a directory's name says what is in it, and so is no image and no class.
  static func isRole(_ name: String) -> Bool {
    !name.contains(where: \.isASCIIDigit)
      && !words(of: name).isDisjoint(with: truth + predictions + pictures + parts)
  }

  /// `gtFine_labelIds` has gtfine and labelids, and as a whole gtfinelabelids.
  static func words(of text: String) -> Set<String> {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    return Set(words + [words.joined()])
  }
}
