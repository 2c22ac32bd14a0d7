internal import Core
internal import Pages

/// Predictions that are mostly labels of no class: a model with another list.
extension SetUp {
  var unlistedPredictions: [SetUpFault] {
    guard pixels > 0, unlisted * 2 > pixels, renumbered.isEmpty else { return [] }
    var found: [Int64: Int] = [:]
    for entry in labels { found[entry.predicted, default: 0] += entry.count }
    func list(_ numbers: [Int64]) -> Line {
      Line(listing: numbers.sorted().map { "\(Int($0))" }, most: 12)
    }
    let predicted = found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let numbers: Line =
      predicted.isEmpty
      ? ""
      : ". The predictions hold \(list(predicted)); the classes are \(list(classes.entries.flatMap(\.labels.predictions)))"
    return [
      SetUpFault(
        .unlistedPredictions, .error, "most predictions are labels of no class",
        "\(percent: Double(unlisted) / Double(pixels)) of the counted pixels are predicted as a label that the class list lacks, and each is a miss\(numbers)",
        remedy:
          "Write the numbers that the predictions have into the class list; where the truth has others, say both: `{name: road, value: {truth: 7, predictions: 0}}`",
        numbers: ["unlisted_share": Double(unlisted) / Double(pixels)])
    ]
  }
}
