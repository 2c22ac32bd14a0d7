internal import Core
internal import Raster

extension NumberArray {
  /// The array whose raw bytes are what the configuration says they are, and any other as it is.
  ///
  /// Whole numbers of the same size are taken so too: a bfloat16 tensor of PyTorch becomes an array of NumPy
  /// only by `.view(torch.uint16)` or `.view(torch.int16)`.
  ///
  /// - Throws: Problem: nobody says what raw bytes are, or the file says otherwise.
  func taken(as dtype: NarrowFloat?) throws(Problem) -> NumberArray {
    guard let dtype else {
      if isRaw { throw unsaid }
      return self
    }
    if narrow == dtype { return self }
    guard narrow == nil, isRaw || element.isInteger, element.size == dtype.size else {
      let held = isRaw ? "\(bytesEach) a number" : typeName
      throw Problem(
        "holds \(held), and decode says dtype: \(dtype.rawValue) of it",
        remedy: isRaw
          ? "write the dtype with which it was saved; \(dtype.rawValue) has \(dtype.size == 1 ? "one byte" : "two bytes") a number"
          : "take dtype out of decode: the file says itself what it holds")
    }
    var array = self
    array.isRaw = false
    array.narrow = dtype
    array.element = dtype.size == 1 ? .u1 : .u2
    return array
  }

  private var bytesEach: String { element.size == 1 ? "one raw byte" : "two raw bytes" }

  /// NumPy writes types that it does not know as raw bytes, such as those of ml_dtypes.
  private var unsaid: Problem {
    let dtype = element.size == 1 ? NarrowFloat.float8E4M3FN : .bfloat16
    let all = NarrowFloat.allCases.filter { $0.size == element.size && $0 != .float8E5M2 }
    let others =
      all.count > 1 ? " (or \(all.dropFirst().map(\.rawValue).joined(separator: ", ")))" : ""
    return Problem(
      "holds \(bytesEach) a number, as NumPy saves \(all.count > 1 ? "most kinds of float8" : dtype.rawValue), and no name of their type",
      remedy:
        "say it under decode, dtype: \(dtype.rawValue)\(others); of the truth, dtype: {truth: \(dtype.rawValue)}"
    )
  }

  /// That an image's numbers have room in memory once they are widened, told from the header.
  func expectRoomToWiden(_ axes: AxisOrder) throws(Problem) {
    guard narrow != nil, !shape.contains(0) else { return }
    let images = axes.position(of: "N")
    var size = Plane.Element.f4.size
    for axis in shape.indices where axis != images {
      let (product, overflow) = size.multipliedReportingOverflow(by: shape[axis])
      guard !overflow, product <= Limits.widenedBytes.most else {
        throw Problem(
          "holds \(typeName), of which an image would take more than \(Limits.widenedBytes.most) bytes as float32",
          remedy: "save it as float32, which is read where it lies, or in smaller images")
      }
      size = product
    }
  }
}

extension Plane.Element {
  fileprivate var isInteger: Bool { !isFloat && self != .b1 }
}
