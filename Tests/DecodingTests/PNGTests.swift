import Core
import Decoding
import Foundation
import Raster
import TestSupport
import Testing

@Suite("A PNG gives the values that stand in the file")
struct PNGValueTests {
  @Test("the samples of every depth are unpacked and never scaled")
  func depths() throws {
    #expect(try values(gray(depth: 1, row: [0b0110_0000], width: 4)) == [0, 1, 1, 0])
    #expect(try values(gray(depth: 2, row: [0b0001_1011], width: 4)) == [0, 1, 2, 3])
    #expect(try values(gray(depth: 4, row: [0x0f, 0x70], width: 3)) == [0, 15, 7])
    #expect(try values(gray(depth: 8, row: [0, 1, 254, 255], width: 4)) == [0, 1, 254, 255])
    #expect(try values(gray(depth: 16, row: [0x12, 0x34, 0xff, 1], width: 2)) == [0x1234, 0xff01])
  }

  @Test("a channel is a plane that steps over the others")
  func channels() throws {
    let file = png(
      header(width: 2, height: 1, depth: 8, color: 6), pixels([[1, 2, 3, 4, 5, 6, 7, 8]]))
    let image = try PNGImage(decoding: Bytes(file))
    #expect(image.color == .rgba)
    #expect(image.planes.map(values) == [[1, 5], [2, 6], [3, 7], [4, 8]])
    #expect(image.palette.isEmpty)
  }

  @Test("a palette image gives indices, also one that has no colour")
  func palette() throws {
    let file = png(
      header(width: 4, height: 1, depth: 4, color: 3), chunk("PLTE", [9, 8, 7, 6, 5, 4]),
      pixels([[0x01, 0x2f]]))
    let image = try PNGImage(decoding: Bytes(file))
    #expect(image.color == .palette)
    #expect(image.planes.map(values) == [[0, 1, 2, 15]])
    #expect(
      image.palette == [.init(red: 9, green: 8, blue: 7), .init(red: 6, green: 5, blue: 4)])
  }

  @Test("gamma, transparency, significant bits and damaged comments change nothing")
  func ancillary() throws {
    var comment = chunk("tEXt", [0x61, 0, 0x62])
    comment[comment.count - 1] ^= 1
    let file = png(
      header(width: 4, height: 1, depth: 8, color: 0), chunk("gAMA", [0, 0, 0, 1]),
      chunk("sBIT", [3]), chunk("sRGB", [77]), comment, chunk("tRNS", [0, 3]),
      chunk("tRNS", []), pixels([[1, 2, 3, 4]]), comment)
    #expect(try values(file) == [1, 2, 3, 4])
  }

  @Test("a grey image may bring a palette that it does not need")
  func needlessPalette() throws {
    let file = png(
      header(width: 2, height: 1, depth: 8, color: 0), chunk("PLTE", [1, 2, 3]), pixels([[5, 6]]))
    #expect(try values(file) == [5, 6])
  }

  @Test("what follows the end of the image is not read")
  func trailing() throws {
    #expect(try values(gray(depth: 8, row: [7], width: 1) + [1, 2, 3]) == [7])
  }

  @Test("the header is read without the pixels")
  func headerOnly() throws {
    let file =
      pngSignature + header(width: 70_000, height: 60_000, depth: 1, color: 0, interlace: 1)
    let start = Bytes(file + chunk("IDAT", []))
    let expected = try PNGHeader(reading: start)
    #expect((expected.width, expected.height, expected.bitDepth) == (70_000, 60_000, 1))
    #expect((expected.color, expected.isInterlaced) == (.gray, true))
  }

  @Test("an image above the limit of pixels is refused before it is decoded")
  func limit() throws {
    let file = Bytes(gray(depth: 8, row: [1, 2, 3, 4], width: 4))
    #expect(try PNGImage(decoding: file, pixelLimit: 4).width == 4)
    #expect(
      refusal(file, pixelLimit: 3) == """
        m.png: the image has 4 by 1 pixels in 1 channel of 8 bits, more than are decoded at once
          the limits are 178956970 pixels and 1073741824 bytes; save it with one channel of 8 bits, or cut it into smaller files
        """)
    let huge = header(width: 0x7fff_ffff, height: 0x7fff_ffff, depth: 16, color: 6)
    #expect(refusal(png(huge, pixels([]))).contains("2147483647 by 2147483647 pixels"))
  }
}

