import CPNG
package import Core
package import Raster

/// The samples of a PNG, with the values that stand in the file.
///
/// Nothing is scaled and no colour is computed: a 1-bit mask holds 0 and 1, a 4-bit image 0 to 15,
/// a palette image its indices (also one that the palette has no colour for), and 16 bits stay 16.
/// Gamma, profiles and transparency change nothing.
package struct PNGImage: Sendable {
  package var header: PNGHeader
  /// One for each channel, in the order of the file; `u1`, or `u2` if the depth is 16.
  package var planes: [Plane]
  /// The colours of a palette image's indices; empty for every other image.
  package var palette: [RGB]

  package var width: Int { header.width }
  package var height: Int { header.height }
  package var bitDepth: Int { header.bitDepth }
  package var color: PNGHeader.Color { header.color }

  package struct RGB: Hashable, Sendable {
    package var red, green, blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    var isGray: Bool { red == green && green == blue }
  }

}

/// What a PNG says of itself before its pixels.
package struct PNGHeader: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// 1, 2, 4, 8 or 16.
  package var bitDepth: Int
  package var color: Color
  package var isInterlaced: Bool

  /// What the samples of a pixel stand for; the numbers are those of the PNG specification, 11.2.2.
  package enum Color: UInt8, CaseIterable, Sendable {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgba = 6

    var hasAlpha: Bool { self == .grayAlpha || self == .rgba }
  }
}

extension PNGImage {
  /// Decodes a whole file; the caller adds its name to the problem.
  ///
  /// - Throws: Problem: the bytes are not an intact PNG, or the image is too large.
  package init(
    decoding bytes: Bytes, pixelLimit: Int = Limits.pixels.most, by decoder: PNGDecoder = .fast
  ) throws(Problem) {
    if decoder == .fast, let image = PNGImage(plain: bytes, pixelLimit: pixelLimit) {
      self = image
    } else {
      try self.init(askingLibPNG: bytes, pixelLimit: pixelLimit)
    }
  }

  private init(askingLibPNG bytes: Bytes, pixelLimit: Int) throws(Problem) {
    var memory: UnsafeMutableRawPointer?
    let image = try unsafe read(bytes) { file, image, message in
      unsafe unmask_png_read(
        file.baseAddress, file.count, UInt64(clamping: pixelLimit),
        UInt64(Limits.pngBytes.most), image, &memory, message)
    }
    // libpng wrote `samples_size` bytes there and nobody else knows the address.
    let samples = unsafe Bytes(taking: .init(start: memory, count: image.samples_size)) {
      unsafe unmask_png_free(UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
    header = try PNGHeader(image)
    planes = planesOf(samples, in: image)
    palette = colors(of: image)
  }
}

extension PNGHeader {
  /// Reads a file up to its first pixel; the caller adds its name to the problem.
  ///
  /// - Throws: Problem: the bytes are not a PNG, or its header is damaged.
  package init(reading bytes: Bytes) throws(Problem) {
    let image = try unsafe read(bytes) { file, image, message in
      unsafe unmask_png_read_header(file.baseAddress, file.count, image, message)
    }
    try self.init(image)
  }

  fileprivate init(_ image: unmask_png_image) throws(Problem) {
    guard let color = Color(rawValue: image.color_type) else {
      throw Problem("colour type \(image.color_type) does not exist", remedy: "write it again")
    }
    self.color = color
    width = Int(image.width)
    height = Int(image.height)
    bitDepth = Int(image.bit_depth)
    isInterlaced = image.is_interlaced != 0
  }
}

/// Gives the file to one of libpng's two readings and puts its verdict into words.
private func read(
  _ bytes: Bytes,
  by reading: (
    UnsafeRawBufferPointer, UnsafeMutablePointer<unmask_png_image>, UnsafeMutablePointer<CChar>
  ) -> unmask_png_verdict
) throws(Problem) -> unmask_png_image {
  var image = unmask_png_image()
  var message = [CChar](repeating: 0, count: Int(UNMASK_PNG_MESSAGE_SIZE))
  let verdict = bytes.withSpan { span in
    unsafe span.withUnsafeBytes { file in unsafe reading(file, &image, &message) }
  }
  let size = "\(image.width) by \(image.height) pixels"
  switch verdict {
  case UNMASK_PNG_READ:
    return image
  case UNMASK_PNG_TOO_LARGE:
    throw Problem(
      "the image has \(size) in \(Figure.count(Int(image.channels), "channel")) of \(image.bit_depth) bits, more than are decoded at once",
      remedy:
        "the limits are \(Limits.pixels.most) pixels and \(Limits.pngBytes.most) bytes; save it with one channel of 8 bits, or cut it into smaller files"
    )
  case UNMASK_PNG_NO_MEMORY:
    throw Problem(
      "there is no memory for an image of \(size)",
      remedy: "decode fewer images at a time, or cut the image into smaller files")
  default:
    let text = message.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }
    throw .refusedPNG(bytes, saying: String(decoding: text, as: UTF8.self))
  }
}

/// Channels lie interleaved, so each is a plane that steps over the others.
private func planesOf(_ samples: Bytes, in image: unmask_png_image) -> [Plane] {
  let channels = Int(image.channels)
  let (width, height) = (Int(image.width), Int(image.height))
  let element: Plane.Element = image.sample_size == 2 ? .u2 : .u1
  let pixelSize = channels * element.size
  return (0..<channels).map { channel in
    Plane(
      bytes: samples, element: element, offset: channel * element.size,
      rowStride: width * pixelSize, columnStride: pixelSize, width: width, height: height)
  }
}

private func colors(of image: unmask_png_image) -> [PNGImage.RGB] {
  // C's array is a tuple in Swift; as bytes it can be counted through.
  let bytes = unsafe withUnsafeBytes(of: image.palette) { unsafe [UInt8]($0) }
  return (0..<Int(image.palette_count)).map { index in
    PNGImage.RGB(red: bytes[3 * index], green: bytes[3 * index + 1], blue: bytes[3 * index + 2])
  }
}
