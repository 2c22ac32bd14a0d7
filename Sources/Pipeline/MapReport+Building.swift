internal import Core
internal import Counting
internal import Raster

/// The few lines that are printed when a map was written.
struct MapSummary {
  var request: MapRequest
  var measure: String
  var pair: ImagePair
  var map: LossMap
  var content: MapContent

  func text(classes: [String]) -> String {
    var lines = [("map", "\(measure) of \(printable(pair.name)), the loss at each pixel")]
    for (place, c) in map.classes.enumerated() {
      lines.append(("class", "\(printable(classes[c])): \(classText(place))"))
    }
    lines.append(("ignored", Figure.count(pair.truth.ignored, "pixel")))
    let missing = map.pixelLosses.count { $0.isNaN }
    if missing > pair.truth.ignored {
      lines.append(("no loss", Figure.count(missing, "pixel") + ", the ignored ones among them"))
    }
    lines.append(("file", "\(printable(request.output)): \(contentText)"))
    return lines.map { key, value in
      "\(key)\(String(repeating: " ", count: 9 - key.count))\(value)\n"
    }.joined()
  }

  /// `mean 2.78 on its own 343 pixels, 0.0321 on the other 16,041; largest 16.1 at row 4, column 7`
  private func classText(_ place: Int) -> String {
    let losses = ClassLosses(of: map, at: place, truth: pair.truth)
    let (own, other) = (losses.own, losses.other)
    guard let worst = losses.worstPixel else { return "no loss at any pixel" }
    var parts: [String] = []
    if let mean = own.mean {
      parts.append("\(Figure.text(mean)) on its own \(Figure.count(own.count, "pixel"))")
    }
    if let mean = other.mean {
      parts.append("\(Figure.text(mean)) on the other \(Figure.count(other.count))")
    }
    let (row, column) = worst.quotientAndRemainder(dividingBy: map.width)
    let largest = Figure.text(map.planes[place][worst])
    let means = "mean \(parts.joined(separator: ", "))"
    return "\(means); largest \(largest) at row \(row), column \(column)"
  }

  private var contentText: String {
    switch content {
    case .array(_, let shape):
      let axes = shape.count == 3 ? "rows, columns, classes" : "rows, columns"
      return "float32, \(shape.map(String.init).joined(separator: " × ")) (\(axes))"
    case .picture(_, let width, let height, let white):
      let what = request.hasEveryClass(of: map) ? ", the mean over classes" : ""
      let source = request.white == nil ? " (the largest; --max sets another)" : ""
      return
        "8-bit grey, \(height) × \(width)\(what); black is 0, white is \(Float(white))\(source)"
    }
  }
}