@Suite("A damaged PNG is refused with the place and the way out")
struct PNGRefusalTests {
  let good = gray(depth: 8, row: [1, 2, 3, 4], width: 4)
  // The signature has 8 bytes and the header chunk 25.
  let pixelsStart = 33

  @Test("a file that is something else is named")
  func foreign() {
    let cases: [([UInt8], String)] = [
      ([], "m.png: the file is empty\n  write it again"),
      (
        [0xff, 0xd8, 0xff, 0xe0],
        "m.png: the file is a JPEG, not a PNG\n"
          + "  JPEG changes values; save masks and predictions as PNG or NPY"
      ),
      ([0x93] + "NUMPY".utf8, "m.png: the file is a NumPy array, not a PNG\n  name it .npy"),
      (
        [UInt8]("version https://git-lfs.github.com/spec/v1".utf8),
        "m.png: the file is a pointer of Git LFS, not a PNG\n"
          + "  fetch the file itself with 'git lfs pull'"
      ),
      ([1, 2, 3], "m.png: the file is not a PNG\n  save the image as PNG"),
    ]
    for (file, message) in cases { #expect(refusal(file) == message) }
  }

  @Test("a signature whose line ends were converted is told from another file")
  func convertedLineEnds() {
    var file = good
    file.remove(at: 4)
    #expect(
      refusal(file) == """
        m.png: the PNG signature is damaged (byte 4)
          copy the file in binary mode (line ends must not be converted), or write it again
        """)
  }

  @Test("a wrong checksum of a chunk is named with the chunk's first byte")
  func wrongChecksum() {
    var file = good
    file[pixelsStart + 8 + 16] ^= 1
    #expect(
      refusal(file) == """
        m.png: the checksum of chunk IDAT is wrong; libpng says 'IDAT: CRC error' (byte 33)
          the file is damaged or half-written; write it again
        """)
  }

  @Test("a file that is cut off says where")
  func cutOff() {
    #expect(
      refusal(Array(good[..<(pixelsStart + 15)])) == """
        m.png: chunk IDAT should have 16 bytes and has at most 3 (byte 33)
          the file is damaged or half-written; write it again
        """)
    #expect(
      refusal(Array(good.dropLast(12))) == """
        m.png: the file ends before its last chunk (byte 61)
          the file is damaged or half-written; write it again
        """)
  }

  @Test("a wrong Adler-32, too few pixels and too many pixels are refused")
  func wrongPixels() {
    let start = header(width: 2, height: 2, depth: 8, color: 0)
    var stream = zlib([0, 1, 2, 0, 3, 4])
    stream[stream.count - 1] ^= 1
    #expect(refusal(png(start, chunk("IDAT", stream))).contains("(Adler-32) is wrong; libpng says"))
    #expect(refusal(png(start, pixels([[1, 2]]))).contains("the pixels end before the last row"))
    #expect(
      refusal(png(start, pixels([[1, 2], [3, 4], [5, 6]]))).contains(
        "there are more pixels than the header says"))
    #expect(
      refusal(png(start, chunk("IDAT", zlib([0, 1, 2, 9, 3, 4])))).contains(
        "a row has a filter type that does not exist"))
  }

  @Test("bytes behind the end of the compressed pixels are padding, as for every other reader")
  func padded() throws {
    let start = header(width: 2, height: 2, depth: 8, color: 0)
    let plain = png(start, chunk("IDAT", zlib([0, 1, 2, 0, 3, 4])))
    for padding in [[0], [UInt8](repeating: 0, count: 6), [7, 7, 7]] {
      let padded = png(start, chunk("IDAT", zlib([0, 1, 2, 0, 3, 4]) + padding))
      for decoder in PNGDecoder.allCases {
        let image = try PNGImage(decoding: Bytes(padded), by: decoder)
        let expected = try PNGImage(decoding: Bytes(plain), by: decoder)
        #expect(image.planes[0].levels == expected.planes[0].levels)
      }
    }
  }

  @Test("a header that makes no sense is explained")
  func impossibleHeader() {
    let type = header(width: 1, height: 1, depth: 8, color: 9)
    #expect(refusal(png(type)).hasPrefix("m.png: colour type 9 does not exist (byte 25)\n"))
    let depth = header(width: 1, height: 1, depth: 3, color: 2)
    #expect(
      refusal(png(depth)).hasPrefix(
        "m.png: bit depth 3 does not exist for colour type 2 (byte 24)\n"))
    let size = header(width: 1, height: 0, depth: 8, color: 0)
    #expect(refusal(png(size)).hasPrefix("m.png: the height is 0 (byte 20)\n"))
    let palette = png(header(width: 1, height: 1, depth: 8, color: 3), pixels([[0]]))
    #expect(refusal(palette).contains("the palette is missing or damaged; libpng"))
  }

  @Test("no beginning of a file passes for the whole")
  func prefixes() {
    let interlaced = png(
      header(width: 1, height: 1, depth: 16, color: 4, interlace: 1), pixels([[1, 2, 3, 4]]))
    for file in [good, interlaced] {
      #expect(refusal(file) == "")
      for count in file.indices {
        #expect(!refusal(Array(file[..<count])).isEmpty, "the first \(count) bytes")
      }
    }
  }
}

