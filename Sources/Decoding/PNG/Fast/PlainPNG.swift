import Core
import Raster

/// The form in which most masks and planes are saved, with nothing that needs a judgement: grey or
/// palette, not interlaced, the chunks in order, every checksum right, nothing behind the end.
struct PlainPNG {
  var header: PNGHeader
  var palette: [PNGImage.RGB] = []
  /// Where the parts of the compressed pixels lie in the file.
  var data: [Range<Int>] = []
}

extension PlainPNG {
  /// nil says nothing about the file: libpng may well read it.
  init?(_ bytes: Bytes) {
    var chunks = PNGChunks(of: bytes)
    guard let first = chunks.next(), first.name == "IHDR",
      let header = PNGHeader(plain: bytes.array(first.body))
    else { return nil }
    self.init(header: header)

    var before = first.name
    while let (name, body) = chunks.next() {
      switch name {
      case "PLTE":
        guard palette.isEmpty, data.isEmpty, let colors = header.colors(bytes.array(body))
        else { return nil }
        palette = colors
      case "IDAT":
        let hasColors = header.color == .gray || !palette.isEmpty
        guard hasColors, data.isEmpty || before == "IDAT" else { return nil }
        data.append(body)
      case "IEND":
        guard !data.isEmpty, body.isEmpty, chunks.isAtEnd else { return nil }
        return
      default:
        // Gamma, comments and the like: none changes a value.
        guard PNGChunks.isAncillary(name) else { return nil }
      }
      before = name
    }
    return nil
  }
}

extension PNGHeader {
  /// The fields of IHDR where it comes first, as it has to; no checksum is looked at, and nothing is
  /// said of a file that begins otherwise.
  init?(startOf bytes: Bytes) {
    guard bytes.count >= 33,
      bytes.array(0..<8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      bytes.array(8..<16) == [0, 0, 0, 13] + Array("IHDR".utf8)
    else { return nil }
    let fields = bytes.array(16..<29)
    let sides = [fields[0..<4], fields[4..<8]].map { $0.reduce(0) { $0 << 8 | Int($1) } }
    guard let color = Color(rawValue: fields[9]), fields[12] < 2,
      sides.allSatisfy({ 1...0x7fff_ffff ~= $0 })
    else { return nil }
    self.init(
      width: sides[0], height: sides[1], bitDepth: Int(fields[8]), color: color,
      isInterlaced: fields[12] == 1)
  }

  /// The fields of IHDR (PNG specification, 11.2.2), without interlacing.
  fileprivate init?(plain fields: [UInt8]) {
    guard fields.count == 13, fields[10...] == [0, 0, 0],
      let color = Color(rawValue: fields[9])
    else { return nil }
    switch (color, fields[8]) {
    case (.gray, 1), (.gray, 2), (.gray, 4), (.gray, 8), (.gray, 16): break
    case (.palette, 1), (.palette, 2), (.palette, 4), (.palette, 8): break
    default: return nil
    }
    let sides = [fields[0..<4], fields[4..<8]].map { $0.reduce(0) { $0 << 8 | Int($1) } }
    guard sides.allSatisfy({ 1...0x7fff_ffff ~= $0 }) else { return nil }
    self.init(
      width: sides[0], height: sides[1], bitDepth: Int(fields[8]), color: color,
      isInterlaced: false)
  }

  /// Between one colour and as many as there are indices (PNG specification, 11.2.3); nil for an
  /// image that is grey.
  fileprivate func colors(_ parts: [UInt8]) -> [PNGImage.RGB]? {
    guard color == .palette, 3...3 << bitDepth ~= parts.count, parts.count.isMultiple(of: 3)
    else { return nil }
    return stride(from: 0, to: parts.count, by: 3).map {
      PNGImage.RGB(red: parts[$0], green: parts[$0 + 1], blue: parts[$0 + 2])
    }
  }
}
