import Core
import Decoding
import Raster
import TestSupport
import Testing

@Suite("TIFF files")
struct TIFFTests {
  private static let pixels: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

  @Test("are read in both byte orders and with offsets of 4 and 8 bytes")
  func headers() throws {
    for isBigEndian in [false, true] {
      for isBigTIFF in [false, true] {
        var file = TIFFFixture([Self.pixels])
        file.isBigEndian = isBigEndian
        file.isBigTIFF = isBigTIFF
        #expect(TIFFFile.isTIFF(Array(file.bytes.prefix(4))))
        #expect(try numbers(of: file) == Self.pixels.map(Double.init))
      }
    }
    #expect(!TIFFFile.isTIFF(Array("IIII".utf8)) && !TIFFFile.isTIFF([]))
  }

  @Test("hold numbers of every type", arguments: Plane.Element.allCases.filter { $0 != .b1 })
  func elements(element: Plane.Element) throws {
    let size = element.size
    let one = ["f2": 0x3c00, "f4": 0x3f80_0000, "f8": 0x3ff0 << 48][element.rawValue] ?? 1
    let format = element.isFloat ? 3 : element.rawValue.hasPrefix("i") ? 2 : 1
    for isBigEndian in [false, true] {
      for compression in [1, 8] {
        var file = TIFFFixture([], width: 2, height: 1, bits: size * 8)
        file.isBigEndian = isBigEndian
        let data = file.number(0, size) + file.number(one, size)
        let bytes = compression == 1 ? data : zlibStored(data)
        file = TIFFFixture(
          [bytes], width: 2, height: 1, bits: size * 8,
          [259: .shorts([compression]), 339: .shorts([format])])
        file.isBigEndian = isBigEndian
        try withFile(file.bytes) { path in
          let opened = try TIFFFile(opening: path)
          #expect(opened.element == element && opened.bits == size * 8)
          #expect(try numbers(opened.page(0)) == [0, 1])
        }
      }
    }
  }

