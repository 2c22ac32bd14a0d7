import Decoding
import Raster
import Testing

@Suite("An NPY file that is written")
struct NPYWritingTests {
  @Test("is what np.save writes, byte for byte")
  func bytes() {
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
    let blanks = String(repeating: " ", count: 60)
    let expected =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array((dictionary + blanks + "\n").utf8)
      + [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]
    #expect([Float(1), -2].npy(shape: [2]) == expected)
  }

  @Test(
    "is read again with the same shape and numbers",
    arguments: [[3], [2, 3], [2, 3, 5], [1, 1, 1], [0, 4], [12_345, 1]])
  func again(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { Float($0) / 7 }
    let read = try array(values.npy(shape: shape))
    #expect(read.shape == shape)
    #expect(read.element == .f4)
    #expect(read.offset % 64 == 0)
    #expect(numbers(read) == values.map { Double($0) })
  }

  @Test("keeps what is no number, and the sign of 0")
  func specials() throws {
    let values: [Float] = [.nan, .infinity, -0.0, 0x1p-149]
    let read = numbers(try array(values.npy(shape: [4])))
    #expect(read[0].isNaN)
    #expect(read[1] == .infinity)
    #expect(read[2].sign == .minus)
    #expect(read[3] == 0x1p-149)
  }
}
