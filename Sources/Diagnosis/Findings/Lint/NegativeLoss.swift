internal import Core
internal import Counting
internal import Pages
internal import Tables

/// A loss that is below 0, or would be for a perfect model.
extension Examination {
  var negativeLoss: [Finding] {
    guard !headline.isScore, let printed = diagnosis.printed else { return [] }
    let best = value(table.perfect)
    // A clipped logarithm can be a hair below 0.
    let floor = -1e-6
    let isPossible = (best ?? 0) < floor
    guard printed < floor || isPossible else { return [] }
    let possible: Line = isPossible ? "; the truth itself would have \(best)" : ""
    let what: Line =
      printed < floor
      ? "The loss is negative (\(printed))" : "The loss can become negative"
    return [
      Finding(
        .negativeLoss,
        "\(what)\(possible): it has no 0 to be compared with, and a small number says nothing",
        remedy:
          "Look for a weight below 0, or for a score that is subtracted instead of 1 − score",
        numbers: ["value": printed, "best": best])
    ]
  }
}
