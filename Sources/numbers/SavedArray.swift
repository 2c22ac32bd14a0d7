import Core
import Decoding
import Raster
import TestSupport

/// One array of a file: what it is, and a digest of its numbers.
struct SavedArray {
  var name: String?
  var format: String
  var shape: [Int]
  /// As NumPy calls it.
  var dtype: String
  var digest = SHA256()
  /// The same numbers as float32, where that is what narrower ones are read as.
  var widened: SHA256?
  var affine: Affine?

  init(_ format: String, named name: String? = nil, shape: [Int], dtype: String) {
    self.name = name
    self.format = format
    self.shape = shape
    self.dtype = dtype
  }

  var json: JSON {
    var json: JSON = [
      "format": .text(format), "shape": .list(shape.map { .number(Double($0)) }),
      "dtype": .text(dtype), "sha256": .text(digest.digits),
    ]
    if let name { json = ["name": .text(name)] + json }
    if let widened { json = json + ["float32": .text(widened.digits)] }
    if let affine {
      json =
        json + [
          "affine": .list(affine.matrix.map { .number($0) }), "axes": .text(affine.letters),
        ]
    }
    return json
  }
}

extension SHA256 {
  mutating func add(_ plane: Plane) {
    for row in 0..<plane.height { add(plane.bytes(ofRow: row)) }
  }

  /// Of planes of one size pixel by pixel, as the last axis of an array.
  mutating func add(together planes: [Plane]) {
    guard let first = planes.first else { return }
    let size = first.element.size
    for row in 0..<first.height {
      let rows = planes.map { $0.bytes(ofRow: row) }
      add(
        (0..<first.width).flatMap { pixel in rows.flatMap { $0[pixel * size..<(pixel + 1) * size] }
        })
    }
  }

  /// All numbers, the last axis running fastest.
  mutating func add(_ array: NumberArray) {
    guard !array.shape.contains(0) else { return }
    var array = array
    // An axis of length 1 changes nothing, and a plane has two.
    while array.shape.count < 2 {
      array.shape.insert(1, at: 0)
      array.strides.insert(0, at: 0)
    }
    let outer = array.shape.count - 2
    var index = [Int](repeating: 0, count: array.shape.count)
    while true {
      add(array.plane(rowAxis: outer, columnAxis: outer + 1, at: index))
      guard let axis = (0..<outer).last(where: { index[$0] + 1 < array.shape[$0] }) else { return }
      index[axis] += 1
      for later in axis + 1..<outer { index[later] = 0 }
    }
  }
}

extension Plane {
  /// The numbers of a row, each with its lowest byte first.
  fileprivate func bytes(ofRow row: Int) -> [UInt8] {
    // The bits of a number are loaded as a whole number of the same size, without a look at their meaning.
    var bits = self
    bits.element = [1: .u1, 2: .u2, 4: .u4, 8: .i8][element.size] ?? element
    var numbers = [Int64](repeating: 0, count: width)
    var span = numbers.mutableSpan
    _ = bits.loadLabels(row * width..<(row + 1) * width, into: &span)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * element.size)
    for number in numbers {
      for byte in 0..<element.size { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
    }
    return bytes
  }
}
