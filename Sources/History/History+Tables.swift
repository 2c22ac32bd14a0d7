internal import Core
internal import Nights
internal import Store

extension [History] {
  /// One row a night and class, and one with an empty class for the headline; for data frames and spreadsheets.
  package var csv: String {
    var text =
      "series,record,run,name,ended,exit_code,unchanged,class_name,state,verdict,value,value_lo,value_hi,badness,iou,dice,loss,pixel_share,broke\n"
    for history in self {
      for (place, record) in history.records.enumerated() {
        for (index, night) in record.nights.enumerated() {
          let start = [
            field(history.series), "\(place + 1)", "\(night.number)", field(night.name ?? ""),
            field(timeText(night.ended)), "\(night.exitCode)", night.sameAs == nil ? "0" : "1",
          ]
          let headline = record.headline.breaks(at: index)
          text += line(
            start + [
              "", "", field(night.verdict ?? ""), number(night.value), number(night.low),
              number(night.high), "", "", "", "", "", headline,
            ])
          for (id, found) in night.classes.enumerated() {
            let series = record.classes.indices.contains(id) ? record.classes[id] : nil
            text += line(
              start + [
                field(found.name), field(found.state), field(found.verdict ?? ""), "", "", "",
                number(found.badness), number(found.iou), number(found.dice),
                number(found.loss), number(found.pixelShare),
                series?.breaks(at: index) ?? "0",
              ])
          }
        }
      }
    }
    return text
  }

  /// OpenMetrics with the time of each night, as `promtool tsdb create-blocks-from openmetrics` takes it for what was
  /// before Prometheus looked on (prometheus.io, "Backfilling from OpenMetrics format").
  package var openMetrics: String {
    family("headline", "The number that people look at.") { [("", $0.value)] }
      + family("exit_code", "How the run ended.") { [("", Double($0.exitCode))] }
      + family("class_badness", "By the headline; 0 is perfect.") { night in
        night.classes.map { ($0.name, $0.badness) }
      }
      + family("class_iou", "Intersection over union of the class, over all pixels.") { night in
        night.classes.map { ($0.name, $0.iou) }
      } + "# EOF\n"
  }

  /// One metric. The points of one class stand together, by their times, as OpenMetrics wants them.
  ///
  /// - Parameter samples: each with its class, or none.
  private func family(
    _ name: String, _ help: String, _ samples: (Night) -> [(String, Double?)]
  ) -> String {
    var lines = ""
    for history in self {
      var points: [String: [(time: Double, value: Double)]] = [:]
      for night in history.records.flatMap(\.nights) {
        for (label, value) in samples(night) {
          guard let value else { continue }
          points[label, default: []].append((night.ended, value))
        }
      }
      for (label, points) in points.sorted(by: { $0.key < $1.key }) {
        let labels =
          "series=\"\(escaped(history.series))\""
          + (label.isEmpty ? "" : ",class=\"\(escaped(label))\"")
        for point in points.sorted(by: { $0.time < $1.time }) {
          lines += "unmask_\(name){\(labels)} \(shortest(point.value)) \(shortest(point.time))\n"
        }
      }
    }
    return lines.isEmpty
      ? "" : "# HELP unmask_\(name) \(help)\n# TYPE unmask_\(name) gauge\n" + lines
  }

  private func line(_ fields: [String]) -> String { fields.joined(separator: ",") + "\n" }

  private func number(_ value: Double?) -> String { value.map(shortest) ?? "" }

  /// RFC 4180: what a reader would take for the end of a field stands between quotation marks.
  private func field(_ text: String) -> String {
    text.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
      ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}

extension NightSeries {
  /// Whether another level begins there.
  fileprivate func breaks(at night: Int) -> String {
    points.contains { $0.after == night } ? "1" : "0"
  }
}
