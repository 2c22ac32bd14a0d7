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

  /// In y_pred and y_hat the y says nothing; alone it is the truth of a training set, and P what was
  /// predicted.
  static func sayPredictions(_ words: Set<String>) -> Bool {
    !words.isDisjoint(with: predictions) || words.contains("p") && words.isDisjoint(with: truth)
  }

  static func sayTruth(_ words: Set<String>) -> Bool {
    !words.isDisjoint(with: truth) || words.contains("y") && !sayPredictions(words)
  }

  /// Whether what stands in front of an image's name says which side it is, or that it is a picture.
  static func isSide(_ head: String) -> Bool {
    let words = words(of: head)
    return sayTruth(words) || sayPredictions(words) || !words.isDisjoint(with: pictures)
  }

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
