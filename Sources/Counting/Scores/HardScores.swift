internal import Core

/// |A ∩ B| / |A ∪ B|; none for a class that is neither predicted nor true.
enum IoU {
  static let definition = MeasureDefinition(
    name: "iou", title: "IoU", formula: "TP / (TP + FP + FN)",
    source: "Jaccard 1912; as in cityscapesScripts, evalPixelLevelSemanticLabeling.py",
    parameters: [.ties]
  ) { .score(.each { quotient($0.both, $0.union) }, ties: $0.takesTies) }
}

/// 2·|A ∩ B| / (|A| + |B|); none for a class that is neither predicted nor true.
enum Dice {
  static let definition = MeasureDefinition(
    name: "dice", title: "Dice", formula: "2·TP / (2·TP + FP + FN)",
    source: "Dice 1945; the same as F1", parameters: [.ties]
  ) { .score(.each { quotient(2 * $0.both, $0.truth + $0.predicted) }, ties: $0.takesTies) }
}

/// The share of what was predicted that is true; none where nothing was predicted.
enum Precision {
  static let definition = MeasureDefinition(
    name: "precision", title: "precision", formula: "TP / (TP + FP)",
    source: "as in scikit-learn, but undefined rather than 0 where nothing was predicted",
    parameters: [.ties, .zeroDivision]
  ) { parameters in
    let none = parameters[optional: "zero_division"]
    return .score(
      .each { quotient($0.both, $0.predicted) ?? $0.ifSomewhere(none) },
      ties: parameters.takesTies)
  }
}

/// The share of what is true that was predicted; none where nothing is true.
enum Recall {
  static let definition = MeasureDefinition(
    name: "recall", title: "recall", formula: "TP / (TP + FN)",
    source: "as in scikit-learn, but undefined rather than 0 where nothing is true",
    parameters: [.ties, .zeroDivision]
  ) { parameters in
    let none = parameters[optional: "zero_division"]
    return .score(
      .each { quotient($0.both, $0.truth) ?? $0.ifSomewhere(none) }, ties: parameters.takesTies)
  }
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
    source: "torchmetrics MultilabelAccuracy and MulticlassAccuracy; mmsegmentation aAcc, mAcc",
    parameters: [.ties, .zeroDivision]
  ) { parameters in
    let none = parameters[optional: "zero_division"]
    return parameters.areClassesExclusive
      ? .score(.each { quotient($0.both, $0.truth) ?? $0.ifSomewhere(none) })
      : .score(
        .each { quotient($0.both + $0.neither, $0.pixels) }, ties: parameters.takesTies)
  }
}

/// The share of what is not the class that was not predicted as it; none where all is the class.
enum Specificity {
  static let definition = MeasureDefinition(
    name: "specificity", title: "specificity", formula: "TN / (TN + FP)",
    source: "MONAI ConfusionMatrixMetric(metric_name=\"specificity\")", parameters: [.ties]
  ) {
    .score(.each { quotient($0.neither, $0.neither + $0.onlyPredicted) }, ties: $0.takesTies)
  }
}

/// The mean of recall and specificity; none where one of them has nothing to look at.
enum BalancedAccuracy {
  static let definition = MeasureDefinition(
    name: "balanced-accuracy", title: "balanced accuracy",
    formula: "(TP / (TP + FN) + TN / (TN + FP)) / 2",
    source: "segmentation_models_pytorch 0.6.0: metrics/functional.py, balanced_accuracy",
    parameters: [.ties]
  ) { parameters in
    .score(
      .each {
        guard let recall = quotient($0.both, $0.truth),
          let specificity = quotient($0.neither, $0.neither + $0.onlyPredicted)
        else { return nil }
        return (recall + specificity) / 2
      }, ties: parameters.takesTies)
  }
}

/// The share of pixels at which a class was judged rightly, each class asked at each pixel, also
/// where classes exclude each other.
enum BinaryAccuracy {
  static let definition = MeasureDefinition(
    name: "binary-accuracy", title: "accuracy, class by class", formula: "(TP + TN) / all",
    source: "Keras BinaryAccuracy; segmentation_models_pytorch accuracy; 1 − Hamming distance",
    parameters: [.ties]
  ) { .score(.each { quotient($0.both + $0.neither, $0.pixels) }, ties: $0.takesTies) }
}

/// The mean of a class's IoU and that of all that is not the class.
///
/// It is high for every rare class: what is not the class is nearly everything, and nearly right.
enum BinaryIoU {
  static let definition = MeasureDefinition(
    name: "binary-iou", title: "IoU of the class and of all else",
    formula: "(TP / (TP + FP + FN) + TN / (TN + FP + FN)) / 2, of those that exist",
    source: "Keras 3, keras/src/metrics/iou_metrics.py: BinaryIoU(target_class_ids=[0, 1])",
    parameters: [.ties]
  ) { parameters in
    .score(
      .each {
        let wrong = $0.onlyTrue + $0.onlyPredicted
        let both = [quotient($0.both, $0.union), quotient($0.neither, $0.neither + wrong)]
        let defined = both.compactMap(\.self)
        return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
      }, ties: parameters.takesTies)
  }
}

/// How truth and prediction correlate, from −1 to 1; none where either is the same everywhere.
enum MatthewsCorrelation {
  static let definition = MeasureDefinition(
    name: "mcc", title: "Matthews correlation coefficient",
    formula: "(TP·TN − FP·FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN))",
    source: "Matthews 1975; scikit-learn matthews_corrcoef, which says 0 where it is undefined",
    parameters: [.ties]
  ) { parameters in
    .score(
      .each {
        let (predicted, truth) = (Double($0.predicted), Double($0.truth))
        let all = Double($0.pixels)
        let below = (predicted * truth * (all - predicted) * (all - truth)).squareRoot()
        let above = Double($0.both) * all - truth * predicted
        return below > 0 ? above / below : nil
      }, ties: parameters.takesTies)
  }
}

extension MeasureDefinition.Parameter {
  static let ties = Self(
    "ties", 0, in: 0...1, "1: a probability exactly at the threshold counts as predicted")
  static let zeroDivision = Self(
    "zero_division", nil, in: 0...1,
    "what it is where its denominator is 0 but the class is true or predicted")
}

extension Overlap {
  /// A number for a class that is there.
  fileprivate func ifSomewhere(_ number: Double?) -> Double? { union > 0 ? number : nil }
}

private func quotient(_ above: Int, _ below: Int) -> Double? {
  below == 0 ? nil : Double(above) / Double(below)
}
