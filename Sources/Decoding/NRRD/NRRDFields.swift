import Core
import Raster

/// The lines of a NRRD header, by their names.
struct NRRDFields {
  private var values: [String: (text: String, byte: Int)] = [:]

  /// Reads as far as the blank line behind them, or to the end of a header that stands alone.
  init(from lines: inout HeaderLines) throws(Problem) {
    let magic = try lines.next()
    guard magic.hasPrefix("NRRD000"), let version = magic.dropFirst(7).first?.wholeNumberValue,
      magic.utf8.count == 8
    else {
      throw Self.damaged(0, "does not begin as a NRRD file does")
    }
    guard 1...5 ~= version else {
      throw .atByte(
        4, "is of NRRD version \(version); known are 1 to 5", remedy: "save it as NRRD0005")
    }
    while let line = try lines.nextIfAny() {
      if line.isEmpty { return }
      if line.hasPrefix("#") { continue }
      try take(line, at: lines.start)
    }
    // Only where the numbers are elsewhere may the blank line be missing.
    guard values["data file"] != nil else {
      throw .atByte(
        lines.place, "the file is truncated or still being written: it ends within its header",
        remedy: "wait until it is written, or write it again")
    }
  }

  /// `field: description`; what is `key:=value` is the user's own.
  private mutating func take(_ line: String, at byte: Int) throws(Problem) {
    guard let colon = line.firstIndex(of: ":") else {
      throw Self.damaged(byte, "has the line '\(printable(line, most: 60))', which is no field")
    }
    let text = line[line.index(after: colon)...]
    if text.first == "=" { return }
    // Not told from another by its case: Teem, `nrrdField`.
    var name = line[..<colon].trimmingBlanks.lowercased()
    name = Self.otherNames[name] ?? name
    guard text.first == " " || text.isEmpty || text.first == "\t" || Self.names.contains(name)
    else {
      throw Self.damaged(byte, "has the line '\(printable(line, most: 60))', which is no field")
    }
    guard Self.names.contains(name) else {
      // A value of several lines is a user's key that a writer did not escape.
      throw Self.damaged(byte, "has the unknown field '\(printable(name, most: 60))'")
    }
    guard values[name] == nil else {
      throw Self.damaged(byte, "has the field '\(name)' twice")
    }
    values[name] = (text.trimmingBlanks, byte)
  }

  /// "Basic field specifications", "Per-axis field specifications" and "Space and orientation information".
  private static let names: Set<String> = [
    "dimension", "type", "block size", "encoding", "endian", "content", "number", "min", "max",
    "old min", "old max", "data file", "line skip", "byte skip", "sample units", "sizes",
    "spacings", "thicknesses", "axis mins", "axis maxs", "centers", "labels", "units", "kinds",
    "space", "space dimension", "space units", "space origin", "space directions",
    "measurement frame",
  ]
  private static let otherNames = [
    "blocksize": "block size", "oldmin": "old min", "oldmax": "old max", "datafile": "data file",
    "lineskip": "line skip", "byteskip": "byte skip", "sampleunits": "sample units",
    "axismins": "axis mins", "axismaxs": "axis maxs", "centerings": "centers",
  ]

  subscript(_ name: String) -> String? { values[name]?.text }

  func required(_ name: String) throws(Problem) -> String {
    guard let text = self[name] else {
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

  private static let writeAgain = "the file is damaged or no NRRD file; write it again"

  private static func damaged(_ byte: Int, _ what: String) -> Problem {
    .atByte(byte, what, remedy: writeAgain)
  }
}
