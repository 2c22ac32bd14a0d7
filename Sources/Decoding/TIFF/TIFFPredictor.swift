import Core
import Raster

/// What was subtracted from the samples of a row before they were compressed.
enum TIFFPredictor {
  case none
  /// The sample to the left (TIFF 6.0, section 14). libtiff does the same to the bits of floats.
  case left
  /// The byte to the left, after the bytes of a row's floats were sorted by their weight (Adobe Photoshop TIFF
  /// Technical Note 3, 2005).
  case floatingPoint

  init(
    _ number: Int, compression: TIFFCompression, element: Plane.Element, bits: Int
  ) throws(Problem) {
    switch number {
    case 1: self = .none
    case 2 where bits >= 8: self = .left
    case 2: throw .unreadTIFF("has differences (predictor 2) of samples of \(bits) bits")
    case 3 where element.isFloat: self = .floatingPoint
    case 3:
      throw Problem(
        "has the predictor of floats (3), but whole numbers", remedy: "write it again without it")
    default: throw .unreadTIFF("has the unknown predictor \(number)")
    }
    // libtiff ignores the tag there, and tifffile adds the numbers up.
    if number != 1, compression == .none || compression == .packBits {
      throw Problem(
        "names a predictor, but \(compression == .none ? "is not compressed" : "is compressed by PackBits"), so programs read different numbers",
        remedy: "write it again without the tag Predictor, or compressed by Deflate")
    }
  }
}

/// Rows of samples in memory, of which some are to be summed up.
struct TIFFRows {
  /// Samples of a row that lie beside each other, and how many of them are one pixel.
  let samples: Int
  let step: Int
  let element: Plane.Element
  let isByteSwapped: Bool

  private var length: Int { samples * element.size }

  /// Undoes the predictor in the first `rows` of `memory`; the numbers are in this machine's order afterwards.
  func undo(_ predictor: TIFFPredictor, _ rows: Int, of memory: inout MutableRawSpan) {
    switch predictor {
    case .none: break
    case .left:
      for row in 0..<rows {
        switch element.size {
        case 1: addLeft(from: row * length, of: &memory, UInt8.self)
        case 2: addLeft(from: row * length, of: &memory, UInt16.self)
        case 4: addLeft(from: row * length, of: &memory, UInt32.self)
        default: addLeft(from: row * length, of: &memory, UInt64.self)
        }
      }
    case .floatingPoint:
      var sorted = [UInt8](repeating: 0, count: length)
      for row in 0..<rows {
        let start = row * length
        addBytesLeft(in: start..<start + length, of: &memory)
        unsafe memory.withUnsafeBytes { bytes in
          unsafe sorted.withUnsafeMutableBytes {
            unsafe $0.copyMemory(from: .init(rebasing: bytes[start..<start + length]))
          }
        }
        switch element.size {
        case 2: gather(sorted, at: start, of: &memory, UInt16.self)
        case 4: gather(sorted, at: start, of: &memory, UInt32.self)
        default: gather(sorted, at: start, of: &memory, UInt64.self)
        }
      }
    }
  }

  /// Adds to each sample of a row the one of the pixel before.
  @inline(__always)
  private func addLeft<Number: FixedWidthInteger & BitwiseCopyable>(
    from start: Int, of memory: inout MutableRawSpan, _: Number.Type
  ) {
    let size = MemoryLayout<Number>.size
    if step == 1, !isByteSwapped || size == 1 {
      return addNeighbours(in: start..<start + length, of: &memory, Number.self)
    }
    for channel in 0..<step {
      var sum: Number = 0
      for place in stride(
        from: start + channel * size, to: start + length, by: step * size)
      {
        let number: Number = memory.load(place)
        sum &+= isByteSwapped ? number.byteSwapped : number
        memory.store(sum, at: place)
      }
    }
  }

