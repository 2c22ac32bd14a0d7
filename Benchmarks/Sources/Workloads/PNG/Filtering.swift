/// The rows of a picture as a PNG keeps them: each behind the number of its filter, which is the
/// one that leaves the least sum of distances from 0.
///
/// Candidates are None, Up, Sub and Paeth, in this order; of equal ones the first is taken, and
/// what reaches 0 ends the search. This is Pillow's choice (src/libImaging/ZipEncode.c), and what
/// the filters are is in the PNG specification, 9.2.
func filtered(_ samples: [UInt8], rowBytes: Int, pixelBytes: Int) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(samples.count + samples.count / rowBytes)
  // A pixel of zeros stands before each row, so that Sub and Paeth need no special first pixel.
  var row = [UInt8](repeating: 0, count: pixelBytes + rowBytes)
  var above = row
  var candidate = [UInt8](repeating: 0, count: rowBytes)
  for start in stride(from: 0, to: samples.count, by: rowBytes) {
    swap(&row, &above)
    row.replaceSubrange(pixelBytes..., with: samples[start..<start + rowBytes])
    var best = Array(row[pixelBytes...])
    var name: UInt8 = 0
    var least = distance(of: best)
    for filter in Filter.allCases where least > 0 {
      filter.apply(to: row, above, pixelBytes, into: &candidate)
      let sum = distance(of: candidate)
      if sum < least {
        least = sum
        name = filter.rawValue
        swap(&best, &candidate)
      }
    }
    result.append(name)
    result += best
  }
  return result
}

private func distance(of row: [UInt8]) -> UInt32 {
  var sum: UInt32 = 0
  for byte in row { sum &+= UInt32(min(byte, 0 &- byte)) }
  return sum
}

private enum Filter: UInt8, CaseIterable {
  case up = 2
  case sub = 1
  case paeth = 4

  func apply(
    to row: [UInt8], _ above: [UInt8], _ pixelBytes: Int, into result: inout [UInt8]
  ) {
    // The loops below are nothing but loads at these three places.
    precondition(row.count == result.count + pixelBytes && above.count == row.count)
    unsafe row.withUnsafeBufferPointer { row in
      unsafe above.withUnsafeBufferPointer { above in
        unsafe result.withUnsafeMutableBufferPointer { result in
          switch self {
          case .up:
            for i in 0..<result.count {
              unsafe result[i] = row[i &+ pixelBytes] &- above[i &+ pixelBytes]
            }
          case .sub:
            for i in 0..<result.count {
              unsafe result[i] = row[i &+ pixelBytes] &- row[i]
            }
          case .paeth:
            for i in 0..<result.count {
              unsafe result[i] =
                row[i &+ pixelBytes] &- nearest(row[i], above[i &+ pixelBytes], above[i])
            }
          }
        }
      }
    }
  }
}

/// The one of left, above and above left that is nearest to left + above − above left; of equally
/// near ones the first.
@inline(__always)
private func nearest(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
  let (a, b, c) = (Int16(left), Int16(above), Int16(corner))
  let toLeft = (b &- c).magnitude
  let toAbove = (a &- c).magnitude
  let toCorner = (a &+ b &- c &- c).magnitude
  let nearer = toAbove <= toCorner ? above : corner
  return toLeft <= toAbove && toLeft <= toCorner ? left : nearer
}
