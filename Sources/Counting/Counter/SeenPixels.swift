/// What the classes so far say about some pixels: whether one of them is true there, and whether
/// several are; a bit for each pixel.
struct SeenPixels {
  private var once: [UInt64]
  private var twice: [UInt64]
  private let pixels: Int
  /// How many pixels are true for some class, and for several.
  private(set) var (some, several) = (0, 0)

  init(_ pixels: Int) {
    self.pixels = pixels
    once = .init(repeating: 0, count: (pixels + 63) / 64)
    twice = once
  }

  /// - Returns: how many pixels no class before it had.
  mutating func add(_ mask: Span<UInt8>) -> Int {
    precondition(mask.count == pixels)
    return unsafe mask.withUnsafeBytes { unsafe add($0) }
  }

  /// The same of bytes whose lowest bit says so.
  mutating func add(lowestOf mask: Bits) -> Int {
    let bytes = mask.words.map { $0 & 0x0101_0101_0101_0101 }
    return unsafe bytes.withUnsafeBytes { unsafe add(.init(rebasing: $0[..<pixels])) }
  }

  private mutating func add(_ mask: UnsafeRawBufferPointer) -> Int {
    let (first, second) = unsafe once.withUnsafeMutableBytes { once in
      unsafe twice.withUnsafeMutableBytes { twice in
        guard let mask = mask.baseAddress, let once = once.baseAddress,
          let twice = twice.baseAddress
        else { return (first: 0, second: 0) }
        return unsafe addSeenHere(mask, count: pixels, once: once, twice: twice)
      }
    }
    some += first
    several += second
    return first
  }
}
