import Core
import Decoding
import FuzzingSupport
import Raster

/// PNG files whose rows are made up, and all around them right: both decoders undo the same filters.
@main
enum FuzzPNGRows: Fuzzing {
  static let longest = 1024

  private static let depths: [(bits: UInt8, color: UInt8)] = [
    (1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (1, 3), (2, 3), (4, 3), (8, 3),
  ]

  static func read(_ input: [UInt8]) {
    var draws = Draws(input)
    let isWrittenAgain = draws.byte() == 1
    let (bits, color) = depths[draws.number(0...depths.count - 1)]
    let width = draws.number(1...256)
    let length = (width * Int(bits) + 7) / 8
    var rows: [UInt8] = []
    var height = 0
    while draws.rest.count > length, height < 256 {
      // One filter more than there is, which both must refuse.
      rows.append(draws.byte() % 6)
      rows += draws.bytes(length)
      height += 1
    }
    let header =
      [0, 0, UInt8(width >> 8), UInt8(width & 255), 0, 0, UInt8(height >> 8)]
      + [UInt8(height & 255), bits, color, 0, 0, 0]
    let file = Bytes(
      .pngSignature + [UInt8](pngChunk: "IHDR", header)
        + (color == 3 ? [UInt8](pngChunk: "PLTE", [1, 2, 3, 4, 5, 6]) : [])
        + [UInt8](pngChunk: "IDAT", rows.zlibStream) + [UInt8](pngChunk: "IEND", []))
    let plain = PNGImage(plain: file)
    let asked = attempt { () throws(Problem) in try PNGImage(decoding: file, by: .libpng) }.value
    claim((plain == nil) == (asked == nil), "one decoder reads it and the other does not")
    guard let plain, let asked else { return }
    claimSame(plain, asked)
    if isWrittenAgain { claimIsWritten(plain.planes[0]) }
  }

  /// That what is written is read again.
  private static func claimIsWritten(_ plane: Plane) {
    guard plane.element == .u1 else { return }
    let levels = plane.levels
    let image = attempt { () throws(Problem) in
      let file = try grayPNG(levels, width: plane.width, height: plane.height)
      return try PNGImage(decoding: Bytes(file))
    }.value
    claim(image?.planes[0].levels == levels, "what was written is not what is read")
  }
}
