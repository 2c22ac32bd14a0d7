import CDeflate
import Core
import Raster

extension Problem {
  /// Why libpng refused a file, in plain words, and at which byte if that is easily known.
  ///
  /// libpng is the judge; it tells what it met but not where. So only after it has refused the
  /// file, its chunks are walked here to find the first that is cut off or damaged.
  static func refusedPNG(_ bytes: Bytes, saying text: String) -> Problem {
    bytes.withSpan { span in
      // A byte has no alignment and every pattern of it is a UInt8.
      let file = unsafe span._unsafeView(as: UInt8.self)
      return foreignFile(file) ?? brokenChunk(file, saying: text)
        ?? Problem("\(plainWords(for: text)); libpng says '\(text)'", remedy: writeAgain)
    }
  }
}

private let writeAgain = "the file is damaged or half-written; write it again"

// PNG specification, 5.2.
extension PNGHeader {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
}

private let signature = PNGHeader.signature

// MARK: - Files that do not begin like a PNG

/// What other files begin with, and what to do with them.
private let formats: [(start: [UInt8], name: String, remedy: String)] = [
  ([0xff, 0xd8, 0xff], "a JPEG", "JPEG changes values; save masks and predictions as PNG or NPY"),
  ([0x93] + "NUMPY".utf8, "a NumPy array", "name it .npy"),
  ([0x50, 0x4b, 0x03, 0x04], "a ZIP archive", "if it is a NumPy archive, name it .npz"),
  ([UInt8]("GIF8".utf8), "a GIF", "save the image as PNG"),
  ([0x49, 0x49, 0x2a, 0x00], "a TIFF", "save the image as PNG"),
  ([0x4d, 0x4d, 0x00, 0x2a], "a TIFF", "save the image as PNG"),
  ([UInt8]("RIFF".utf8), "a WebP or another RIFF file", "save the image as PNG"),
  ([UInt8]("BM".utf8), "a BMP", "save the image as PNG"),
  ([0x1f, 0x8b], "compressed with gzip", "unpack it with gunzip"),
  (
    [UInt8]("version https://git-lfs".utf8), "a pointer of Git LFS",
    "fetch the file itself with 'git lfs pull'"
  ),
]

private func foreignFile(_ file: Span<UInt8>) -> Problem? {
  if file.isEmpty { return Problem("the file is empty", remedy: "write it again") }
  let same = signature.indices.filter { $0 < file.count && file[$0] == signature[$0] }
  if same.count == signature.count { return nil }
  if same.count == file.count {
    return .atByte(file.count, "the file ends within the PNG signature", remedy: writeAgain)
  }
  if same.count >= 4, let damaged = signature.indices.first(where: { !same.contains($0) }) {
    return .atByte(
      damaged, "the PNG signature is damaged",
      remedy: "copy the file in binary mode (line ends must not be converted), or write it again")
  }
  let format = formats.first { format in
    format.start.count <= file.count
      && format.start.indices.allSatisfy { file[$0] == format.start[$0] }
  }
  guard let format else {
    return Problem("the file is not a PNG", remedy: "save the image as PNG")
  }
  return Problem("the file is \(format.name), not a PNG", remedy: format.remedy)
}

// MARK: - Chunks

/// The first chunk that is cut off, has a wrong checksum or, as a header, makes no sense.
private func brokenChunk(_ file: Span<UInt8>, saying text: String) -> Problem? {
  let detail = text == "Read Error" ? "" : "; libpng says '\(text)'"
  var start = signature.count
  while start < file.count {
    guard file.count - start >= 12 else {
      return .atByte(start, "the file ends within a chunk\(detail)", remedy: writeAgain)
    }
    let name = (start + 4..<start + 8).map { file[$0] }
    guard name.allSatisfy({ (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) }) else {
      return .atByte(start + 4, "no chunk begins where one should\(detail)", remedy: writeAgain)
    }
    let word = String(decoding: name, as: UTF8.self)
    let (length, there) = (number(at: start, in: file), file.count - start - 12)
    guard length <= there else {
      return .atByte(
        start, "chunk \(word) should have \(length) bytes and has at most \(there)\(detail)",
        remedy: writeAgain)
    }
    let end = start + 12 + length
    // A lower-case first letter marks a chunk that is not needed, and libpng skips it (5.4).
    let isCritical = name[0] < 0x61
    if isCritical, checksum(start + 4..<end - 4, in: file) != number(at: end - 4, in: file) {
      return .atByte(
        start, "the checksum of chunk \(word) is wrong\(detail)", remedy: writeAgain)
    }
    if word == "IHDR", length == 13, let fault = headerFault(start + 8, in: file) { return fault }
    if word == "IEND" { return nil }
    start = end
  }
  return .atByte(file.count, "the file ends before its last chunk\(detail)", remedy: writeAgain)
}

/// Combinations that do not exist (PNG specification, 11.2.2).
private func headerFault(_ start: Int, in file: Span<UInt8>) -> Problem? {
  let remedy = "the program that wrote the file is at fault; write it with another"
  for (side, byte) in [("width", start), ("height", start + 4)]
  where number(at: byte, in: file) == 0 {
    return .atByte(byte, "the \(side) is 0", remedy: remedy)
  }
  let (depth, type) = (Int(file[start + 8]), Int(file[start + 9]))
  let depths = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
  guard let possible = depths[type] else {
    return .atByte(start + 9, "colour type \(type) does not exist", remedy: remedy)
  }
  guard possible.contains(depth) else {
    return .atByte(
      start + 8, "bit depth \(depth) does not exist for colour type \(type)", remedy: remedy)
  }
  return nil
}

/// Four bytes, the highest first; the caller knows that they are there.
private func number(at byte: Int, in file: Span<UInt8>) -> Int {
  (byte..<byte + 4).reduce(0) { $0 << 8 | Int(file[$1]) }
}

private func checksum(_ range: Range<Int>, in file: Span<UInt8>) -> Int {
  unsafe file.extracting(range).withUnsafeBufferPointer { bytes in
    unsafe Int(libdeflate_crc32(0, bytes.baseAddress, bytes.count))
  }
}

// MARK: - What the chunks do not show

/// libpng's words, and ours for them.
private let translations: [(libpng: String, plain: String)] = [
  ("Not enough image data", "the pixels end before the last row"),
  ("Too much image data", "there are more pixels than the header says"),
  ("Extra compressed data", "there is more data than the pixels need"),
  ("Too many IDATs", "there is more data than the pixels need"),
  ("incorrect data check", "the checksum of the pixels (Adler-32) is wrong"),
  ("bad adaptive filter value", "a row has a filter type that does not exist"),
  ("IEND: out of place", "the file has no pixels"),
  ("PLTE", "the palette is missing or damaged"),
  ("IHDR", "the header is missing or damaged"),
  ("critical chunk", "the file has a kind of chunk that is not known"),
  ("IDAT: ", "the compressed pixels are damaged"),
]

private func plainWords(for text: String) -> String {
  translations.first { text.contains($0.libpng) }?.plain ?? "the PNG is damaged"
}
