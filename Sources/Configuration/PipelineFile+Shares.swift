internal import Core
internal import Counting

extension Section<Keys.Pipeline> {
  /// Losses against a soft truth: those that have a form for it, of pixels that are where they were.
  func expectShares(noting mistakes: inout Mistakes) {
    guard let decode = self.decode, decode.softTruth == true else { return }
    func note(_ place: Setting, _ what: String, remedy: String) {
      mistakes.note(place.problem(what, remedy: remedy))
    }
    let place = decode.place(of: \.softTruth)
    if decode.kind == .labels {
      note(
        place, "soft_truth is for losses, and labels have none",
        remedy: "take it out; threshold_truth: 0.5 cuts a soft truth")
    }
    if case .some(.some(let resize)) = decode.resize, resize.truth != nil {
      note(
        decode.place(of: \.resize),
        "the truth is resized as labels are, and a soft truth has shares",
        remedy: "resize the predictions, or save the truth at their size")
    }
    if case .some(.some) = self.sampleWeight {
      note(
        setting(of: \.sampleWeight) ?? place,
        "weights of pixels are not counted with a soft truth",
        remedy: "take sample_weight out, or cut the truth: threshold_truth: 0.5 without soft_truth")
    }
    for item in self.measure?.measures ?? [] {
      guard let obstacle = item.measure.obstacleToShares else { continue }
      note(
        item.setting, "'\(item.measure.name)' has no form for a soft truth: \(obstacle)",
        remedy:
          "take it out of measure, or cut the truth for all measures: threshold_truth: 0.5 without soft_truth"
      )
    }
  }
}
