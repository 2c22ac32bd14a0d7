// PNG files, written chunk by chunk, right or wrong.

let pngSignature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

func png(_ chunks: [UInt8]...) -> [UInt8] { png(chunks) }

func png(_ chunks: [[UInt8]]) -> [UInt8] {
  pngSignature + chunks.joined() + chunk("IEND", [])
}

func header(
  width: Int, height: Int, depth: UInt8, color: UInt8, interlace: UInt8 = 0
) -> [UInt8] {
  chunk("IHDR", bigEndian(width) + bigEndian(height) + [depth, color, 0, 0, interlace])
}

/// A grey image of one row, not filtered.
func gray(depth: UInt8, row: [UInt8], width: Int) -> [UInt8] {
  png(header(width: width, height: 1, depth: depth, color: 0), pixels([row]))
}

/// Rows as packed bytes, each without a filter.
func pixels(_ rows: [[UInt8]]) -> [UInt8] {
  chunk("IDAT", zlib(rows.flatMap { [0] + $0 }))
}

func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
  let named = name.utf8 + body
  return bigEndian(body.count) + named + bigEndian(Int(crc(named)))
}

/// A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4).
func zlib(_ raw: [UInt8], window: UInt8 = 7) -> [UInt8] {
  let starts = Array(stride(from: 0, to: max(1, raw.count), by: 65_535))
  let blocks = starts.flatMap { start in
    let part = raw[start..<min(raw.count, start + 65_535)]
    let (low, high) = (UInt8(part.count & 255), UInt8(part.count >> 8))
    return [start == starts.last ? 1 : 0, low, high, ~low, ~high] + part
  }
  return zlib(deflated: blocks, of: raw, window: window)
}

/// - Parameter window: log₂ of the window's bytes, less 8.
func zlib(deflated blocks: [UInt8], of raw: [UInt8], window: UInt8 = 7) -> [UInt8] {
  let method = window << 4 | 8
  // Both bytes together are a multiple of 31.
  let check = UInt8(31 - Int(method) << 8 % 31)
  return [method, check] + blocks + bigEndian(adler(raw))
}

func adler(_ raw: [UInt8]) -> Int {
  let (a, b) = raw.reduce((1, 0)) { sums, byte in
    let a = (sums.0 + Int(byte)) % 65_521
    return (a, (sums.1 + a) % 65_521)
  }
  return b << 16 | a
}

func bigEndian(_ value: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { crc, byte in crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
}

private let crcTable: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
}

/// `file` with the checksum of every chunk made to fit.
func resealed(_ file: [UInt8]) -> [UInt8] {
  var file = file
  var start = pngSignature.count
  while start + 12 <= file.count {
    let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    guard length <= file.count - start - 12 else { break }
    let end = start + 8 + length
    file.replaceSubrange(end..<end + 4, with: bigEndian(Int(crc(file[start + 4..<end]))))
    start = end + 4
  }
  return file
}

/// The same numbers in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
