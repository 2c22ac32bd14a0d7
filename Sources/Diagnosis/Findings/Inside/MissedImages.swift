internal import Core
internal import Pages
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
      // Those with most missed pixels first, found elsewhere in the image or not.
      let largest = images.filter { $0.tally.classes[c].overlap.onlyTrue > 0 }.sorted { a, b in
        let (left, right) = (
          a.tally.classes[c].overlap.onlyTrue, b.tally.classes[c].overlap.onlyTrue
        )
        return left != right ? left > right : a.index < b.index
      }
      return Finding(
        .missedImages, of: diagnosis.classes[c].name, about: .name(names[c]),
        "found in \(images.count - missed.count) of the \(count: images.count) images that have it and missed entirely in \(count: missed.count), which \(text: missed.count == 1 ? "has" : "have") \(percent: share) of its pixels",
        remedy:
          "Look at \(listed(largest.prefix(3).map { $0.name })) first: there most is missed",
        numbers: [
          "images": Double(images.count), "images_missed": Double(missed.count),
          "pixel_share_missed_entirely": share,
        ])
    }
  }
}