@Suite(
  "PNG files of others",
  .enabled(if: sharedFolder != nil, "needs the folder 'shared' beside the repository"))
struct PNGCorpusTests {
  @Test("every PngSuite file gives pypng's samples, and the corrupt ones are refused")
  func pngSuite() throws {
    let verdicts = try oracle().filter { $0.corpus == "pngsuite" }
    #expect(verdicts.count == 175)
    for verdict in verdicts {
      let isCorrupt = verdict.name.hasPrefix("x")
      #expect(isCorrupt == (verdict.pypng.samples == nil), "\(verdict.file)")
      let problem = try disagreement(with: verdict)
      #expect(problem == nil, "\(verdict.file)")
    }
  }

  /// Files on which we and pypng differ, and why.
  static let differences = [
    // Chunks with gamma, background and so on are empty; libpng skips them, the pixels are whole.
    "empty_ancillary_chunks.png": "accepted"
  ]

  @Test("libpng's own test files, crashers included, give what pypng gives")
  func libpngFiles() throws {
    let verdicts = try oracle().filter { $0.corpus == "libpng_testpngs" }
    #expect(verdicts.count == 199)
    for verdict in verdicts {
      #expect(
        try disagreement(with: verdict) == Self.differences[verdict.name], "\(verdict.file)")
    }
  }

  @Test("a 1-bit mask gives 0 and 1, a 4-bit palette its indices, 16 bits stay 16")
  func street() throws {
    // Read once with Python's zlib and the filters as in the PNG specification, 9.2.
    let mask = try street("truth/street_0001/sky.png")
    #expect(mask.bitDepth == 1)
    #expect(Set(values(mask.planes[0])) == [0, 1])
    #expect(values(mask.planes[0]).reduce(0, +) == 5763)

    let labels = try street("run-a-labels/street_0001.png")
    #expect((labels.bitDepth, labels.color, labels.palette.count) == (4, .palette, 5))
    #expect(Set(values(labels.planes[0])) == [0, 1, 2, 3, 4])
    #expect(values(labels.planes[0]).reduce(0, +) == 18043)

    let plane = try street("run-a-16bit/street_0001/building.png")
    #expect((plane.bitDepth, plane.planes[0].element) == (16, .u2))
    let levels = values(plane.planes[0])
    #expect(
      levels[64 * 128..<64 * 128 + 8] == [63694, 65284, 65407, 65358, 65290, 65323, 65140, 65043])
    #expect(levels.reduce(0, +) == 270_635_502)
  }

  @Test("a changed byte is refused or harmless, with and without a fitting checksum")
  func mutations() throws {
    // Grey 1 bit and palette 4 bit, both interlaced, and RGB 16 bit.
    let files = try ["basi0g01", "basi3p04", "basn2c16"].map { name in
      try [UInt8](contents(of: "data/pngsuite/png/\(name).png"))
    }
    var random = Seeded(state: 20260)
    var accepted = 0
    for round in 0..<2000 {
      var file = files[round % files.count]
      let byte = Int.random(in: file.indices, using: &random)
      file[byte] ^= UInt8.random(in: 1...255, using: &random)
      if round.isMultiple(of: 2) { file = resealed(file) }
      guard let image = try? PNGImage(decoding: Bytes(file), pixelLimit: 1 << 20) else { continue }
      accepted += 1
      let samples = image.planes.map { values($0).count }
      #expect(samples.allSatisfy { $0 == image.width * image.height })
    }
    // Some must get through, or only the checksums were tried.
    #expect(accepted > 50)
  }

  private func street(_ path: String) throws -> PNGImage {
    try PNGImage(decoding: Bytes([UInt8](contents(of: "samples/street/" + path))))
  }

  private func oracle() throws -> [Verdict] {
    struct Oracle: Decodable { var results: [Verdict] }
    return try JSONDecoder().decode(Oracle.self, from: contents(of: "oracle/png_decode.json"))
      .results
  }

  /// How our verdict on a file differs from pypng's, if it does.
  private func disagreement(with verdict: Verdict) throws -> String? {
    let file = Bytes([UInt8](try contents(of: "data/" + verdict.file)))
    do {
      let image = try PNGImage(decoding: file)
      guard let samples = verdict.pypng.samples else { return "accepted" }
      return SHA256.hex(of: bigEndianSamples(of: image)) == samples ? nil : "other samples"
    } catch {
      return verdict.pypng.samples == nil ? nil : "refused: \(error.what)"
    }
  }
}

