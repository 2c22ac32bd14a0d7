extension Plane {
  /// Numbers of the plane, or sums of them; the result has no gaps.
  ///
  /// Levels become shares of the largest level before they are added, and the sums are float32. What only
  /// takes the nearest keeps bytes and floats as they are; of float16 it makes float32, of other whole
  /// numbers int64.
  package func resized(by resizing: Resizing) -> Plane {
    switch resizing {
    case .nearest(let columns, let rows): taken(columns, rows)
    case .weighted(let columns, let rows): interpolated(columns, rows)
    }
  }

  private func taken(_ columns: [Int], _ rows: [Int]) -> Plane {
    switch element {
    case .b1, .u1: taken(columns, rows, as: element, 0 as UInt8) { load($0, into: &$1) }
    case .u2: taken(columns, rows, as: .u2, 0 as UInt16) { load($0, into: &$1) }
    case .f2, .f4: taken(columns, rows, as: .f4, 0 as Float) { load($0, into: &$1) }
    case .f8: taken(columns, rows, as: .f8, 0 as Double) { load($0, into: &$1) }
    case .u4, .u8, .i1, .i2, .i4, .i8:
      // Only labels are of these, and they were seen to fit.
      taken(columns, rows, as: .i8, 0 as Int64) { _ = loadLabels($0, into: &$1) }
    }
  }

  private func taken<Number: BitwiseCopyable>(
    _ columns: [Int], _ rows: [Int], as element: Element, _ zero: Number,
    loading load: (Range<Int>, inout MutableSpan<Number>) -> Void
  ) -> Plane {
    var row = [Number](repeating: zero, count: width)
    var loaded: Int?
    let bytes = Bytes(count: rows.count * columns.count, of: Number.self) { target in
      var pixel = 0
      for source in rows {
        if source != loaded {
          var span = row.mutableSpan
          load(source * width..<(source + 1) * width, &span)
          loaded = source
        }
        for column in columns {
          target[pixel] = row[column]
          pixel += 1
        }
      }
    }
    return Plane(packed: bytes, element: element, width: columns.count, height: rows.count)
  }

  /// Along the rows first: what lies between the two steps is float32 in all libraries.
  private func interpolated(_ columns: AxisTaps, _ rows: AxisTaps) -> Plane {
    let wide = columns.taps.count
    var between = [Float](repeating: 0, count: wide * height)
    var span = between.mutableSpan
    columns.write(transposed(shares, width: width), length: height, into: &span)
    between = transposed(between, width: height)
    let bytes = Bytes(count: wide * rows.taps.count, of: Float.self) { target in
      rows.write(between, length: wide, into: &target)
    }
    return Plane(packed: bytes, element: .f4, width: wide, height: rows.taps.count)
  }

  /// All numbers, row by row; levels as shares of the largest.
  private var shares: [Float] {
    var shares = [Float](repeating: 0, count: pixels)
    var span = shares.mutableSpan
    load(0..<pixels, into: &span)
    if let largestLevel { for pixel in shares.indices { shares[pixel] /= largestLevel } }
    return shares
  }

  /// What stands for a probability of 1, where numbers are levels.
  private var largestLevel: Float? {
    switch element {
    case .u1: 255
    case .u2: 65535
    default: nil
    }
  }
}

/// Columns as rows; `width` is that of the rows before.
private func transposed(_ numbers: [Float], width: Int) -> [Float] {
  let height = numbers.count / width
  var turned = [Float](repeating: 0, count: numbers.count)
  for y in 0..<height {
    for x in 0..<width { turned[x * height + y] = numbers[y * width + x] }
  }
  return turned
}
