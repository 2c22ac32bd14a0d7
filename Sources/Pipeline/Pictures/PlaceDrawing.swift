internal import Decoding
internal import Raster

/// A place twice, side by side: what is there with the outlines of truth and prediction, and how wrong each
/// pixel is.
struct PlaceDrawing {
  var width: Int
  var place: Place
  /// From 0, dark, to 255; row by row of the whole image, as all that follow.
  var background: [UInt8]
  var isTrue: [Bool]
  var isPredicted: [Bool]
  var isIgnored: [Bool]
  /// `nil` where there is no loss at a pixel, as of labels.
  var losses: [Double]?

  /// The largest side of either half, in pixels.
  private static let side = 260
  private static let gap = 8

  /// The loss from which on it is lightest: what one in twenty of the class's pixels exceeds, so that a
  /// single pixel does not darken all others.
  var white: Double? {
    losses.map { losses in
      let own = pixels.filter { (isTrue[$0] || isPredicted[$0]) && losses[$0].isFinite }
      let sorted = own.map { losses[$0] }.sorted()
      return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) * 19 / 20]
    }
  }

  /// Whether some of the place does not count.
  var hasIgnored: Bool { pixels.contains { isIgnored[$0] } }

  private var pixels: [Int] {
    place.rows.flatMap { row in place.columns.map { row * width + $0 } }
  }

  /// So many picture pixels are a pixel; 1 where many pixels are one of the picture.
  private var scale: Int {
    max(1, PlaceDrawing.side / max(place.columns.count, place.rows.count))
  }

  private var step: Int {
    let longest = max(place.columns.count, place.rows.count)
    return max(1, (longest + PlaceDrawing.side - 1) / PlaceDrawing.side)
  }

  private var half: (width: Int, height: Int) {
    func size(_ count: Int) -> Int { (count + step - 1) / step * scale }
    return (size(place.columns.count), size(place.rows.count))
  }

  var canvas: Canvas {
    let (columns, rows) = half
    let bar = losses == nil ? 0 : 2 * PlaceDrawing.gap
    var canvas = Canvas(
      width: 2 * columns + PlaceDrawing.gap + bar, height: rows, fill: PlaceColors.gap)
    let largest = white ?? 0
    for y in 0..<rows {
      for x in 0..<columns {
        let pixel = pixel(x, y)
        canvas.set(x, y, outline(x, y) ?? PlaceColors.gray(background[pixel]))
        canvas.set(columns + PlaceDrawing.gap + x, y, wrongness(pixel, largest))
      }
    }
    if losses != nil {
      for y in 0..<rows {
        let share = rows > 1 ? 1 - Double(y) / Double(rows - 1) : 1
        for x in 0..<PlaceDrawing.gap {
          canvas.set(2 * (columns + PlaceDrawing.gap) + x, y, PlaceColors.heat(share))
        }
      }
    }
    return canvas
  }

  private func pixel(_ x: Int, _ y: Int) -> Int {
    let column = place.columns.lowerBound + x / scale * step
    let row = place.rows.lowerBound + y / scale * step
    return row * width + column
  }

  /// That of the truth is a line, that of the prediction is dashed and goes over it.
  private func outline(_ x: Int, _ y: Int) -> UInt8? {
    let isDash = (x + y) / 4 % 2 == 0
    if isDash, isEdge(of: isPredicted, x, y) { return PlaceColors.predicted }
    if isEdge(of: isTrue, x, y) { return PlaceColors.truth }
    return isEdge(of: isPredicted, x, y) ? PlaceColors.predicted : nil
  }

  /// Within two picture pixels of what is not of the mask.
  private func isEdge(of mask: [Bool], _ x: Int, _ y: Int) -> Bool {
    guard mask[pixel(x, y)] else { return false }
    let (columns, rows) = half
    return [(-2, 0), (-1, 0), (1, 0), (2, 0), (0, -2), (0, -1), (0, 1), (0, 2)].contains { dx, dy in
      let (x, y) = (x + dx, y + dy)
      return (0..<columns).contains(x) && (0..<rows).contains(y) && !mask[pixel(x, y)]
    }
  }

  private func wrongness(_ pixel: Int, _ largest: Double) -> UInt8 {
    if isIgnored[pixel] { return PlaceColors.ignored }
    if let losses {
      let loss = losses[pixel]
      return loss.isNaN ? PlaceColors.ignored : PlaceColors.heat(largest > 0 ? loss / largest : 0)
    }
    return switch (isTrue[pixel], isPredicted[pixel]) {
    case (true, true): PlaceColors.found
    case (true, false): PlaceColors.missed
    case (false, true): PlaceColors.falseAlarm
    case (false, false): PlaceColors.gray(background[pixel] / 2)
    }
  }
}

/// The palette of such pictures. Outlines, misses and false alarms have colours that everybody can tell
/// apart (Okabe and Ito).
enum PlaceColors {
  static let gap: UInt8 = 192
  static let truth: UInt8 = 193
  static let predicted: UInt8 = 194
  static let ignored: UInt8 = 195
  static let found: UInt8 = 196
  static let missed: UInt8 = 197
  static let falseAlarm: UInt8 = 198

  static func gray(_ level: UInt8) -> UInt8 { level / 2 }

  /// - Parameter share: of the largest loss; what is above 1 is 1.
  static func heat(_ share: Double) -> UInt8 {
    128 + UInt8((min(1, max(0, share)) * 63).rounded())
  }

  static let palette: [PNGImage.RGB] = {
    // Not up to white, so that outlines stand out.
    let grays = (0..<128).map { PNGImage.RGB(gray: UInt8(16 + $0 * 5 / 4)) }
    let heats = (0..<64).map { heatColor(Double($0) / 63) }
    return grays + heats + [
      .init(red: 154, green: 154, blue: 154), .init(red: 86, green: 180, blue: 233),
      .init(red: 240, green: 228, blue: 66), .init(red: 204, green: 121, blue: 167),
      .init(red: 235, green: 235, blue: 235), .init(red: 213, green: 94, blue: 0),
      .init(red: 0, green: 114, blue: 178),
    ]
  }()

  /// From black over purple and orange to a light yellow, ever lighter.
  private static func heatColor(_ share: Double) -> PNGImage.RGB {
    let stops: [(Double, Double, Double)] = [
      (0, 0, 4), (87, 16, 110), (188, 55, 84), (249, 142, 9), (252, 255, 164),
    ]
    let place = share * Double(stops.count - 1)
    let index = min(stops.count - 2, Int(place))
    let part = place - Double(index)
    func mix(_ from: Double, _ to: Double) -> UInt8 { UInt8((from + (to - from) * part).rounded()) }
    let (a, b) = (stops[index], stops[index + 1])
    return .init(red: mix(a.0, b.0), green: mix(a.1, b.1), blue: mix(a.2, b.2))
  }
}

extension PNGImage.RGB {
  fileprivate init(gray: UInt8) { self.init(red: gray, green: gray, blue: gray) }
}
