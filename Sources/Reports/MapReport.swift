internal import Core

/// What is in a loss map that was written.
package struct MapReport: Sendable {
  /// As reports write it: `bce`, `focal(gamma: 3)`.
  package var measure: String
  package var image: String
  package var classes: [Class]
  /// Pixels that the truth ignores, and those without a loss, the ignored ones among them.
  package var ignored: Int
  package var withoutLoss: Int
  package var file: String
  package var content: Content

  /// The losses of one class, or of all together where a pixel has one loss.
  package struct Class: Sendable {
    package var name: String
    package var own: Mean
    package var other: Mean
    /// `nil` where no pixel has a loss.
    package var largest: Largest?

    package init(name: String, own: Mean, other: Mean, largest: Largest?) {
      (self.name, self.own, self.other, self.largest) = (name, own, other, largest)
    }
  }

  /// Over so many pixels; `nil` over none.
  package struct Mean: Sendable {
    package var value: Double?
    package var pixels: Int

    package init(_ value: Double?, pixels: Int) { (self.value, self.pixels) = (value, pixels) }
  }

  package struct Largest: Sendable {
    package var loss: Double
    /// From 0.
    package var row: Int
    package var column: Int

    package init(_ loss: Double, row: Int, column: Int) {
      (self.loss, self.row, self.column) = (loss, row, column)
    }
  }

  package enum Content: Sendable {
    /// float32 numbers: rows, columns and, where every class has its own, classes.
    case array(shape: [Int])
    case picture(height: Int, width: Int, white: Double, isMean: Bool, isWhiteGiven: Bool)
  }

  package init(
    measure: String, image: String, classes: [Class], ignored: Int, withoutLoss: Int, file: String,
    content: Content
  ) {
    self.measure = measure
    self.image = image
    self.classes = classes
    self.ignored = ignored
    self.withoutLoss = withoutLoss
    self.file = file
    self.content = content
  }
}

extension MapReport {
  /// The few lines that are printed when a map was written.
  package var text: String {
    var lines = [("map", "\(measure) of \(printable(image)), the loss at each pixel")]
    for found in classes { lines.append(("class", "\(printable(found.name)): \(found.text)")) }
    lines.append(("ignored", Figure.count(ignored, "pixel")))
    if withoutLoss > ignored {
      lines.append(
        ("no loss", Figure.count(withoutLoss, "pixel") + ", the ignored ones among them"))
    }
    lines.append(("file", "\(printable(file)): \(content.text)"))
    return lines.map { key, value in
      "\(key)\(String(repeating: " ", count: 9 - key.count))\(value)\n"
    }.joined()
  }
}

extension MapReport.Class {
  /// `mean 2.78 on its own 343 pixels, 0.0321 on the other 16,041; largest 16.1 at row 4, column 7`
  fileprivate var text: String {
    guard let largest else { return "no loss at any pixel" }
    var parts: [String] = []
    if let mean = own.value {
      parts.append("\(Figure.text(mean)) on its own \(Figure.count(own.pixels, "pixel"))")
    }
    if let mean = other.value {
      parts.append("\(Figure.text(mean)) on the other \(Figure.count(other.pixels))")
    }
    return
      "mean \(parts.joined(separator: ", ")); largest \(Figure.text(largest.loss)) at row \(largest.row), column \(largest.column)"
  }
}

extension MapReport.Content {
  fileprivate var text: String {
    switch self {
    case .array(let shape):
      let axes = shape.count == 3 ? "rows, columns, classes" : "rows, columns"
      return "float32, \(shape.map(String.init).joined(separator: " × ")) (\(axes))"
    case .picture(let height, let width, let white, let isMean, let isWhiteGiven):
      let what = isMean ? ", the mean over classes" : ""
      let source = isWhiteGiven ? "" : " (the largest; --max sets another)"
      return
        "8-bit grey, \(height) × \(width)\(what); black is 0, white is \(Float(white))\(source)"
    }
  }
}
