internal import Counting

extension Preset {
  /// scikit-learn, whose samples are pixels: `t` and `p` are arrays of pixels by classes.
  static let scikitLearn: [Preset] = sklearnScores + sklearnLosses

  private static let sklearnVersions = "scikit-learn 1.9 (1.9.1 was run)"
  private static let sklearnFile = "scikit-learn 1.9.1: metrics/_classification.py"

  private static let sklearnScores: [Preset] = [
    ("jaccard_score", "iou"), ("f1_score", "dice"), ("precision_score", "precision"),
    ("recall_score", "recall"),
  ].flatMap { name, measure in
    sklearnAverages.map { average, chain, note in
      Preset(
        "sklearn.\(name).\(average)",
        "\(name)(t, p > 0.5, average=\"\(average)\", zero_division=0)",
        versions: sklearnVersions, measure, chain, for: .independent, note: note,
        source: sklearnFile
      ).orElse(0).except(
        .oneClass(
          "scikit-learn takes one column for two classes, and averages over the background as well; average=\"binary\" is the score of the class"
        ))
    }
  }

  private static let sklearnAverages: [(name: String, chain: String, note: String)] = [
    (
      "micro", "pool(batch, image, pixel, class) > score",
      "All classes' counts together: large classes are most of it."
    ),
    (
      "macro", "pool(batch, image, pixel) > score > mean(class else 0)",
      "A class that is neither true nor predicted is 0 and counts."
    ),
    (
      "weighted", "pool(batch, image, pixel) > score > mean(class, by: truth else 0)",
      "Weighted by true pixels: the largest classes are most of it."
    ),
  ]

  private static let sklearnLosses: [Preset] = [
    Preset(
      "sklearn.balanced_accuracy_score", "balanced_accuracy_score(y, p.argmax(1))",
      versions: sklearnVersions, "recall", "pool(batch, image, pixel) > score > mean(class)",
      for: .exclusive, note: "The mean of the recalls of the classes that are true somewhere.",
      source: sklearnFile),
    Preset(
      "sklearn.cohen_kappa_score", "cohen_kappa_score(y, p.argmax(1))", versions: sklearnVersions,
      "kappa", "pool(batch, image, pixel, class) > score", for: .exclusive,
      note: "NaN where one class is all that is true and predicted.", source: sklearnFile
    ).except(.notAveraged("scikit-learn's Cohen's κ is of all classes")),
    Preset(
      "sklearn.matthews_corrcoef", "matthews_corrcoef(t[:, c], p[:, c] > 0.5), averaged over c",
      versions: sklearnVersions, "mcc", "pool(batch, image, pixel) > score > mean(class else 0)",
      for: .independent, note: "0 where truth or prediction is the same everywhere.",
      source: sklearnFile),
    Preset(
      "sklearn.log_loss", "log_loss(t[:, c], p[:, c], labels=[0, 1]), averaged over c",
      versions: sklearnVersions, "log-loss", "mean(pixel, image, batch) > mean(class)",
      for: .independent,
      note:
        "Clipped by the type of the array: a saturated wrong pixel costs 15.94 in float32 and 36.04 in float64. Levels are taken as divided in float64.",
      source: sklearnFile
    ).except(.surelyWrong("log_loss"), outsideForScikit, inHalf, asDouble),
    Preset(
      "sklearn.log_loss.multiclass", "log_loss(y, p, labels=range(C))", versions: sklearnVersions,
      "categorical-log-loss", "mean(class, pixel, image, batch)", for: .exclusive,
      note:
        "Rows that do not sum to 1 are taken as they are, with a warning (before 1.5 they were made to). Clipped by the type of the array; over pixels with a class.",
      source: sklearnFile
    ).except(outsideForScikit, inHalf, asDouble),
    Preset(
      "sklearn.brier_score_loss", "brier_score_loss(t[:, c], p[:, c]), averaged over c",
      versions: sklearnVersions, "brier", "mean(pixel, image, batch) > mean(class)",
      for: .independent, source: sklearnFile
    ).except(outsideForScikit, inHalf),
  ]

  private static let outsideForScikit = Exception.probabilitiesOutside(
    "scikit-learn refuses probabilities outside 0…1")
  private static let inHalf = Exception.halfPrecision(
    "scikit-learn computes float16 arrays in half precision")
  // scikit-learn 1.9.1: of a saturated wrong pixel log_loss says 36.04 in bfloat16 and in float8, as in float64.
  private static let asDouble = Exception.narrowFloats(
    "scikit-learn takes bfloat16 and float8 arrays as float64, where log_loss clips later")
}
