import Core
import Decoding
import Raster
import Testing

@Suite("A PNG that is written")
struct PNGWritingTests {
  @Test("is 8-bit grey, and is read again as it was", arguments: [(1, 1), (7, 3), (300, 200)])
  func again(width: Int, height: Int) throws {
    let samples = (0..<(width * height)).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let image = try PNGImage(decoding: Bytes(grayPNG(samples, width: width, height: height)))
    #expect((image.width, image.height, image.bitDepth) == (width, height, 8))
    #expect(image.color == .gray)
    #expect(numbers(image.planes[0]) == samples.map { Double($0) })
  }

  @Test("has at least one pixel", arguments: [(0, 0), (0, 3), (3, 0)])
  func empty(width: Int, height: Int) {
    #expect(throws: Problem.self) { try grayPNG([], width: width, height: height) }
  }
}
