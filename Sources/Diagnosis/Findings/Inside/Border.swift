internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Whether a poor class's errors are at its outline, or whole objects.
///
/// Silent about classes that are nearly all border, such as poles: there the two are the same.
extension Examination {
  var border: [Finding] {
    guard let radius = measurements.scheme.border else { return [] }
    return poor.prefix(Examination.mostClasses).compactMap { c in
      let near = measurements.images.map { $0.tally.classes[c].border }.reduce(.zero, +)
      let overlap = overlaps[c]
      let wrong = overlap.onlyTrue + overlap.onlyPredicted
      guard overlap.truth > 0, wrong > 0, 2 * near.own <= overlap.truth else { return nil }
      let share = Double(near.missed + near.taken) / Double(wrong)
      guard share >= 0.8 || share <= 0.2 else { return nil }
      let area = Double(near.own) / Double(overlap.truth)
      return Finding(
        .border, of: diagnosis.classes[c].name, about: .name(names[c]),
        "\(percent: share) of what is wrong of it lies within \(count: radius, "pixel") of its border, where \(percent: area) of its pixels are",
        remedy: share >= 0.8
          ? "It is found, and its outline is off: look at the resolution, and at how outlines are labelled"
          : "Its outline is not the matter: whole parts of it are missed or invented",
        numbers: ["share_at_border": share, "area_at_border": area])
    }
  }
}
