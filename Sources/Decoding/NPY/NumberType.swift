import Core
import Raster

/// How NumPy names a kind of number: a byte order, a kind and a size, as in `<f4`.
struct NumberType: Hashable {
  var element: Plane.Element
  var isByteSwapped: Bool

  /// Of the type at `byte` of the file; the notation is that of NumPy's `dtype.str`.
  init(descr: String, at byte: Int) throws(Problem) {
    guard let order = descr.first, "<>=|".contains(order) else {
      throw Self.unreadable(descr, nil, at: byte)
    }
    guard let element = Plane.Element(rawValue: String(descr.dropFirst())) else {
      throw Self.unreadable(descr, Self.contents(ofKind: descr.dropFirst().first), at: byte)
    }
    self.element = element
    switch order {
    case _ where element.size == 1, "=": isByteSwapped = false
    case "<": isByteSwapped = 1 != 1.littleEndian
    case ">": isByteSwapped = 1 != 1.bigEndian
    default:
      throw .atByte(byte, "the dtype '\(descr)' does not say the byte order", remedy: Self.remedy)
    }
  }

  private static let remedy = "re-save it: np.save(file, np.asarray(x, dtype=np.float32))"

  static func structured(at byte: Int) -> Problem {
    .atByte(byte, "holds structured records, not plain numbers", remedy: remedy)
  }

  private static func unreadable(_ descr: String, _ contents: String?, at byte: Int) -> Problem {
    let dtype = "dtype '\(printable(descr))'"
    let what = contents.map { "holds \($0) (\(dtype)), not plain numbers" }
    return .atByte(byte, what ?? "has the unknown \(dtype)", remedy: remedy)
  }

  /// What NumPy keeps in the kinds that are not read.
  private static func contents(ofKind kind: Character?) -> String? {
    switch kind {
    case "O": "Python objects"
    case "V": "structured records"
    case "U", "S", "a": "text"
    case "M": "dates"
    case "m": "durations"
    case "c": "complex numbers"
    case "f": "floats of an unusual size"
    default: nil
    }
  }
}