  @Test("unpack samples of 1, 2 and 4 bits to a byte each")
  func fewBits() throws {
    // Rows begin at a byte.
    let one = TIFFFixture([[0xa5, 0x40, 0x5a, 0x80]], width: 10, height: 2, bits: 1)
    #expect(
      try numbers(of: one) == [1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0])
    let two = TIFFFixture([[0b00_01_10_11, 0b11_00_00_00]], width: 5, height: 1, bits: 2)
    #expect(try numbers(of: two) == [0, 1, 2, 3, 3])
    let four = TIFFFixture([[0x1f, 0x20, 0x34, 0x50]], width: 3, height: 2, bits: 4)
    #expect(try numbers(of: four) == [1, 15, 2, 3, 4, 5])
    let tiles = TIFFFixture([[0x12, 0x34], [0x50, 0x60]], width: 3, height: 2, bits: 4)
    #expect(try numbers(of: tiles.tiled(2, 2)) == [1, 2, 5, 3, 4, 6])
  }

  @Test("give the numbers that were compressed", arguments: [1, 5, 8, 32_946, 32_773, 50_000])
  func compressions(number: Int) throws {
    let first = pack(Array(Self.pixels.prefix(8)), number)
    let last = pack(Array(Self.pixels.suffix(4)), number)
    let strips = TIFFFixture([first, last], rows: 2, [259: .shorts([number])])
    #expect(try numbers(of: strips) == Self.pixels.map(Double.init))
    // Bytes behind the compressed ones, and a last strip that goes on behind the image.
    let padded = pack(Array(Self.pixels.suffix(4)) + [99, 99, 99, 99], number)
    let surplus = TIFFFixture([first + [0, 0, 0], padded], rows: 2, [259: .shorts([number])])
    #expect(try numbers(of: surplus) == Self.pixels.map(Double.init))
    // Two tiles beside each other, the second of which leaves the image.
    let left = pack([1, 2, 3, 5, 6, 7, 9, 10, 11, 0, 0, 0], number)
    let right = pack([4, 0, 0, 8, 0, 0, 12, 0, 0, 0, 0, 0], number)
    let tiles = TIFFFixture([left, right], [259: .shorts([number])]).tiled(3, 4)
    #expect(try numbers(of: tiles) == Self.pixels.map(Double.init))
  }

  @Test("unpack LZW of long runs, of a full table and of noise")
  func longLZW() throws {
    var generator = SeededGenerator(seed: 1)
    let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let runs = (0..<20_000).map { UInt8($0 / 700 % 5) }
    for bytes in [noise, runs, [UInt8](repeating: 7, count: 20_000)] {
      let file = TIFFFixture([lzw(bytes)], width: 200, height: 100, [259: .shorts([5])])
      #expect(try numbers(of: file) == bytes.map(Double.init))
    }
  }

  @Test("add up differences of every width, in both byte orders", arguments: [1, 2, 4, 8])
  func differences(size: Int) throws {
    // More than a vector of them, which wrap around.
    let values = (0..<37).map { (column: Int) in column * 0x0123_4567_89ab % (1 << 40) }
    for isBigEndian in [false, true] {
      for step in [1, 3] {
        var file = TIFFFixture([], width: 37, height: 1)
        file.isBigEndian = isBigEndian
        let samples = values.flatMap { value in (0..<step).map { value &+ $0 } }
        let data = samples.indices.flatMap { index in
          file.number(samples[index] &- (index < step ? 0 : samples[index - step]), size)
        }
        file = TIFFFixture(
          [zlibStored(data)], width: 37, height: 1, bits: size * 8,
          [259: .shorts([8]), 317: .shorts([2]), 277: .shorts([step])])
        file.isBigEndian = isBigEndian
        let mask = size == 8 ? Int.max : 1 << (size * 8) - 1
        #expect(try numbers(of: file) == samples.map { Double($0 & mask) })
      }
    }
  }

  @Test("put floats together whose bytes were sorted", arguments: [2, 4, 8])
  func sortedFloats(size: Int) throws {
    let values = (0..<37).map { Double($0) - 18.5 }
    let bits = values.map { value in
      switch size {
      case 4: Int(Float(value).bitPattern)
      case 8: Int(bitPattern: UInt(value.bitPattern))
      default: Int(value < 0 ? 1 << 15 : 0) | halfBits(value.magnitude)
      }
    }
    let sorted = (0..<size).flatMap { byte in
      bits.map { UInt8(truncatingIfNeeded: $0 >> (8 * (size - 1 - byte))) }
    }
    let steps = sorted.indices.map { $0 == 0 ? sorted[0] : sorted[$0] &- sorted[$0 - 1] }
    for isBigEndian in [false, true] {
      var file = TIFFFixture(
        [zlibStored(steps)], width: 37, height: 1, bits: size * 8,
        [259: .shorts([8]), 317: .shorts([3]), 339: .shorts([3])])
      file.isBigEndian = isBigEndian
      #expect(try numbers(of: file) == values)
    }
  }

  @Test("have samples of a pixel together, or in planes")
  func planes() throws {
    let together: [Int: TIFFFixture.Value] = [277: .shorts([3])]
    let apart = together.merging([284: .shorts([2])]) { $1 }
    for number in [1, 8] {
      let compression: [Int: TIFFFixture.Value] = [259: .shorts([number])]
      let pixels = TIFFFixture(
        [pack(Self.pixels, number)], width: 2, height: 2, together.merging(compression) { $1 })
      #expect(try numbers(of: pixels) == Self.pixels.map(Double.init))
      let planes = [[1, 4, 7, 10], [2, 5, 8, 11], [3, 6, 9, 12]] as [[UInt8]]
      let file = TIFFFixture(
        planes.map { pack($0, number) }, width: 2, height: 2, apart.merging(compression) { $1 })
      #expect(try numbers(of: file) == Self.pixels.map(Double.init))
      #expect(try open(file).outline.shape == [1, 2, 2, 3])
    }
  }

  @Test("stay where they lie in the file if there are no gaps")
  func places() throws {
    let whole = TIFFFixture([Array(Self.pixels.prefix(8)), Array(Self.pixels.suffix(4))], rows: 2)
    #expect(try open(whole).page(0).bytes.count == whole.bytes.count)
    var backwards = TIFFFixture([[9, 10, 11, 12], Array(Self.pixels.prefix(8))], rows: 2)
    backwards.pages[0][273] = .places([4, 0])
    backwards.pages[0][279] = .longs([8, 4])
    #expect(try open(backwards).page(0).bytes.count == 12)
    #expect(try numbers(of: backwards) == Self.pixels.map(Double.init))
  }

  @Test("have pages of one kind; overviews and masks of others are none")
  func pages() throws {
    var file = TIFFFixture([Self.pixels])
    let page = file.pages[0]
    let small = page.merging([256: .shorts([2]), 257: .shorts([1]), 254: .longs([1])]) { $1 }
    file.pages = [small, page, page.merging([254: .longs([4])]) { $1 }, page]
    #expect(try open(file).pages == 2)
    #expect(try open(file).outline.shape == [2, 3, 4])
    file.pages = [page, page, page.merging([257: .shorts([2])]) { $1 }]
    #expect(
      try refusal(of: file)
        == "in page 2 (the first is 0): its height is 2, and that of page 0 is 3")
    file.pages = [page, page]
    file.next = 8
    #expect(try (refusal(of: file) ?? "is read").contains("in a circle"))
  }

  @Test("have images behind the first where ImageJ or tifffile says so")
  func followingImages() throws {
    for text in ["ImageJ=1.54f\nimages=3\nslices=3\n", #"{"shape": [3, 3, 4], "truncated": true}"#]
    {
      var file = TIFFFixture([Self.pixels], [270: .text(text)])
      // Who saves one page of a stack may keep its description.
      #expect(try open(file).pages == 1)
      let second = Self.pixels.map { $0 + 20 }
      file.chunks += [second]
      #expect(try (refusal(of: file) ?? "is read").contains("names 3 images, and 2 are there"))
      file.chunks += [Self.pixels]
      let opened = try open(file)
      #expect(opened.pages == 3)
      #expect(try numbers(opened.page(1)) == second.map(Double.init))
      #expect(try numbers(opened.page(2)) == Self.pixels.map(Double.init))
    }
  }

  @Test("are filled with the missing value where nothing was written")
  func sparse() throws {
    for (text, value) in [("-9999", -9999.0), ("nan", .nan), ("1e+20", 1e20), ("255 ", 255)] {
      var file = TIFFFixture(
        [], width: 2, height: 1, bits: 32,
        [339: .shorts([3]), 42_113: .text(text), 273: .longs([0]), 279: .longs([0])])
      file.isBigEndian = text == "-9999"
      #expect(try open(file).noData.map { $0 == value || $0.isNaN && value.isNaN } == true)
      let numbers = try numbers(of: file)
      #expect(numbers.allSatisfy { Float($0) == Float(value) || $0.isNaN && value.isNaN })
    }
    let half = TIFFFixture(
      [[1, 2, 3, 4]], rows: 1, [273: .places([0, 0, 0]), 279: .longs([4, 0, 0])])
    #expect(try numbers(of: half) == [1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0])
    let tooLarge = TIFFFixture([], [42_113: .text("300"), 273: .longs([0]), 279: .longs([0])])
    #expect(try numbers(of: tooLarge).allSatisfy { $0 == 255 })
  }

  @Test("say what the numbers stand for, which changes none of them")
  func photometric() throws {
    let white = TIFFFixture([Self.pixels], [262: .shorts([0])])
    #expect(try open(white).photometric == .whiteIsZero)
    #expect(try numbers(of: white) == Self.pixels.map(Double.init))
    let wide = (0..<256).map { $0 * 257 } + (0..<512).map { _ in 0x12ff }
    let palette = TIFFFixture([Self.pixels], [262: .shorts([3]), 320: .shorts(wide)])
    guard case .palette(let colors) = try open(palette).photometric else {
      Issue.record("no palette")
      return
    }
    #expect(colors.count == 256 && colors[7] == PNGImage.RGB(red: 7, green: 0x12, blue: 0x12))
    let rgba = TIFFFixture(
      [Self.pixels], width: 3, height: 1,
      [262: .shorts([2]), 277: .shorts([4]), 338: .shorts([2])])
    #expect(try open(rgba).photometric == .rgb)
    #expect(try open(rgba).alphaSample == 3)
  }

  @Test("are read as every reader does where a writer is careless")
  func habits() throws {
    let changes: [[Int: TIFFFixture.Value?]] = [
      [279: nil], [279: .longs([0])], [279: .longs([5])], [278: .longs([0xffff_ffff])],
      [278: .shorts([0])], [278: .shorts([1])], [262: nil], [277: nil], [278: nil], [259: nil],
      [339: .shorts([4])], [258: .longs([8])],
    ]
    for change in changes {
      var file = TIFFFixture([Self.pixels])
      for (tag, value) in change { file.pages[0][tag] = value }
      #expect(try numbers(of: file) == Self.pixels.map(Double.init), "\(change)")
    }
    // FillOrder 2 turns every byte that is in the file.
    let turned = TIFFFixture([[0x80, 0x40, 0xc0, 0x20]], width: 4, height: 1, [266: .shorts([2])])
    #expect(try numbers(of: turned) == [1, 2, 3, 4])
  }

  @Test(
    "are refused by name",
    arguments: [
      (259, 7, "JPEG"), (259, 34_887, "LERC"), (259, 34_925, "LZMA"), (259, 50_001, "WebP"),
      (259, 4, "CCITT"), (259, 999, "999"), (262, 5, "CMYK"), (262, 6, "YCbCr"),
      (262, 8, "L*a*b*"), (262, 2, "RGB"), (262, 3, "palette"), (258, 12, "12 bits"),
      (339, 5, "complex"), (339, 3, "floats"), (317, 2, "predictor"), (284, 7, "Planar"),
      (256, 0, "0 by 3"), (277, 0, "0 samples"), (32_997, 2, "slices"), (256, 5, "15 bytes"),
    ])
  func refusals(tag: Int, value: Int, word: String) throws {
    let file = TIFFFixture([Self.pixels], [tag: .shorts([value])])
    #expect(try (refusal(of: file) ?? "is read").contains(word))
  }

  @Test("are refused where bits of LZW are in the other order")
  func oldLZW() throws {
    let file = TIFFFixture([[0, 1, 2, 3]], [259: .shorts([5])])
    #expect(try (refusal(of: file) ?? "is read").contains("before 1991"))
  }

  @Test("are refused by their header where they would take much memory")
  func limits() throws {
    let large = TIFFFixture([Self.pixels], [256: .longs([1 << 30]), 257: .longs([1 << 30])])
    #expect(try (refusal(of: large) ?? "is read").contains("the limit is 178956970"))
    for number in [5, 8, 32_773, 50_000] {
      let lie = TIFFFixture(
        [pack(Self.pixels, number)],
        [
          256: .longs([13_000]), 257: .longs([13_000]), 278: .longs([13_000]),
          259: .shorts([number]),
        ])
      #expect(try (refusal(of: lie) ?? "is read").contains("does not give the 169000000 bytes"))
    }
  }

  @Test("are refused wherever they are cut", arguments: [1, 5, 8, 32_773, 50_000])
  func cuts(number: Int) throws {
    let bytes = TIFFFixture([pack(Self.pixels, number)], [259: .shorts([number])]).bytes
    #expect(try refusal(bytes) == nil)
    // The last code of LZW only says that it ends.
    for count in 0..<bytes.count - (number == 5 ? 2 : 1) {
      #expect(try refusal(Array(bytes.prefix(count))) != nil, "\(count) of \(bytes.count) bytes")
    }
  }

  @Test("never trap, whatever bit is turned")
  func turnedBits() throws {
    for number in [1, 5, 8, 32_773, 50_000] {
      let whole = TIFFFixture(
        [pack(Self.pixels, number)], [259: .shorts([number]), 317: .shorts([number == 8 ? 2 : 1])]
      ).bytes
      // A few of them; `make fuzz` and Tests/Reliability/tiff_files.py turn more.
      for bit in stride(from: 0, to: whole.count * 8, by: 23) {
        var bytes = whole
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        try withFile(bytes) { path in try? readSmall(path) }
      }
    }
  }
}