  private func addBytesLeft(in row: Range<Int>, of memory: inout MutableRawSpan) {
    if step == 1 { return addNeighbours(in: row, of: &memory, UInt8.self) }
    for channel in 0..<step {
      var sum: UInt8 = 0
      for place in stride(from: row.lowerBound + channel, to: row.upperBound, by: step) {
        sum &+= memory.load(place)
        memory.store(sum, at: place)
      }
    }
  }

  /// Puts together the bytes of each float, the highest of which come first.
  @inline(__always)
  private func gather<Number: FixedWidthInteger & BitwiseCopyable>(
    _ sorted: [UInt8], at start: Int, of memory: inout MutableRawSpan, _: Number.Type
  ) {
    let size = MemoryLayout<Number>.size
    let sorted = sorted.span
    var whole = 0
    if size == 4, 1 == 1.littleEndian {
      let bytes = unsafe sorted.bytes
      while whole + 16 <= samples {
        func part(_ byte: Int) -> ByteVector {
          unsafe bytes.unsafeLoadUnaligned(
            fromByteOffset: byte * samples + whole, as: ByteVector.self)
        }
        let (low, high) = ((part(3), part(2)), (part(1), part(0)))
        let firstLow = low.0.firstBytes(with: low.1)
        let firstHigh = high.0.firstBytes(with: high.1)
        let lastLow = low.0.lastBytes(with: low.1)
        let lastHigh = high.0.lastBytes(with: high.1)
        let place = start + whole * 4
        memory.store(firstLow.firstPairs(with: firstHigh), at: place)
        memory.store(firstLow.lastPairs(with: firstHigh), at: place + 16)
        memory.store(lastLow.firstPairs(with: lastHigh), at: place + 32)
        memory.store(lastLow.lastPairs(with: lastHigh), at: place + 48)
        whole += 16
      }
    }
    for index in whole..<samples {
      var number: Number = 0
      for byte in 0..<size { number = number << 8 | Number(sorted[byte * samples + index]) }
      memory.store(number, at: start + index * size)
    }
  }
}

/// Makes the numbers in `row` the running sum of themselves, 16 bytes at once.
@inline(__always)
private func addNeighbours<Number: FixedWidthInteger & BitwiseCopyable>(
  in row: Range<Int>, of memory: inout MutableRawSpan, _: Number.Type
) {
  let size = MemoryLayout<Number>.size
  var place = row.lowerBound
  var last: Number = 0
  if size < 8 {
    var carried = ByteVector()
    while place + 16 <= row.upperBound {
      var sum: ByteVector = memory.load(place)
      switch size {
      case 1:
        sum &+= sum.moved(behind: 0 as UInt8)
        sum &+= sum.moved(behind: 0 as UInt16)
        sum &+= sum.moved(behind: 0 as UInt32)
        sum &+= sum.moved(behind: 0 as UInt64)
        sum &+= carried
        carried = ByteVector(repeating: sum[15])
      case 2:
        sum = ByteVector(sum.pairs &+ sum.moved(behind: 0 as UInt16).pairs)
        sum = ByteVector(sum.pairs &+ sum.moved(behind: 0 as UInt32).pairs)
        sum = ByteVector(sum.pairs &+ sum.moved(behind: 0 as UInt64).pairs)
        sum = ByteVector(sum.pairs &+ carried.pairs)
        carried = ByteVector(SIMD8(repeating: sum.pairs[7]))
      default:
        sum = ByteVector(sum.quads &+ sum.moved(behind: 0 as UInt32).quads)
        sum = ByteVector(sum.quads &+ sum.moved(behind: 0 as UInt64).quads)
        sum = ByteVector(sum.quads &+ carried.quads)
        carried = ByteVector(SIMD4(repeating: sum.quads[3]))
      }
      memory.store(sum, at: place)
      place += 16
    }
    if place > row.lowerBound { last = memory.load(place - size) }
  }
  while place < row.upperBound {
    last &+= memory.load(place)
    memory.store(last, at: place)
    place += size
  }
}
