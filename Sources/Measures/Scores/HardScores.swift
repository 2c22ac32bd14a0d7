internal import Core

/// |A ∩ B| / |A ∪ B|; none for a class that is neither predicted nor true.
enum IoU {
  static let definition = MeasureDefinition(
    name: "iou", title: "IoU", formula: "TP / (TP + FP + FN)",
    source: "Jaccard 1912; as in cityscapesScripts, evalPixelLevelSemanticLabeling.py"
  ) { _ in .score { quotient($0.both, $0.union) } }
}

/// 2·|A ∩ B| / (|A| + |B|); none for a class that is neither predicted nor true.
enum Dice {
  static let definition = MeasureDefinition(
    name: "dice", title: "Dice", formula: "2·TP / (2·TP + FP + FN)",
    source: "Dice 1945; the same as F1"
  ) { _ in .score { quotient(2 * $0.both, $0.truth + $0.predicted) } }
}

/// The share of what was predicted that is true; none where nothing was predicted.
enum Precision {
  static let definition = MeasureDefinition(
    name: "precision", title: "precision", formula: "TP / (TP + FP)",
    source: "as in scikit-learn, but undefined rather than 0 where nothing was predicted"
  ) { _ in .score { quotient($0.both, $0.predicted) } }
}

/// The share of what is true that was predicted; none where nothing is true.
enum Recall {
  static let definition = MeasureDefinition(
    name: "recall", title: "recall", formula: "TP / (TP + FN)",
    source: "as in scikit-learn, but undefined rather than 0 where nothing is true"
  ) { _ in .score { quotient($0.both, $0.truth) } }
}

/// The share of pixels that were judged rightly.
///
/// Where classes overlap, each class is asked at each pixel: (TP + TN) / all. Where they exclude
/// each other a pixel is asked once: TP / (TP + FN), which pooled over the classes is the usual
/// pixel accuracy.
enum Accuracy {
  static let definition = MeasureDefinition(
    name: "accuracy", title: "accuracy",
    formula: "(TP + TN) / all; for exclusive classes TP / (TP + FN), pooled: pixel accuracy",
    source: "torchmetrics MultilabelAccuracy and MulticlassAccuracy; mmsegmentation aAcc, mAcc"
  ) { parameters in
    parameters.areClassesExclusive
      ? .score { quotient($0.both, $0.truth) }
      : .score { quotient($0.both + $0.neither, $0.pixels) }
  }
}

private func quotient(_ above: Int, _ below: Int) -> Double? {
  below == 0 ? nil : Double(above) / Double(below)
}
