/// A TIFF file that is put together by hand (TIFF 6.0, section 2, and BigTIFF).
struct TIFFFixture {
  var pages: [[Int: Value]]
  /// Strips or tiles, which lie behind the directories.
  var chunks: [[UInt8]]
  var isBigEndian = false
  var isBigTIFF = false
  /// Where the last directory says that the next one is.
  var next = 0

  enum Value {
    case shorts([Int])
    case longs([Int])
    case text(String)
    /// Places behind the first byte of the first chunk.
    case places([Int])

    var count: Int {
      switch self {
      case .shorts(let numbers), .longs(let numbers), .places(let numbers): numbers.count
      case .text(let text): text.utf8.count + 1
      }
    }
  }

  /// A page of one sample, of which `more` changes or adds tags.
  init(
    _ chunks: [[UInt8]], width: Int = 4, height: Int = 3, bits: Int = 8, rows: Int? = nil,
    _ more: [Int: Value] = [:]
  ) {
    self.chunks = chunks
    var place = 0
    let places = chunks.map { chunk in
      defer { place += chunk.count }
      return place
    }
    let tags: [Int: Value] = [
      256: .shorts([width]), 257: .shorts([height]), 258: .shorts([bits]), 259: .shorts([1]),
      262: .shorts([1]), 273: .places(places), 277: .shorts([1]),
      278: .shorts([rows ?? height]), 279: .longs(chunks.map(\.count)),
    ]
    pages = [tags.merging(more) { $1 }]
  }

  /// The same with tiles in the place of strips.
  func tiled(_ width: Int, _ height: Int) -> TIFFFixture {
    var file = self
    for page in pages.indices {
      file.pages[page][324] = file.pages[page].removeValue(forKey: 273)
      file.pages[page][325] = file.pages[page].removeValue(forKey: 279)
      file.pages[page][322] = .shorts([width])
      file.pages[page][323] = .shorts([height])
    }
    return file
  }

  var bytes: [UInt8] {
    let (start, entrySize, room) = isBigTIFF ? (16, 20, 8) : (8, 12, 4)
    let directorySizes = pages.map { (isBigTIFF ? 8 : 2) + entrySize * $0.count + room }
    let valuesPlace = start + directorySizes.reduce(0, +)
    let longValues = pages.flatMap(\.values).map { size($0) }.filter { $0 > room }.reduce(0, +)
    let pixels = valuesPlace + longValues
    var directories: [UInt8] = []
    var values: [UInt8] = []
    for (index, page) in pages.enumerated() {
      directories += number(page.count, isBigTIFF ? 8 : 2)
      for (tag, value) in page.sorted(by: { $0.key < $1.key }) {
        directories += number(tag, 2) + number(type(value), 2) + number(value.count, room)
        let data = data(value, pixels: pixels)
        if data.count <= room {
          directories += data + [UInt8](repeating: 0, count: room - data.count)
        } else {
          directories += number(valuesPlace + values.count, room)
          values += data
        }
      }
      let following = start + directorySizes.prefix(index + 1).reduce(0, +)
      directories += number(index + 1 == pages.count ? next : following, room)
    }
    return header + directories + values + chunks.joined()
  }

  private var header: [UInt8] {
    let order: [UInt8] = isBigEndian ? Array("MM".utf8) : Array("II".utf8)
    return isBigTIFF
      ? order + number(43, 2) + number(8, 2) + number(0, 2) + number(16, 8)
      : order + number(42, 2) + number(8, 4)
  }

  private func type(_ value: Value) -> Int {
    switch value {
    case .shorts: 3
    case .longs, .places: 4
    case .text: 2
    }
  }

  private func size(_ value: Value) -> Int {
    [2: 1, 3: 2, 4: 4][type(value), default: 0] * value.count
  }

  private func data(_ value: Value, pixels: Int) -> [UInt8] {
    switch value {
    case .shorts(let numbers): numbers.flatMap { number($0, 2) }
    case .longs(let numbers): numbers.flatMap { number($0, 4) }
    case .places(let numbers): numbers.flatMap { number($0 + pixels, 4) }
    case .text(let text): Array(text.utf8) + [0]
    }
  }

  func number(_ number: Int, _ size: Int) -> [UInt8] {
    isBigEndian ? little(number, size).reversed() : little(number, size)
  }
}

// MARK: - Compressed by hand

/// zlib (RFC 1950) around one block that is stored as it is.
func zlibStored(_ bytes: [UInt8]) -> [UInt8] {
  var (a, b) = (1, 0)
  for byte in bytes {
    a = (a + Int(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return [0x78, 0x01, 1] + little(bytes.count, 2) + little(~bytes.count, 2) + bytes
    + little(b << 16 | a, 4).reversed()
}

/// A frame of Zstandard (RFC 8878) with one block as it is; up to 255 bytes.
func zstandardStored(_ bytes: [UInt8]) -> [UInt8] {
  [0x28, 0xb5, 0x2f, 0xfd, 0x20, UInt8(bytes.count)] + little(bytes.count << 3 | 1, 3) + bytes
}

/// PackBits (TIFF 6.0, section 9): runs of at least two, and the rest byte by byte.
func packedBits(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var rest = bytes[...]
  while let byte = rest.first {
    let run = rest.prefix { $0 == byte }.prefix(128)
    result += run.count > 1 ? [UInt8(truncatingIfNeeded: 1 - run.count), byte] : [0, byte]
    rest = rest.dropFirst(run.count)
  }
  return result
}

/// LZW as TIFF has it (TIFF 6.0, section 13), the plain way: strings in a dictionary.
func lzw(_ bytes: [UInt8]) -> [UInt8] {
  var bits: [Bool] = []
  var codes: [[UInt8]: Int] = [:]
  var (width, next) = (9, 258)
  func write(_ code: Int) {
    for bit in (0..<width).reversed() { bits.append(code >> bit & 1 == 1) }
  }
  func clear() {
    write(256)
    codes = Dictionary(uniqueKeysWithValues: (0...255).map { ([UInt8($0)], $0) })
    (width, next) = (9, 258)
  }
  clear()
  var string: [UInt8] = []
  for byte in bytes {
    if codes[string + [byte]] != nil {
      string.append(byte)
      continue
    }
    write(codes[string] ?? 0)
    codes[string + [byte]] = next
    next += 1
    if next == 4095 { clear() } else if next == 1 << width { width += 1 }
    string = [byte]
  }
  if !string.isEmpty { write(codes[string] ?? 0) }
  write(257)
  while bits.count % 8 != 0 { bits.append(false) }
  return stride(from: 0, to: bits.count, by: 8).map { start in
    bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
  }
}
