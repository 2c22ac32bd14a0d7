import Core
import Decoding
import Raster
import Testing

/// Which bytes a plane has, against a plain loop; lengths around 16 and 64 pixels, which are looked
/// at together.
@Suite("A plane tells which bytes occur in it")
struct OccurringBytesTests {
  @Test("whatever is its length, and wherever the only odd pixel is", arguments: 1...200)
  func oddPixel(length: Int) {
    for place in 0..<length {
      var bytes = [UInt8](repeating: 7, count: length)
      bytes[place] = 200
      expectOccurring(bytes)
    }
  }

  @Test("of runs, of noise and of all that is between", arguments: [1, 2, 5, 16, 33, 100])
  func runs(longest: Int) {
    var state: UInt64 = 1
    func number(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var bytes: [UInt8] = []
    while bytes.count < 70_001 {
      let byte = UInt8(number(below: 250))
      bytes += Array(repeating: byte, count: 1 + number(below: longest))
    }
    expectOccurring(bytes)
  }

  @Test("also where its columns lie apart")
  func strided() {
    let bytes = Bytes((0..<300).map { UInt8($0 % 3 == 0 ? $0 / 3 : 255) })
    let plane = Plane(
      bytes: bytes, element: .u1, rowStride: 30, columnStride: 3, width: 10, height: 10)
    #expect(plane.occurringBytes.indices.filter { plane.occurringBytes[$0] } == Array(0..<100))
  }

  private func expectOccurring(_ bytes: [UInt8]) {
    var expected = [Bool](repeating: false, count: 256)
    for byte in bytes { expected[Int(byte)] = true }
    #expect(Plane(row: bytes).occurringBytes == expected)
  }
}
