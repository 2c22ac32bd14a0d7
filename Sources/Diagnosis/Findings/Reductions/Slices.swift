internal import Core
internal import Counting
internal import Pages
internal import Tables

/// A score of each slice, averaged, against the score of each volume: a small slice counts as much as a large one,
/// and a slice that has nothing of a class is 0 where anything was predicted.
extension Examination {
  var slices: [Finding] {
    guard measurements.scheme.tile == .slices,
      measurements.images.contains(where: { $0.slices > 1 }),
      let measure = (measures + [headline.leading.measure]).first(where: { !$0.isElementwise }),
      let byVolume = classScores(measure, "pool(pixel) > score > mean(image, batch)"),
      let bySlice = classScores(measure, "pool(pixel) > score > mean(tile, image, batch)")
    else { return [] }
    let apart = names.indices.compactMap { c -> (c: Int, volume: Double, slice: Double)? in
      guard let volume = byVolume[c], let slice = bySlice[c] else { return nil }
      return (c, volume, slice)
    }.filter { ($0.volume - $0.slice).magnitude > Examination.slicesApart }
    guard
      let most = apart.max(by: {
        ($0.volume - $0.slice).magnitude < ($1.volume - $1.slice).magnitude
      })
    else { return [] }
    return [
      Finding(
        .slices, of: measurements.evidence.classes.names[most.c], about: "\(name: names[most.c])",
        "its \(code: measure.name) is \(most.volume) volume by volume and \(most.slice) slice by slice, where every slice counts as much, also one that has none of it and in which it is predicted",
        remedy: "Say which of the two a number is before it is compared with another one",
        numbers: ["by_volume": most.volume, "by_slice": most.slice])
    ]
  }

  private static var slicesApart: Double { 0.02 }

  /// One a class; `nil` where the measure has no such scores.
  private func classScores(_ measure: Measure, _ text: String) -> [Double?]? {
    guard let chain = try? Chain(parsing: text) else { return nil }
    let table = measurements.table(of: measure, byTile: chain.axes.contains(.tile))
    guard table.obstacle(to: chain) == nil else { return nil }
    let values = table.reduced(by: chain, describing: false).values
    return values.axes == [.class] && values.cells.count == names.count ? Array(values.cells) : nil
  }
}
