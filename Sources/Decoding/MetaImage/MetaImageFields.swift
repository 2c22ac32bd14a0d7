import Core
import Raster

/// The lines of a MetaImage header, by their names; the last one says where the numbers are.
struct MetaImageFields {
  private var values: [String: (text: String, byte: Int)] = [:]

  init(from lines: inout HeaderLines) throws(Problem) {
    while values["ElementDataFile"] == nil {
      guard let line = try lines.nextIfAny() else {
        throw .atByte(
          lines.place,
          "the file is truncated or still being written: its header has no 'ElementDataFile'",
          remedy: "wait until it is written, or write it again")
      }
      if line.trimmingBlanks.isEmpty || line.hasPrefix("#") { continue }
      // MetaIO takes either mark.
      guard let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
        throw Self.damaged(
          lines.start, "has the line '\(printable(line, most: 60))', which is no field")
      }
      let name = line[..<mark].trimmingBlanks
      guard values[name] == nil else {
        throw Self.damaged(lines.start, "has the field '\(printable(name, most: 60))' twice")
      }
      values[name] = (line[line.index(after: mark)...].trimmingBlanks, lines.start)
    }
  }

  /// The text behind one of these names; the first that is there.
  subscript(_ names: String...) -> (name: String, text: String)? {
    for name in names { if let text = values[name]?.text { return (name, text) } }
    return nil
  }

  func required(_ name: String) throws(Problem) -> String {
    guard let text = values[name]?.text else {
      throw Self.damaged(0, "its header has no field '\(name)'")
    }
    return text
  }

  func problem(_ name: String, _ what: String, remedy: String) -> Problem {
    .atByte(values[name]?.byte ?? 0, "the field '\(name)' \(what)", remedy: remedy)
  }

  func damaged(_ name: String, _ what: String) -> Problem {
    problem(name, what, remedy: Self.writeAgain)
  }

  private static let writeAgain = "the file is damaged or no MetaImage; write it again"

  private static func damaged(_ byte: Int, _ what: String) -> Problem {
    .atByte(byte, what, remedy: writeAgain)
  }
}
