import Core
import Raster

/// How NumPy names a kind of number: a byte order, a kind and a size, as in `<f4`.
struct NumberType: Hashable {
  /// The numbers, or the room of their bits where they are narrow or raw.
  var element: Plane.Element
  var narrow: NarrowFloat?
  /// Whether the type says no more than how many bytes a number has.
  var isRaw = false
  var isByteSwapped: Bool

  /// Of the type at `byte` of the file; the notation is that of NumPy's `dtype.str`.
  init(descr: String, at byte: Int) throws(Problem) {
    guard let order = descr.first, "<>=|".contains(order) else {
      throw Self.unreadable(descr, nil, at: byte)
    }
    switch descr.dropFirst() {
    // NumPy has no names for the types of ml_dtypes: most are raw bytes to it, in the order of the machine.
    case "V1", "V2":
      element = descr.hasSuffix("1") ? .u1 : .u2
      isRaw = true
    // The only one that is a float to NumPy: ml_dtypes, `float8_e5m2`, 0.4 to 0.6.
    case "f1": (element, narrow) = (.u1, .float8E5M2)
    case let code:
      guard let element = Plane.Element(rawValue: String(code)) else {
        throw Self.unreadable(descr, Self.contents(of: code), at: byte)
      }
      self.element = element
    }
    switch order {
    case _ where element.size == 1, "=": isByteSwapped = false
    case "|" where isRaw: isByteSwapped = 1 != 1.littleEndian
    case "<": isByteSwapped = 1 != 1.littleEndian
    case ">": isByteSwapped = 1 != 1.bigEndian
    default:
      throw .atByte(byte, "the dtype '\(descr)' does not say the byte order", remedy: Self.remedy)
    }
  }

  private static let remedy = "re-save it: np.save(file, np.asarray(x, dtype=np.float32))"

  static func structured(at byte: Int) -> Problem {
    .atByte(byte, "holds structured records, not plain numbers", remedy: recordsRemedy)
  }

  private static let recordsRemedy =
    "save one of their fields: x = np.load(file), then np.save(file, x[x.dtype.names[0]])"

  private static func unreadable(_ descr: String, _ contents: Contents?, at byte: Int) -> Problem {
    let dtype = "dtype '\(printable(descr, most: 100))'"
    let what = contents.map { "holds \($0.words) (\(dtype)), not plain numbers" }
    return .atByte(
      byte, what ?? "has the unknown \(dtype)", remedy: contents?.remedy ?? remedy)
  }

  /// What NumPy keeps in a kind that is not read, and how to make numbers of it.
  private struct Contents {
    var words: String
    var remedy = NumberType.remedy
  }

  private static func contents(of type: Substring) -> Contents? {
    switch type.first {
    case "O":
      Contents(
        words: "Python objects",
        remedy:
          "save each image in a file of its own: for i, x in enumerate(np.load(file, allow_pickle=True)): np.save(f'{i:04}.npy', np.asarray(x, dtype=np.float32))"
      )
    case "V":
      Contents(
        words: "\(type.dropFirst()) raw bytes a number",
        remedy: "save it as float32 where it is made, with x.astype(np.float32)")
    case "U", "S", "a": Contents(words: "text")
    case "M":
      Contents(words: "dates", remedy: "save the predictions or the truth, which are numbers")
    case "m":
      Contents(words: "durations", remedy: "save the predictions or the truth, which are numbers")
    case "c":
      Contents(
        words: "complex numbers",
        remedy: "save their real part: np.save(file, np.load(file).real.astype(np.float32))")
    case "f": Contents(words: "floats of an unusual size")
    default: nil
    }
  }
}