private struct Verdict: Decodable {
  var corpus: String
  var file: String
  var pypng: Samples
  var name: String { String(file[(file.lastIndex(of: "/") ?? file.startIndex)...].dropFirst()) }

  struct Samples: Decodable {
    var samples: String?
    enum CodingKeys: String, CodingKey { case samples = "samples_be16_sha256" }
  }
}

// MARK: - The one place that touches the decoder's values

/// The text of the refusal; empty if the file is accepted.
private func refusal(_ file: [UInt8]) -> String { refusal(Bytes(file)) }

private func refusal(_ file: Bytes, pixelLimit: Int = Limits.pixels.most) -> String {
  do {
    _ = try PNGImage(decoding: file, pixelLimit: pixelLimit)
    return ""
  } catch {
    return error.inFile("m.png").description
  }
}

/// The samples of the first channel.
private func values(_ file: [UInt8]) throws -> [Int] {
  values(try PNGImage(decoding: Bytes(file)).planes[0])
}

private func values(_ plane: Plane) -> [Int] {
  var values = [UInt16](repeating: 0, count: plane.pixels)
  var span = values.mutableSpan
  plane.load(0..<plane.pixels, into: &span)
  return values.map(Int.init)
}

/// What the recorded digests were taken of: row by row, channels interleaved, 16 bits each.
private func bigEndianSamples(of image: PNGImage) -> [UInt8] {
  let channels = image.planes.map(values)
  return (0..<image.width * image.height).flatMap { pixel in
    channels.flatMap { [UInt8($0[pixel] >> 8), UInt8($0[pixel] & 255)] }
  }
}

// MARK: - Real files

private func contents(of path: String) throws -> Data {
  try Data(contentsOf: #require(sharedFolder).appending(path: path))
}
