internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Images in which only the truth or only the prediction has a class: no distance is that of a miss, so
/// a mean that leaves them out does not see the worst of all errors.
extension Examination {
  var oneSided: [Finding] {
    guard let measure = distancesWithoutRule.first else { return [] }
    return names.indices.compactMap { c in
      let distances = measurements.images.map { $0.tally.classes[c].distances }
      let missed = distances.count { $0.truth.unreached > 0 }
      let invented = distances.count { $0.predicted.unreached > 0 }
      guard missed + invented > 0 else { return nil }
      let there = distances.count { $0 != .zero }
      return Finding(
        .oneSided, of: diagnosis.classes[c].name, about: .name(names[c]),
        "\(code: measure.name) has no value in \(count: missed + invented) of the \(count: there, "image") that have it: in \(count: missed) only the truth does, in \(count: invented) only the prediction",
        remedy:
          "Say what such an image counts, as the length of its diagonal, or quote the number of misses beside the distance",
        snippet: .setting("{\(measure.definition.name): {one_empty: \(diagonal)}}"),
        numbers: [
          "missed": Double(missed), "invented": Double(invented), "images": Double(there),
        ])
    }
  }

  /// The distances that were asked for and do not say what counts where one of the masks is empty.
  private var distancesWithoutRule: [Measure] {
    (headline.formula.gauges.map(\.measure) + measures).filter {
      $0.readsDistances && $0.worst == .largest && $0.parameters["one_empty"] == nil
    }
  }

  /// Of the largest image, in whole pixels.
  private var diagonal: Int {
    let lengths = measurements.images.map { image in
      [image.width, image.height, image.slices == 1 ? 0 : image.slices]
        .reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    return Int((lengths.max() ?? 0).rounded(.up))
  }
}
