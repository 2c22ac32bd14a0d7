import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// PNG files as they come: both decoders read the same.
///
/// An input that begins with 0 is a file behind that byte, as it stands. In any other the chunks get the
/// checksums that they should have, which no mutation would find.
@main
enum FuzzPNG: Fuzzing {
  static let longest = 1024

  private static let pixelLimit = 1 << 16

  static func read(_ input: [UInt8]) {
    let file = Bytes(input.first == 0 ? Array(input.dropFirst()) : input.withRightChecksums)
    let plain = PNGImage(plain: file, pixelLimit: pixelLimit)
    for image in PNGImage.plain([file, file, file], pixelLimit: pixelLimit) {
      claim((image == nil) == (plain == nil), "together it is another file")
      if let image, let plain { claimSame(image, plain) }
    }
    let asked = attempt { () throws(Problem) in
      try PNGImage(decoding: file, pixelLimit: pixelLimit, by: .libpng)
    }
    let header = attempt { () throws(Problem) in try PNGHeader(reading: file) }.value
    switch asked {
    case .success(let image):
      claim(header == image.header, "the header alone is another")
      for plane in image.planes { _ = plane.numbers }
      if let plain { claimSame(plain, image) }
    case .failure(let problem):
      // See PNGDecoder: checksums vouch for the pixels of a stream that breaks a rule.
      claim(
        plain == nil || problem.what.contains("compressed pixels are damaged"),
        "only the fast decoder reads it: \(problem)")
    }
  }
}
