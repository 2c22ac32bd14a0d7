internal import Core
internal import Pages
internal import Tables

/// Whether a poor class is found in images with much of it, and missed in those with little.
///
/// The size is the class's area in an image: without instance labels nobody knows how many objects
/// share it. The images that have the class are cut into thirds by it.
extension Examination {
  var sizes: [Finding] {
    poor.prefix(Examination.mostClasses).compactMap { c in
      let overlaps = measurements.overlaps(of: c)
      guard let strata = SizeStrata(overlaps) else { return nil }
      let recalls = strata.thirds.map(\.recall)
      guard let lowest = recalls.min(), let highest = recalls.max(), highest - lowest >= 0.15 else {
        return nil
      }
      let (small, medium, large) = (strata.thirds[0], strata.thirds[1], strata.thirds[2])
      return Finding(
        .size, of: diagnosis.classes[c].name, about: .name(names[c]),
        "\(percent: small.recall) of its pixels are found in the third of its images with the least of it (\(small.areas) pixels), \(percent: medium.recall) in the middle third (\(medium.areas)) and \(percent: large.recall) in the third with the most (\(large.areas))",
        remedy: small.recall < large.recall
          ? "Little of it is missed more: try a higher resolution, or crops around it, in training"
          : "Much of it is missed more: look at the largest ones, which may be labelled otherwise",
        numbers: [
          "recall_small": small.recall, "recall_medium": medium.recall,
          "recall_large": large.recall,
        ])
    }
  }
}

/// The images that have a class, in thirds by how much of it they have.
struct SizeStrata {
  var thirds: [Third]

  struct Third {
    var smallest: Int
    var largest: Int
    var recall: Double

    var areas: Line { "\(count: smallest) to \(count: largest)" }
  }

  /// `nil` with fewer than three images a third.
  init?(_ overlaps: [Overlap]) {
    let sorted = overlaps.filter { $0.truth > 0 }.enumerated().sorted { a, b in
      let (left, right) = (a.element.truth, b.element.truth)
      return left != right ? left < right : a.offset < b.offset
    }.map(\.element)
    let count = sorted.count
    guard count >= 9 else { return nil }
    thirds = (0..<3).map { third in
      let part = sorted[(count * third / 3)..<(count * (third + 1) / 3)]
      let sum = part.reduce(.zero, +)
      return Third(
        smallest: part.first?.truth ?? 0, largest: part.last?.truth ?? 0,
        recall: Double(sum.both) / Double(sum.truth))
    }
  }
}
