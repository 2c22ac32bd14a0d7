/// What the classes that were looked at so far say to some pixels: whether one of them is true
/// there, and whether several are; a byte for each pixel, eight at a time.
struct SeenPixels {
  private var words: [(once: UInt64, twice: UInt64)]
  private let pixels: Int

  init(_ pixels: Int) {
    self.pixels = pixels
    words = .init(repeating: (0, 0), count: (pixels + 7) / 8)
  }

  /// - Returns: how many pixels no class before it had.
  mutating func add(_ mask: Span<UInt8>) -> Int {
    precondition(mask.count == pixels)
    let bytes = unsafe mask.bytes
    let whole = pixels / 8
    var first = 0
    for begin in stride(from: 0, to: whole, by: SeenPixels.most) {
      var sums: UInt64 = 0
      for index in begin..<min(begin + SeenPixels.most, whole) {
        let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
        sums &+= note(SeenPixels.ones(word), at: index)
      }
      first += SeenPixels.total(sums)
    }
    if whole * 8 < pixels {
      var tail: UInt64 = 0
      for (place, index) in (whole * 8..<pixels).enumerated() where mask[index] != 0 {
        tail |= 1 << UInt64(place * 8)
      }
      first += SeenPixels.total(note(tail, at: whole))
    }
    return first
  }

  /// The same of bytes whose lowest bit says so.
  mutating func add(lowestOf mask: Bits) -> Int {
    var first = 0
    for index in words.indices { first += SeenPixels.total(note(mask.words[index], at: index)) }
    return first
  }

  /// How many pixels are true for some class, and for several.
  var counts: (some: Int, several: Int) {
    words.reduce((0, 0)) {
      ($0.0 + SeenPixels.total($1.once), $0.1 + SeenPixels.total($1.twice))
    }
  }

  @inline(__always)
  private mutating func note(_ ones: UInt64, at index: Int) -> UInt64 {
    let before = words[index]
    words[index] = (before.once | ones, before.twice | before.once & ones)
    return ones & ~before.once
  }

  /// Words whose ones a byte can hold the sum of.
  private static let most = 255

  /// 1 for each byte that is not 0.
  @inline(__always)
  private static func ones(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    return (((word & low) &+ low | word) & ~low) &>> 7
  }

  /// The sum of eight bytes.
  @inline(__always)
  private static func total(_ bytes: UInt64) -> Int {
    let pairs = (bytes & 0x00ff_00ff_00ff_00ff) &+ (bytes &>> 8 & 0x00ff_00ff_00ff_00ff)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
  }
}