/// Reads all pages of a file that may mean anything, unless they are large.
private func readSmall(_ path: String) throws(Problem) {
  let file = try TIFFFile(opening: path)
  guard file.width * file.height * file.samples < 1 << 16 else { return }
  for index in 0..<min(file.pages, 4) { _ = try numbers(file.page(index)) }
}

private func pack(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
  switch number {
  case 5: lzw(bytes)
  case 8, 32_946: zlibStored(bytes)
  case 32_773: packedBits(bytes)
  case 50_000: zstandardStored(bytes)
  default: bytes
  }
}

private func open(_ file: TIFFFixture) throws -> TIFFFile {
  try withFile(file.bytes) { try TIFFFile(opening: $0) }
}

private func numbers(of file: TIFFFixture) throws -> [Double] {
  let opened = try open(file)
  return try numbers(opened.page(0))
}

private func refusal(of file: TIFFFixture) throws -> String? { try refusal(file.bytes) }

private func refusal(_ bytes: [UInt8]) throws -> String? {
  try withFile(bytes) { path in
    do throws(Problem) {
      let file = try TIFFFile(opening: path)
      for index in 0..<file.pages { _ = try file.page(index) }
      return nil
    } catch {
      return error.fault(of: path)
    }
  }
}

/// Of a number that a half holds as it is, at least 0.5.
private func halfBits(_ number: Double) -> Int {
  guard number > 0 else { return 0 }
  return (Int(number.exponent) + 15) << 10 | Int((number.significand - 1) * 1024)
}
