/// Yes or no for each pixel of a block, a byte each, eight at a time.
///
/// The bytes are 0 or 1, so words of them can be combined as such, and counted by adding.
struct Bits {
  private(set) var words: [UInt64] = .init(repeating: 0, count: Region.pixelsPerBlock / 8)

  init() {}

  /// Bytes behind the last pixel are 0.
  init(_ bytes: Span<UInt8>) {
    let raw = unsafe bytes.bytes
    for index in 0..<bytes.count / 8 {
      words[index] = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
    }
    for byte in bytes.count / 8 * 8..<bytes.count {
      words[byte / 8] |= UInt64(bytes[byte]) << UInt64(byte % 8 * 8)
    }
  }

  /// The lowest bit of each byte of whole vectors.
  init(lowestOf vectors: ArraySlice<SIMD8<UInt8>>) {
    for (index, bytes) in vectors.enumerated() {
      words[index] = unsafe unsafeBitCast(bytes, to: UInt64.self) & 0x0101_0101_0101_0101
    }
  }

  /// How many are 1 in what `combine` makes of the words.
  @inline(__always)
  func count(_ other: Bits, _ combine: (UInt64, UInt64) -> UInt64) -> Int {
    // 255 ones fit a byte.
    var count = 0
    for first in stride(from: 0, to: words.count, by: 128) {
      var sums: UInt64 = 0
      for index in first..<min(first + 128, words.count) {
        sums &+= combine(words[index], other.words[index])
      }
      count += Int(Bits.total(sums))
    }
    return count
  }

  /// The sum of eight bytes.
  private static func total(_ bytes: UInt64) -> UInt64 {
    let pairs = (bytes & 0x00ff_00ff_00ff_00ff) &+ (bytes &>> 8 & 0x00ff_00ff_00ff_00ff)
    return (pairs &* 0x0001_0001_0001_0001) &>> 48
  }
}
