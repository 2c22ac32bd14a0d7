internal import Core
internal import Tables

/// In how many images a poor class was found at all.
extension Examination {
  var missedImages: [Finding] {
    poor.prefix(Examination.mostClasses).compactMap { c in
      let images = measurements.images.filter { $0.tally.classes[c].overlap.truth > 0 }
      let missed = images.filter { $0.tally.classes[c].overlap.both == 0 }
      guard images.count > 1, !missed.isEmpty else { return nil }
      func truth(_ images: [ImageEvidence]) -> Int {
        images.reduce(0) { $0 + $1.tally.classes[c].overlap.truth }
      }
      let share = Double(truth(missed)) / Double(truth(images))
      // The largest first: there most is to be seen.
      let largest = missed.sorted { a, b in
        let (left, right) = (a.tally.classes[c].overlap.truth, b.tally.classes[c].overlap.truth)
        return left != right ? left > right : a.index < b.index
      }
      return Finding(
        .missedImages, of: diagnosis.classes[c].name,
        "\(names[c]): found in \(images.count - missed.count) of the \(Figure.count(images.count)) images that have it and missed entirely in \(Figure.count(missed.count)), which have \(Figure.percent(share)) of its pixels.",
        remedy:
          "Look at \(largest.prefix(3).map { printable($0.name) }.listed()) first: there most is missed.",
        numbers: [
          "images": Double(images.count), "images_missed": Double(missed.count),
          "pixel_share_missed_entirely": share,
        ])
    }
  }
}
