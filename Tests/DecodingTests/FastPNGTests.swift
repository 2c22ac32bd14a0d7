import Core
import Decoding
import Foundation
import Raster
import Testing

@Suite("The fast way through a PNG gives what libpng gives")
struct FastPNGTests {
  /// Around the sizes of vectors, and of the groups of rows that are undone at once.
  static let widths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 100, 259]
  static let heights = [1, 2, 7, 8, 9, 15, 16, 17, 33]
  static let kinds: [(color: UInt8, depth: Int)] =
    [1, 2, 4, 8, 16].map { (0, $0) } + [1, 2, 4, 8].map { (3, $0) }

  @Test("every depth and filter, alone and mixed, noise and masks, at every size", arguments: kinds)
  func pixels(color: UInt8, depth: Int) throws {
    var random = Seeded(state: UInt64(depth) << 8 | UInt64(color))
    for width in Self.widths {
      for height in Self.heights {
        for filters: ClosedRange<UInt8> in [0...0, 1...1, 2...2, 3...3, 4...4, 0...4, 3...4] {
          for content in [Content.noise, .sparse, .mask] {
            let file = drawing(
              width, height, depth, color, filters: filters, content, with: &random)
            #expect(try #require(fast(file)) == asked(.libpng, file))
          }
        }
      }
    }
  }

  @Test("the Paeth predictor is the specification's for all 2²⁴ triples")
  func predictor() {
    // PNG specification, 9.4.
    func nearest(_ a: Int, _ b: Int, _ c: Int) -> Int {
      let p = a + b - c
      let (pa, pb, pc) = (abs(p - a), abs(p - b), abs(p - c))
      return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
    }
    var wrong = 0
    for left in UInt8.min ... .max {
      for above in UInt8.min ... .max {
        for first in stride(from: 0, to: 256, by: 16) {
          let corners = (0..<16).map { UInt8(first + $0) }
          let expected = corners.map { UInt8(nearest(Int(left), Int(above), Int($0))) }
          let vector = paeth(
            left: ByteVector(repeating: left), above: ByteVector(repeating: above),
            upperLeft: ByteVector(corners))
          let single = corners.map { paeth(left: left, above: above, upperLeft: $0) }
          if vector != ByteVector(expected) || single != expected { wrong += 1 }
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test("a file that is not plain is left to libpng")
  func leftToLibPNG() throws {
    let parts = Parts()
    let whole = parts.image()
    #expect(fast(whole) != nil)
    let others: [[UInt8]] = [
      whole + [0],
      Array(whole.dropLast(1)),
      Array(whole.dropLast(12)),
      parts.image(before: parts.header),
      parts.image(before: chunk("PLTE", [1, 2, 3])),
      parts.image(before: chunk("ABCD", [])),
      parts.image(before: chunk("t\u{1}xt", [])),
      parts.image(before: damaged(chunk("tEXt", [0x61, 0, 0x62]))),
      parts.image(after: chunk("tEXt", []) + parts.data),
      parts.image(after: chunk("IEND", [1])),
      png(parts.data, parts.header),
      png(parts.header),
      png(header(width: 3, height: 2, depth: 8, color: 0, interlace: 1), parts.data),
      png(header(width: 3, height: 2, depth: 8, color: 3), parts.data),
      png(header(width: 3, height: 2, depth: 8, color: 3), parts.data, chunk("PLTE", [1, 2, 3])),
      png(header(width: 3, height: 2, depth: 8, color: 3), chunk("PLTE", []), parts.data),
      png(header(width: 3, height: 2, depth: 8, color: 3), chunk("PLTE", [1, 2]), parts.data),
      png(
        header(width: 3, height: 2, depth: 1, color: 3), chunk("PLTE", [UInt8](0..<9)),
        chunk("IDAT", zlib([0, 0x60, 0, 0x80]))),
      png(header(width: 1, height: 2, depth: 8, color: 2), parts.data),
      png(header(width: 3, height: 0, depth: 8, color: 0), parts.data),
      png(header(width: 3, height: 3, depth: 8, color: 0), parts.data),
      png(header(width: 3, height: 1, depth: 8, color: 0), parts.data),
      png(parts.header, chunk("IDAT", zlib(parts.raw) + [0])),
      png(parts.header, chunk("IDAT", zlib([5] + parts.raw.dropFirst()))),
      png(parts.header, chunk("IDAT", damaged(zlib(parts.raw)))),
      png(parts.header, chunk("IDAT", [])),
      png(parts.header, chunk("IDAT", [0x78])),
    ]
    for (place, file) in others.enumerated() {
      #expect(fast(file) == nil, "file \(place)")
      #expect(asked(.fast, file) == asked(.libpng, file), "file \(place)")
    }
  }

  @Test("pixels in many parts, comments before and after, and colours up to the last index")
  func plain() throws {
    let parts = Parts()
    let bytes = zlib(parts.raw)
    let single = bytes.map { chunk("IDAT", [$0]) + chunk("IDAT", []) }
    let files = [
      png([parts.header] + single),
      parts.image(before: chunk("gAMA", [0, 0, 0, 1]) + chunk("tRNS", []) + chunk("prVt", [1])),
      parts.image(after: chunk("tEXt", [0x61, 0, 0x62]) + chunk("tIME", [1])),
      png(
        header(width: 3, height: 2, depth: 2, color: 3), chunk("PLTE", [UInt8](0..<12)),
        chunk("IDAT", zlib([0, 0x6c, 0, 0xb4]))),
    ]
    for file in files { #expect(try #require(fast(file)) == asked(.libpng, file)) }
  }

  @Test("a distance beyond the window that the stream promises is for libpng to judge")
  func window() {
    // 300 different bytes and their repetition, 300 bytes back.
    let raw: [UInt8] = (0..<2).flatMap { _ in [0] + (0..<299).map { UInt8($0 * 7 & 255) } }
    let start = header(width: 299, height: 2, depth: 8, color: 0)
    for window in UInt8(0)...7 {
      let file = png(start, chunk("IDAT", zlib(raw, window: window)))
      #expect((fast(file) != nil) == (window >= 2), "window \(window)")
      #expect(asked(.fast, file) == asked(.libpng, file))
    }
  }

  @Test(
    "a stream that breaks a rule of deflate, but whose checksums are right, only libpng refuses")
  func lenient() {
    // With 287 codes for literals and lengths there is one more than may be (RFC 1951, 3.2.7).
    for (codes, isLegal) in [(286, true), (287, false)] {
      let zeros = [UInt8](repeating: 0, count: 8)
      let stream = zlib(deflated: dynamicBlock(zeros: 8, codes: codes), of: zeros)
      let file = png(header(width: 3, height: 2, depth: 8, color: 0), chunk("IDAT", stream))
      #expect(fast(file) != nil)
      #expect((asked(.fast, file) == asked(.libpng, file)) == isLegal)
    }
  }

  @Test("the limit of pixels is the same")
  func limit() {
    let file = Parts().image()
    for limit in [0, 5, 6, 7, .max] {
      #expect(asked(.fast, file, limit: limit) == asked(.libpng, file, limit: limit))
    }
    #expect(fast(file, limit: 5) == nil)
    #expect(fast(file, limit: 6) != nil)
  }

  @Test("a few bytes that promise many pixels take no memory")
  func bomb() {
    let raw: [UInt8] = [0, 1, 2, 3]
    for (width, height) in [(0x7fff_ffff, 0x7fff_ffff), (100_000, 100_000)] {
      let start = header(width: width, height: height, depth: 16, color: 0)
      let file = png(start, chunk("IDAT", zlib(raw)))
      #expect(fast(file, limit: .max) == nil)
    }
  }
}

@Suite("A damaged file gets the same verdict and the same words from either decoder")
struct MutatedPNGTests {
  /// Set for a longer run.
  static let rounds =
    ProcessInfo.processInfo.environment["UNMASK_PNG_MUTATIONS"].flatMap(Int.init) ?? 4000

  @Test("bytes changed, cut out, put in or doubled, with and without fitting checksums")
  func mutations() throws {
    var random = Seeded(state: 20_261)
    let seeds = seeds(&random)
    var (taken, accepted) = (0, 0)
    for round in 0..<Self.rounds {
      var file = seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&file, &random) }
      if round.isMultiple(of: 2) { file = resealed(file) }
      let (ours, theirs) = (
        asked(.fast, file, limit: 1 << 20), asked(.libpng, file, limit: 1 << 20)
      )
      #expect(ours == theirs, "round \(round)")
      if fast(file, limit: 1 << 20) != nil { taken += 1 }
      if case .image = theirs { accepted += 1 }
    }
    // Or only refusals were compared.
    #expect(taken * 50 > Self.rounds && accepted > taken)
  }

  @Test("headers, palettes, rows and parts that may or may not fit each other")
  func composed() {
    var random = Seeded(state: 20_262)
    var (taken, accepted) = (0, 0)
    for round in 0..<Self.rounds {
      let file = composition(&random)
      let answer = asked(.libpng, file)
      #expect(asked(.fast, file) == answer, "round \(round)")
      if fast(file) != nil { taken += 1 }
      if case .image = answer { accepted += 1 }
    }
    #expect(taken * 10 > Self.rounds && accepted > taken)
  }

  /// Chunks with right checksums, mostly in order, mostly possible.
  private func composition(_ random: inout Seeded) -> [UInt8] {
    func rarely(_ random: inout Seeded) -> Bool { Int.random(in: 0..<20, using: &random) == 0 }
    let kind = FastPNGTests.kinds.randomElement(using: &random) ?? (0, 8)
    let width = Int.random(in: rarely(&random) ? 0...0 : 1...40, using: &random)
    let height = Int.random(in: rarely(&random) ? 0...0 : 1...20, using: &random)
    let depth = rarely(&random) ? Int.random(in: 0...17, using: &random) : kind.depth
    let color = rarely(&random) ? UInt8.random(in: 0...7, using: &random) : kind.color
    let interlace: UInt8 = rarely(&random) ? UInt8.random(in: 0...2, using: &random) : 0

    var raw = (0..<height).flatMap { _ in
      [UInt8.random(in: 0...4, using: &random)]
        + (0..<(width * depth + 7) / 8).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    if rarely(&random) { raw.removeLast(min(raw.count, Int.random(in: 1...3, using: &random))) }
    if rarely(&random) { raw += [0] }
    if rarely(&random), !raw.isEmpty { raw[raw.count / 2] = 5 }
    var stream = zlib(raw, window: rarely(&random) ? UInt8.random(in: 0...15, using: &random) : 7)
    if rarely(&random) { stream += [0] }
    if rarely(&random) { stream.removeLast() }

    var chunks = [
      header(width: width, height: height, depth: UInt8(depth), color: color, interlace: interlace)
    ]
    if (color == 3) != rarely(&random) {
      let count = rarely(&random) ? Int.random(in: 0...800, using: &random) : 6
      chunks.append(chunk("PLTE", [UInt8](repeating: 7, count: count)))
    }
    var rest = stream[...]
    while !rest.isEmpty {
      let part = rest.prefix(Int.random(in: 0...stream.count, using: &random))
      chunks.append(chunk("IDAT", Array(part)))
      rest = rest.dropFirst(part.count)
    }
    let others = ["tEXt", "tRNS", "gAMA", "prVt", "IDAT", "PLTE", "IHDR", "CRIT", "IEND", "a1bc"]
    while Int.random(in: 0..<4, using: &random) == 0 {
      let name = others[min(Int.random(in: 0..<20, using: &random) % 13, others.count - 1)]
      let place = Int.random(in: 0...chunks.count, using: &random)
      chunks.insert(chunk(name, [UInt8](repeating: 1, count: place)), at: place)
    }
    if rarely(&random) { chunks.swapAt(0, chunks.count - 1) }
    return png(chunks) + (rarely(&random) ? [0] : [])
  }

  /// Drawn files of every kind, and compressed ones where there are some.
  private func seeds(_ random: inout Seeded) -> [[UInt8]] {
    var seeds = FastPNGTests.kinds.map { kind in
      drawing(
        19, 18, kind.depth, kind.color, filters: 0...4, .sparse, with: &random)
    }
    // Where most changes hit bytes that are not pixels, some files stay whole.
    let note = chunk("tEXt", Array("Comment".utf8) + [0] + [UInt8](repeating: 0x2e, count: 500))
    seeds += seeds.map { $0.dropLast(12) + note + $0.suffix(12) }
    for name in [
      "basn0g01", "basn0g02", "basn0g04", "basn0g08", "basn0g16", "basn3p01",
      "basn3p02", "basn3p04", "basn3p08", "basi0g08", "f04n0g08", "f99n0g04", "oi9n0g16",
      "z09n2c08", "basn2c08", "s33n3p04",
    ] {
      let path = "data/pngsuite/png/\(name).png"
      guard let folder = sharedFolder,
        let data = try? Data(contentsOf: folder.appending(path: path))
      else { continue }
      seeds.append([UInt8](data))
    }
    return seeds
  }

  private func mutate(_ file: inout [UInt8], _ random: inout Seeded) {
    let place = Int.random(in: file.indices, using: &random)
    let end = min(file.count, place + Int.random(in: 1...16, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: file.removeSubrange(place..<end)
    case 1: file.insert(contentsOf: file[place..<end], at: place)
    case 2: file.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 3: for byte in place..<end { file[byte] = 0 }
    case 4: file[place] = UInt8.random(in: 0...8, using: &random)
    default: file[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }
    if file.isEmpty { file = [0] }
  }
}

@Suite(
  "PNG files of others, both ways",
  .enabled(if: sharedFolder != nil, "needs the folder 'shared' beside the repository"))
struct FastPNGCorpusTests {
  @Test("PngSuite and libpng's own test files get the same pixels or the same words")
  func corpora() throws {
    var taken: [String: Int] = [:]
    for corpus in ["pngsuite", "libpng_testpngs", "masks", "camvid8"] {
      let folder = try #require(sharedFolder).appending(path: "data/\(corpus)")
      let files = try #require(FileManager.default.enumerator(atPath: folder.path()))
      for case let name as String in files where name.hasSuffix(".png") {
        let file = [UInt8](try Data(contentsOf: folder.appending(path: name)))
        #expect(asked(.fast, file) == asked(.libpng, file), "\(corpus)/\(name)")
        taken[corpus, default: 0] += fast(file) == nil ? 0 : 1
      }
    }
    // The rest is interlaced, in colours, or not without fault.
    #expect(taken == ["pngsuite": 78, "libpng_testpngs": 105, "masks": 17, "camvid8": 768])
  }
}

// MARK: - The one place that touches the decoders

/// What a decoder says of a file.
private enum Answer: Equatable {
  case image(PNGHeader, [PNGImage.RGB], [Plane.Element], [[UInt16]])
  case problem(Problem)

  init(_ image: PNGImage) {
    let values = image.planes.map { plane in
      var values = [UInt16](repeating: 0, count: plane.pixels)
      var span = values.mutableSpan
      plane.load(0..<plane.pixels, into: &span)
      return values
    }
    self = .image(image.header, image.palette, image.planes.map(\.element), values)
  }
}

private func asked(
  _ decoder: PNGDecoder, _ file: [UInt8], limit: Int = Limits.pixels.most
) -> Answer {
  do {
    return Answer(try PNGImage(decoding: Bytes(file), pixelLimit: limit, by: decoder))
  } catch {
    return .problem(error)
  }
}

/// nil where the fast way leaves the file to libpng.
private func fast(_ file: [UInt8], limit: Int = Limits.pixels.most) -> Answer? {
  PNGImage(plain: Bytes(file), pixelLimit: limit).map(Answer.init)
}

// MARK: - Drawing

private enum Content {
  /// Any bytes are the differences of some image.
  case noise
  /// Most differences are 0, as in masks.
  case sparse
  /// Long stretches without a difference.
  case mask
}

private func drawing(
  _ width: Int, _ height: Int, _ depth: Int, _ color: UInt8, filters: ClosedRange<UInt8>,
  _ content: Content, with random: inout Seeded
) -> [UInt8] {
  let length = (width * depth + 7) / 8
  let share = content == .noise ? 1 : content == .sparse ? 4 : 50
  let raw = (0..<height).flatMap { _ in
    [UInt8.random(in: filters, using: &random)]
      + (0..<length).map { _ in
        Int.random(in: 0..<share, using: &random) == 0
          ? UInt8(truncatingIfNeeded: random.next()) : 0
      }
  }
  let colors = color == 3 ? chunk("PLTE", [9, 8, 7]) : []
  return png(
    header(width: width, height: height, depth: UInt8(depth), color: color), colors,
    chunk("IDAT", zlib(raw)))
}

/// A grey image of 3 by 2 pixels in parts.
private struct Parts {
  let header = DecodingTests.header(width: 3, height: 2, depth: 8, color: 0)
  let raw: [UInt8] = [0, 1, 2, 3, 1, 4, 5, 6]
  var data: [UInt8] { chunk("IDAT", zlib(raw)) }

  func image(before: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
    png(header, before, data, after)
  }
}

/// So many zeros as a final block with codes of its own (RFC 1951, 3.2.7): 0 for a zero and 1 for the
/// end; all other of the `codes` for literals and lengths have no bits.
private func dynamicBlock(zeros: Int, codes: Int) -> [UInt8] {
  var bits: [Int] = []
  func number(_ value: Int, _ count: Int) { bits += (0..<count).map { value >> $0 & 1 } }
  // Codes for the lengths: 0 for a run of zeros, 10 for the length 0, 11 for the length 1.
  func run(_ count: Int) {
    bits.append(0)
    number(count - 11, 7)
  }
  number(1, 1)
  number(2, 2)
  number(codes - 257, 5)
  number(0, 5)
  number(18 - 4, 4)
  for length in [0, 0, 1, 2] + [Int](repeating: 0, count: 13) + [2] { number(length, 3) }
  bits += [1, 1]
  run(138)
  run(117)
  bits += [1, 1]
  run(codes - 257)
  bits += [1, 0]
  bits += [Int](repeating: 0, count: zeros) + [1]
  return stride(from: 0, to: bits.count, by: 8).map { start in
    bits[start..<min(start + 8, bits.count)].reversed().reduce(0) { $0 << 1 | UInt8($1) }
  }
}

/// The last byte is another.
private func damaged(_ bytes: [UInt8]) -> [UInt8] {
  bytes.dropLast() + [bytes[bytes.count - 1] ^ 1]
}
