internal import Core

/// How much better than chance truth and prediction agree, up to 1; none where chance is always right.
///
/// Where classes exclude each other all of them are asked together, and the chain pools them; elsewhere a
/// class is a question of yes or no. Chance says each class as often as the prediction does, wherever it is.
enum CohensKappa {
  static let definition = MeasureDefinition(
    name: "kappa", title: "Cohen's κ",
    formula:
      "(a − e) / (1 − e): a = Σ TP / n, e = Σ (TP + FN)·(TP + FP) / n² over the classes, or over yes and no",
    source: "Cohen 1960; scikit-learn cohen_kappa_score", parameters: [.ties]
  ) { parameters in
    parameters.areClassesExclusive
      ? .score(.joint(kappa))
      : .score(.each { kappa(of: [$0, $0.complement]) }, ties: parameters.takesTies)
  }

  /// n²·(a − e) and n²·(1 − e) are integers, so that nothing is lost where both are near 1.
  private static func kappa(of overlaps: [Overlap]) -> Double? {
    let n = Int128(overlaps.first?.pixels ?? 0)
    let chance = overlaps.reduce(Int128(0)) { $0 + Int128($1.truth) * Int128($1.predicted) }
    let agreed = overlaps.reduce(Int128(0)) { $0 + Int128($1.both) }
    return n * n == chance ? nil : Double(n * agreed - chance) / Double(n * n - chance)
  }
}

extension Overlap {
  /// The same pixels, asked whether they are not the class.
  fileprivate var complement: Overlap {
    Overlap(both: neither, onlyTrue: onlyPredicted, onlyPredicted: onlyTrue, neither: both)
  }
}
