internal import Core

extension Format {
  /// For Prometheus: a file that node_exporter's textfile collector reads, or any reader of OpenMetrics.
  package static let openMetrics = Format(
    "openmetrics", isUsual: false, views: [ReportFile("unmask.prom") { $0.openMetrics }])
}

extension RecordView {
  /// Prometheus' text format, which OpenMetrics 1.0 takes too: names grouped, each once with its help, no
  /// times (one of them makes node_exporter leave out the whole file), and what is not defined left out.
  fileprivate var openMetrics: String {
    let run = record.inputs.run.map { [("run", $0)] } ?? []
    var text = ""
    func add(_ name: String, _ help: String, _ samples: [([(String, String)], Double?)]) {
      let defined = samples.compactMap { labels, value in value.map { (run + labels, $0) } }
      guard !defined.isEmpty else { return }
      text += "# HELP unmask_\(name) \(help)\n# TYPE unmask_\(name) gauge\n"
      for (labels, value) in defined {
        let list = labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
        text += "unmask_\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)\n"
      }
    }
    let classes = record.classes
    func each(_ value: (Record.Class) -> Double?) -> [([(String, String)], Double?)] {
      classes.map { ([("class", $0.name)], value($0)) }
    }
    let headline = [("measure", record.headline.measure), ("reduction", record.headline.reduction)]
    add("headline", "The number that people look at.", [(headline, record.headline.value)])
    add(
      "headline_skill", "How much of its scale it has gained; 1 is perfect.",
      [(headline, record.headline.skill)])
    add("class_iou", "Intersection over union of the class, over all pixels.", each(\.iou))
    add("class_recall", "Share of its true pixels that were found.", each(\.recall))
    add("class_precision", "Share of its predicted pixels that are true.", each(\.precision))
    add("class_loss", "Mean loss of the class.", each(\.lossMean))
    add("class_pixel_share_ratio", "Share of all counted pixels.", each(\.pixelShare))
    add(
      "class_hidden", "1 where the class fails and the headline does not show it.",
      each { $0.verdict.map { $0 == "HIDDEN" ? 1 : 0 } })
    add(
      "images", "Images by what became of them.",
      [
        ([("state", "used")], Double(record.inputs.imagesUsed)),
        ([("state", "unusable")], Double(record.problems.count)),
      ])
    add(
      "checks", "Checks by what came of them.",
      ["fail", "warn", "pass"].map { state in
        ([("state", state)], Double(record.checks.count { $0.state == state }))
      })
    add("build_info", "The program.", [([("version", record.tool.version)], 1)])
    return text + "# EOF\n"
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
