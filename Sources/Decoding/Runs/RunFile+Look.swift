internal import Core
internal import Raster

extension RunFile {
  /// Whether a file that begins so holds masks as runs; `nil` where its beginning does not say.
  ///
  /// A look at a few bytes: a JSON text of which RLE is seen, or a CSV header with a known column.
  package static func isRunFile(_ start: [UInt8]) -> Bool? {
    let look = Bytes(Array(start.prefix(4096)))
    return try? look.withView { view throws(Problem) in
      switch view.firstMark {
      case nil: return start.isEmpty ? false : nil
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        let text = String(decoding: start.prefix(4096), as: UTF8.self)
        if text.contains("\"counts\"") { return true }
        return text.contains("\"segments_info\"") ? false : nil
      default:
        var lines = CSVLines(view)
        guard let fields = try? lines.next(),
          let header = try? fields.map({ range throws(Problem) in try view.field(range) })
        else { return false }
        return CSVColumns.areNamed(in: header)
      }
    }
  }
}
