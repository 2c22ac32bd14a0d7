internal import Counting
internal import Resampling

extension Diagnosis {
  /// How many images, or groups, that have a class would decide whether it fails, if it scores in them as
  /// in those that there are; `nil` where that is decided, or nothing says how much they differ.
  ///
  /// An error falls with the root of their number, so it takes n·(z·s / d)²: s the standard error of
  /// the score by n of them, d its distance from the limit, both on the scale of the logit, and z the
  /// quantile for a verdict that is wrong with probability α at most.
  package func imagesNeeded(for found: ClassDiagnosis) -> Double? {
    guard found.state == .undecided || found.state == .lowSupport, let bootstrap,
      let badness = found.badness
    else { return nil }
    let fewest = Double(Verdict.fewestImages)
    let have = Double(found.groups ?? found.images)
    guard let error = found.certainty?.error else {
      return found.state == .lowSupport && found.certainty?.score != nil ? fewest : nil
    }
    let distance = (logit(1 - badness) - logit(headline.poor.limit)).magnitude
    guard distance > 0, distance.isFinite else { return nil }
    let needed = numberNeeded(
      have: have, error: Normal.quantile(1 - bootstrap.alpha) * error, distance: distance)
    return max(fewest, needed, found.state == .undecided ? have + 1 : 0)
  }
}

/// So many images make an error as small as a distance: it falls with the root of their number.
func numberNeeded(have: Double, error: Double, distance: Double) -> Double {
  (have * (error / distance) * (error / distance)).rounded(.up)
}

/// ln(p / (1 − p))
private func logit(_ p: Double) -> Double {
  p > 0 && p < 1 ? naturalLogarithm(p / (1 - p)) : .infinity
}
