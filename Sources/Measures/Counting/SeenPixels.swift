/// What the classes that were looked at so far say to some pixels: whether one of them is true
/// there, and whether several are; a byte for each pixel, sixteen at a time.
struct SeenPixels {
  private typealias Sixteen = SIMD16<UInt8>

  private var seen: [(once: Sixteen, twice: Sixteen)]
  private let pixels: Int

  init(_ pixels: Int) {
    self.pixels = pixels
    seen = .init(repeating: (Sixteen(), Sixteen()), count: (pixels + 15) / 16)
  }

  /// - Returns: how many pixels no class before it had.
  mutating func add(_ mask: Span<UInt8>) -> Int {
    precondition(mask.count == pixels)
    let bytes = unsafe mask.bytes
    let whole = pixels / 16
    var first = add(0..<whole) {
      unsafe bytes.unsafeLoadUnaligned(fromByteOffset: $0 &* 16, as: Sixteen.self)
    }
    if whole * 16 < pixels {
      var tail = Sixteen()
      for pixel in whole * 16..<pixels { tail[pixel - whole * 16] = mask[pixel] }
      first += add(whole..<whole + 1) { _ in tail }
    }
    return first
  }

  /// The same of bytes whose lowest bit says so.
  mutating func add(lowestOf mask: Bits) -> Int {
    add(seen.indices) { index in
      let words = SIMD2(mask.words[index &* 2], mask.words[index &* 2 &+ 1])
      return unsafe unsafeBitCast(words, to: Sixteen.self) & Sixteen(repeating: 1)
    }
  }

  @inline(__always)
  private mutating func add(_ places: Range<Int>, _ bytes: (Int) -> Sixteen) -> Int {
    var first = 0
    var seen = seen.mutableSpan
    // A byte can hold the sum of 255 ones.
    for begin in stride(from: places.lowerBound, to: places.upperBound, by: 255) {
      var sums = Sixteen()
      for index in begin..<min(begin + 255, places.upperBound) {
        let bytes = bytes(index)
        let ones = bytes.replacing(with: 1, where: bytes .> Sixteen(repeating: 1))
        let (once, twice) = seen[index]
        seen[index] = (once | ones, twice | once & ones)
        sums &+= ones & ~once
      }
      first += SeenPixels.total(sums)
    }
    return first
  }

  /// How many pixels are true for some class, and for several.
  var counts: (some: Int, several: Int) {
    seen.reduce((0, 0)) {
      ($0.0 + SeenPixels.total($1.once), $0.1 + SeenPixels.total($1.twice))
    }
  }

  /// The sum of sixteen bytes.
  @inline(__always)
  private static func total(_ bytes: Sixteen) -> Int {
    let words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    let low = SIMD2<UInt64>(repeating: 0x00ff_00ff_00ff_00ff)
    let pairs = (words & low) &+ (words &>> 8 & low)
    let sum = pairs[0] &+ pairs[1]
    return Int(truncatingIfNeeded: (sum &* 0x0001_0001_0001_0001) &>> 48)
  }
}
