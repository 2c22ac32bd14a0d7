internal import Core
internal import Pages
internal import Tables

/// Predictions of labels that the class list lacks, as of a model with another list.
extension Examination {
  var unlistedLabels: [Finding] {
    let images = measurements.images
    let affected = images.filter { $0.unlistedPredictions > 0 }
    let pixels = affected.reduce(0) { $0 + $1.unlistedPredictions }
    let all = images.reduce(0) { $0 + $1.tally.pixels }
    guard pixels > 0, all > 0 else { return [] }
    return [
      Finding(
        .unlistedLabels,
        "\(count: pixels, "pixel") (\(percent: Double(pixels) / Double(all))) in \(count: affected.count) of \(count: images.count, "image") are predicted as a label that the class list lacks, and each is a miss",
        remedy:
          "Look at the labels of one file: the model may have another class list, or count from 1",
        numbers: ["unlisted_px": Double(pixels), "images": Double(affected.count)])
    ]
  }
}
