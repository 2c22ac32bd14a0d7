internal import Core
internal import Counting

/// A measure by a chain that may show what the headline does not.
struct Candidate: Sendable {
  /// The name that people know it by.
  var name: String
  var measure: Measure
  var chain: Chain

  var text: String { "\(measure.name) \(name)" }
}

extension Candidate {
  /// Reductions that are known to show what a plain mean hides: of the headline's own measure where
  /// it has a value at every pixel, and of scores.
  static func family(for measure: Measure) -> [Candidate] {
    var measures = [measure]
    if measure.name != "iou", let definition = Catalogue.definition(named: "iou"),
      let iou = try? definition.measure(given: [:], areClassesExclusive: false)
    {
      measures.append(iou)
    }
    return measures.flatMap { measure in
      chains(for: measure).compactMap { name, text in
        guard let chain = try? Chain(parsing: text) else { return nil }
        return Candidate(name: name, measure: measure, chain: chain)
      }
    }
  }

  private static func chains(for measure: Measure) -> [(name: String, text: String)] {
    switch measure.form {
    case .separable: balanced + losses
    case .categorical: losses
    case .ratio(let ratio) where ratio.isJoint: []
    case .ratio(let ratio):
      scores + [
        (
          "of the worst class",
          "pool(batch, image, pixel) > score > \(ratio.worst == .smallest ? "min" : "max")(class)"
        )
      ]
    }
  }

  /// A categorical loss says nothing of a class's other pixels.
  ///
  /// Own pixels alone are not in the family: predicting the class everywhere is perfect there.
  private static let balanced = [
    (
      "averaged over own and other pixels alike",
      "mean(pixel, image, batch, by: balanced) > mean(class)"
    )
  ]

  private static let losses = [
    ("averaged over classes last", "mean(pixel, image, batch) > mean(class)"),
    (
      "weighed by inverse prevalence",
      "mean(pixel, image, batch) > mean(class, by: inverse-prevalence)"
    ),
    ("added over classes", "mean(pixel, image, batch) > sum(class)"),
    ("of the worst class", "mean(pixel, image, batch) > max(class)"),
    ("of the worst 5 % of images", "mean(class) > mean(pixel) > worst(5%)(image, batch)"),
  ]

  /// The first three are mIoU^D, mIoU^I and mIoU^C of Wang et al. 2023 (arXiv 2310.19252).
  private static let scores = [
    ("of all images together", "pool(batch, image, pixel) > score > mean(class)"),
    ("by image", "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)"),
    (
      "by class over its images",
      "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)"
    ),
    (
      "of the worst 5 % of images",
      "pool(pixel) > score(if: truth) > mean(class) > worst(5%)(image, batch)"
    ),
  ]
}
