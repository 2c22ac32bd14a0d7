internal import Decoding
internal import Raster

/// Truth and prediction of one image side by side, each class in a colour of its own: what a wrong set-up
/// looks like.
struct SetUpDrawing {
  var width: Int
  var height: Int
  /// The class of each pixel, row by row; `nil` is none.
  var truth: [Int?]
  var predicted: [Int?]

  private static let side = 300
  private static let gap = 8

  var canvas: Canvas {
    let longest = max(width, height)
    let scale = max(1, SetUpDrawing.side / longest)
    let step = max(1, (longest + SetUpDrawing.side - 1) / SetUpDrawing.side)
    let (columns, rows) = ((width + step - 1) / step * scale, (height + step - 1) / step * scale)
    var canvas = Canvas(
      width: 2 * columns + SetUpDrawing.gap, height: rows, fill: UInt8(SetUpDrawing.colors.count))
    for y in 0..<rows {
      for x in 0..<columns {
        let pixel = y / scale * step * width + x / scale * step
        canvas.set(x, y, SetUpDrawing.color(truth[pixel]))
        canvas.set(columns + SetUpDrawing.gap + x, y, SetUpDrawing.color(predicted[pixel]))
      }
    }
    return canvas
  }

  private static func color(_ c: Int?) -> UInt8 {
    c.map { UInt8($0 % colors.count) } ?? UInt8(colors.count + 1)
  }

  /// Those of Okabe and Ito, again and again; then the gap, and what is no class.
  static let palette = colors + [gray(154), gray(60)]

  private static let colors: [PNGImage.RGB] = [
    .init(red: 0, green: 0, blue: 0), .init(red: 230, green: 159, blue: 0),
    .init(red: 86, green: 180, blue: 233), .init(red: 0, green: 158, blue: 115),
    .init(red: 240, green: 228, blue: 66), .init(red: 0, green: 114, blue: 178),
    .init(red: 213, green: 94, blue: 0), .init(red: 204, green: 121, blue: 167),
  ]

  private static func gray(_ level: UInt8) -> PNGImage.RGB {
    .init(red: level, green: level, blue: level)
  }
}
