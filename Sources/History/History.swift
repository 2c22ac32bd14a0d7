internal import Core
internal import Nights
package import Store

/// The nights of one series, and where its headline or a class broke.
///
/// A function of what the state keeps of each run. The record begins anew where the class list, the headline or the truth
/// changed: numbers before and after are not compared.
package struct History: Sendable {
  package let series: String
  package let records: [NightRecord]

  /// One a series, by its name.
  package static func all(of nights: [Night]) -> [History] {
    Dictionary(grouping: nights, by: \.series).sorted { $0.key < $1.key }
      .map { History(series: $0.key, of: $0.value) }
  }

  private init(series: String, of nights: [Night]) {
    self.series = series
    var pieces: [[Night]] = []
    for night in nights.inOrder {
      if pieces.isEmpty || night.newRecord != nil {
        pieces.append([night])
      } else {
        pieces[pieces.count - 1].append(night)
      }
    }
    records = pieces.map(NightRecord.init)
  }
}

extension [Night] {
  /// Of nights with names, which are directories, the last word on each, in the order of the names; others as they ran.
  fileprivate var inOrder: [Night] {
    guard allSatisfy({ $0.name != nil }) else { return self }
    // One that was looked at again and had not changed measured nothing.
    let last = Dictionary(
      filter { $0.sameAs == nil }.map { ($0.name ?? "", $0) }, uniquingKeysWith: { $1 })
    return last.values.sorted {
      ($0.name ?? "").utf8.lexicographicallyPrecedes(($1.name ?? "").utf8)
    }
  }
}

/// Nights that are compared with each other.
package struct NightRecord: Sendable {
  package let nights: [Night]
  package let headline: NightSeries
  /// In the order of the class list.
  package let classes: [NightSeries]

  init(_ nights: [Night]) {
    self.nights = nights
    // An unchanged night measures nothing anew, whether it was skipped or not.
    let repeats = nights.map { $0.sameAs != nil || $0.counted == 0 }
    headline = NightSeries(
      nights.last?.headline ?? "", isHeadline: true, nights.map(\.value), repeats, floor: .loss)
    classes = (nights.last?.classes ?? []).enumerated().map { place, last in
      let found = nights.map { night in
        night.classes.indices.contains(place) ? night.classes[place] : nil
      }
      let isJudged = found.contains { $0?.badness != nil }
      return NightSeries(
        last.name, isHeadline: false, found.map { isJudged ? $0?.badness : $0?.iou }, repeats,
        floor: .score, isBadness: isJudged, verdict: last.verdict ?? last.state)
    }
  }

  /// Whether the headline moved between the same nights.
  func headlineMoved(with point: ChangePoint) -> Bool {
    headline.points.contains { $0.after >= point.before && $0.before <= point.after }
  }
}

/// One number, night by night.
package struct NightSeries: Sendable {
  package let name: String
  package let isHeadline: Bool
  package let values: [Double?]
  /// Whether 0 is perfect; otherwise these are IoU.
  package let isBadness: Bool
  package let verdict: String?
  let points: [ChangePoint]

  init(
    _ name: String, isHeadline: Bool, _ values: [Double?], _ repeats: [Bool], floor: PracticalFloor,
    isBadness: Bool = false, verdict: String? = nil
  ) {
    self.name = name
    self.isHeadline = isHeadline
    self.values = values
    self.isBadness = isBadness
    self.verdict = verdict
    points =
      ChangePoints(
        of: zip(values, repeats).map { NightValue($0, isRepeat: $1) }, floor: floor
      ).points
  }
}

extension Night {
  /// By which a reader knows it: its name, or the day on which it ended.
  package var label: String {
    name ?? CalendarDay(secondsSince1970: Int(ended.rounded(.down))).description
  }
}
