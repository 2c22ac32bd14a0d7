internal import Core
package import Raster

extension NumberArray {
  /// What the numbers are read as.
  package var read: Plane.Element { narrow == nil ? element : .f4 }

  /// As NumPy and ml_dtypes call it.
  package var typeName: String { narrow?.rawValue ?? element.name }

  /// The same numbers as float32 in memory of their own, where they are narrower floats; `nil` where there is
  /// no memory for them.
  ///
  /// Those that lie side by side stay in their order; others come to lie in that of the axes.
  package func widened() -> NumberArray? {
    guard let narrow else { return self }
    var wide = self
    wide.narrow = nil
    wide.element = .f4
    wide.isByteSwapped = false
    wide.offset = 0
    let wideSize = Plane.Element.f4.size
    let count = shape.reduce(1, *)
    guard count > 0 else {
      wide.bytes = Bytes([])
      return wide
    }
    let planes: [Plane]
    if isDense {
      wide.strides = strides.map { $0 / element.size * wideSize }
      planes = [
        Plane(
          bytes: bytes, element: element, isByteSwapped: isByteSwapped, offset: offset,
          rowStride: count * element.size, columnStride: element.size, width: count, height: 1)
      ]
    } else {
      var size = wideSize
      for axis in shape.indices.reversed() {
        wide.strides[axis] = size
        size *= shape[axis]
      }
      planes = planesInOrder
    }
    let bytes: Bytes? = unsafe Bytes(uncleared: count * wideSize) { memory in
      var target = unsafe MutableSpan(
        _unsafeElements: memory.assumingMemoryBound(to: Float.self))
      var start = 0
      for plane in planes {
        plane.widen(narrow, into: &target, from: start)
        start += plane.pixels
      }
      return true
    }
    guard let bytes else { return nil }
    wide.bytes = bytes
    return wide
  }

  /// Whether the numbers fill a range of bytes, from the first to the last.
  private var isDense: Bool {
    guard strides.allSatisfy({ $0 >= 0 }) else { return false }
    let last = shape.indices.reduce(0) { $0 + (shape[$1] - 1) * strides[$1] }
    guard last + element.size == shape.reduce(element.size, *) else { return false }
    // As long as their range are also numbers of which some are named twice and others never.
    var size = element.size
    for axis in shape.indices.filter({ shape[$0] > 1 }).sorted(by: { strides[$0] < strides[$1] }) {
      guard strides[axis] == size else { return false }
      size *= shape[axis]
    }
    return true
  }

  /// All numbers as planes of the last two axes, in the order of the others.
  private var planesInOrder: [Plane] {
    var array = self
    // An axis of length 1 changes nothing, and a plane has two.
    while array.shape.count < 2 {
      array.shape.insert(1, at: 0)
      array.strides.insert(0, at: 0)
    }
    let outer = array.shape.dropLast(2)
    let places = outer.reduce([[]]) { places, length in
      places.flatMap { place in (0..<length).map { place + [$0] } }
    }
    return places.map { place in
      array.plane(rowAxis: outer.count, columnAxis: outer.count + 1, at: place + [0, 0])
    }
  }
}

extension Plane {
  /// All numbers, which are `narrow` in the bits of u1 or u2, row by row.
  fileprivate func widen(
    _ narrow: NarrowFloat, into target: inout MutableSpan<Float>, from first: Int
  ) {
    let chunk = 1 << 14
    let values = narrow == .bfloat16 ? [] : narrow.values
    var bytes = [UInt8](repeating: 0, count: narrow.size == 1 ? min(chunk, pixels) : 0)
    var shorts = [UInt16](repeating: 0, count: narrow.size == 2 ? min(chunk, pixels) : 0)
    for start in stride(from: 0, to: pixels, by: chunk) {
      let run = start..<min(start + chunk, pixels)
      if narrow == .bfloat16 {
        var room = shorts.mutableSpan
        load(run, into: &room)
        for index in 0..<run.count {
          target[first + start + index] = NarrowFloat.bfloat16(room[index])
        }
      } else {
        var room = bytes.mutableSpan
        load(run, into: &room)
        for index in 0..<run.count { target[first + start + index] = values[Int(room[index])] }
      }
    }
  }
}
