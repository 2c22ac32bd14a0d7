import Core
import Raster

// What the fields say of the numbers themselves.

extension NRRDFields {
  func dimension() throws(Problem) -> Int {
    let text = try required("dimension")
    // NRRD_DIM_MAX of Teem.
    guard let dimension = Int(text), 1...16 ~= dimension else {
      throw damaged("dimension", "is '\(printable(text, most: 60))', and not 1 to 16")
    }
    return dimension
  }

  func sizes(_ dimension: Int) throws(Problem) -> [Int] {
    var sizes: [Int] = []
    for word in try perAxis("sizes", try required("sizes").words, dimension) {
      guard let size = Int(word), size > 0 else {
        throw damaged("sizes", "has '\(printable(word, most: 60))', and not a number from 1")
      }
      sizes.append(size)
    }
    return sizes
  }

  func element() throws(Problem) -> Plane.Element {
    let type = try required("type")
    guard let element = Self.elements[type.lowercased()] else {
      throw problem(
        "type", "is '\(printable(type, most: 60))', which is not read",
        remedy: "save the numbers as float, or as integers of 8 to 64 bits")
    }
    return element
  }

  /// "Basic field specifications", `type`.
  private static let elements: [String: Plane.Element] = {
    let names: [Plane.Element: [String]] = [
      .i1: ["signed char", "int8", "int8_t"],
      .u1: ["uchar", "unsigned char", "uint8", "uint8_t"],
      .i2: ["short", "short int", "signed short", "signed short int", "int16", "int16_t"],
      .u2: ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"],
      .i4: ["int", "signed int", "int32", "int32_t"],
      .u4: ["uint", "unsigned int", "uint32", "uint32_t"],
      .i8: [
        "longlong", "long long", "long long int", "signed long long", "signed long long int",
        "int64", "int64_t",
      ],
      .u8: [
        "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t",
      ],
      .f4: ["float"], .f8: ["double"],
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { element, names in names.map { ($0, element) } })
  }()

  func encoding() throws(Problem) -> VolumeNumbers.Packing {
    let encoding = try required("encoding")
    switch encoding.lowercased() {
    case "raw": return .raw
    case "gzip", "gz": return .gzip
    default:
      throw problem(
        "encoding", "is '\(printable(encoding, most: 60))', which is not read",
        remedy: "save it with encoding raw or gzip")
    }
  }

  /// Must be said of numbers that have several bytes.
  func isByteSwapped(_ element: Plane.Element) throws(Problem) -> Bool {
    guard element.size > 1 else { return false }
    switch try required("endian").lowercased() {
    case "little": return 1 != 1.littleEndian
    case "big": return 1 != 1.bigEndian
    case let other:
      throw damaged("endian", "is '\(printable(other, most: 60))', and not little or big")
    }
  }

  func skip(_ name: String, from least: Int) throws(Problem) -> Int {
    guard let text = self[name] else { return 0 }
    guard let count = Int(text), count >= least else {
      throw damaged(name, "is '\(printable(text, most: 60))', and not a number from \(least)")
    }
    return count
  }

  /// One file beside the header: "Detached headers", of whose other forms none is read.
  func dataFile() throws(Problem) -> String? {
    guard let name = self["data file"] else { return nil }
    guard !name.isEmpty, !name.contains("%"), name.words.first != "LIST" else {
      throw problem(
        "data file", "names several files, which are not read",
        remedy: "save the volume in one file, .nrrd")
    }
    guard !name.contains("/") else {
      throw problem(
        "data file", "is '\(printable(name, most: 60))', which does not lie beside the header",
        remedy: "save the volume in one file, .nrrd, or put the two side by side")
    }
    return name
  }

  func perAxis(
    _ name: String, _ words: [String], _ dimension: Int
  ) throws(Problem) -> [String] {
    guard words.count == dimension else {
      throw damaged(
        name,
        "has \(Figure.count(words.count, "value", "values")) for \(Figure.count(dimension, "axis", "axes"))"
      )
    }
    return words
  }
}
