import Core
import Decoding
import Raster
import TestSupport
import Testing

@Suite("Floats of one and two bytes")
struct NarrowFloatTests {
  // Digests of all bit patterns in order, as float32 with one NaN, as ml_dtypes 0.6.0 has them:
  // np.arange(256 or 65536).astype(unsigned).view(dtype).astype(np.float32).
  @Test(
    "are what ml_dtypes says, in every bit pattern",
    arguments: [
      ("bfloat16", "f12e27efe34841dfd6391497b86f389096b03a376586e1d9691bba0a8de3980a"),
      ("float8_e4m3fn", "422eccfaa21e72a6b26855bb10cdcfead6c1ce3262ecd813c99d8cbf9677f2e2"),
      ("float8_e5m2", "229a94c5f728edf2259da970a0e1dfb45cc1d69cce2b30e37659f3212ec4b8b9"),
      ("float8_e4m3fnuz", "ac4866f772a7c08077713fde1fa54131d49c26339c885e971a24fc0fac6e33f4"),
      ("float8_e5m2fnuz", "aac12d2730bf26ca53bfa107a7a6a8df192aba8cf58b971eec9126f83991e6d4"),
      ("float8_e4m3b11fnuz", "74505330e3c9cb738d787c6bcd5d5a61a2090f98e302b7b0812c7faf29f4e1fe"),
      ("float8_e4m3", "9ce77bd30a02e10bb70f4b9f1d8c65d129f60f0b405311976ab8c0f19d46571a"),
      ("float8_e3m4", "dbadb7342f17427478c8e77954625c363790851f2c54cc0c63a7a1bd09244574"),
    ])
  func values(name: String, digest: String) throws {
    let narrow = try #require(NarrowFloat(rawValue: name))
    let count = 1 << (8 * narrow.size)
    let data = (0..<count).flatMap { little($0, narrow.size) }
    let file = npy("|V\(narrow.size)", "(\(count / 256), 256)", data: data)
    let wide = try #require(try array(file, dtype: narrow).widened())
    let bits = singles(wide).flatMap { value in
      little(Int(value.isNaN ? 0x7fc0_0000 : value.bitPattern), 4)
    }
    #expect(SHA256.hex(of: bits) == digest)
  }

  @Test("are taken of raw bytes, of the byte that NumPy calls f1, and of whole numbers")
  func kinds() throws {
    let one: [UInt8] = [0x80, 0x3f, 0, 0xbf]
    for descr in ["|V2", "<V2", "<u2", "<i2"] {
      let array = try array(npy(descr, "(2,)", data: one), dtype: .bfloat16)
      #expect(array.numbers == [1, -0.5])
      #expect(array.typeName == "bfloat16" && array.read == .f4)
    }
    let swapped = try array(npy(">V2", "(2,)", data: [0x3f, 0x80, 0xbf, 0]), dtype: .bfloat16)
    #expect(swapped.numbers == [1, -0.5])
    for descr in ["|V1", "|u1", "|i1"] {
      #expect(
        try array(npy(descr, "(2,)", data: [0x38, 0xb0]), dtype: .float8E4M3FN).numbers == [
          1, -0.5,
        ])
    }
    #expect(try array(npy("<f1", "(2,)", data: [0x3c, 0xb8])).numbers == [1, -0.5])
  }

  @Test("are the same numbers in any order of the axes", arguments: [false, true])
  func orders(fortran: Bool) throws {
    // Two images of 2 × 3 pixels and 4 classes; small whole numbers are the same in bfloat16.
    let values = (0..<48).map { Float($0) }
    let data = values.flatMap { little(Int($0.bitPattern >> 16), 2) }
    let narrow = try array(
      npy("|V2", "(2, 2, 3, 4)", fortran: fortran, data: data), dtype: .bfloat16)
    let bytes = try array(
      npy("|u1", "(2, 2, 3, 4)", fortran: fortran, data: (0..<48).map { UInt8($0) }))
    for image in 0..<2 {
      let wide = try narrow.reading(image: image, .NHWC)
      #expect(wide.narrow == nil)
      #expect(wide.bytes.count == 24 * 4)
      for c in 0..<4 {
        #expect(
          numbers(wide.plane(.NHWC, image: 0, class: c))
            == numbers(bytes.plane(.NHWC, image: image, class: c)))
      }
    }
  }

  @Test("without a name are refused with the line of the configuration that names them")
  func unnamed() throws {
    func problem(_ bytes: [UInt8], _ dtype: NarrowFloat?) throws -> Problem? {
      try withFile(bytes) { path in
        do throws(Problem) {
          _ = try ArrayFile(opening: path, dtype: dtype).array(named: nil)
          return nil
        } catch {
          return Problem(error.what, remedy: error.remedy)
        }
      }
    }
    let two = npy("<V2", "(1,)", data: [0, 0])
    #expect(
      try problem(two, nil)
        == Problem(
          "holds two raw bytes a number, as NumPy saves bfloat16, and no name of their type",
          remedy: "say it under decode, dtype: bfloat16; of the truth, dtype: {truth: bfloat16}"))
    #expect(
      try problem(npy("<V1", "(1,)", data: [0]), nil)
        == Problem(
          "holds one raw byte a number, as NumPy saves most kinds of float8, and no name of their type",
          remedy:
            "say it under decode, dtype: float8_e4m3fn (or float8_e4m3fnuz, float8_e5m2fnuz, float8_e4m3b11fnuz, float8_e4m3, float8_e3m4); of the truth, dtype: {truth: float8_e4m3fn}"
        ))
    #expect(
      try problem(two, .float8E5M2)
        == Problem(
          "holds two raw bytes a number, and decode says dtype: float8_e5m2 of it",
          remedy:
            "write the dtype with which it was saved; float8_e5m2 has one byte a number"))
    #expect(
      try problem(npy("<f4", "(1,)", data: [0, 0, 0, 0]), .bfloat16)
        == Problem(
          "holds float32, and decode says dtype: bfloat16 of it",
          remedy: "take dtype out of decode: the file says itself what it holds"))
  }
}

/// All numbers of an array, of which none is wider than a `Float`, in the order of the axes.
private func singles(_ array: NumberArray) -> [Float] {
  let plane = array.plane(rowAxis: 0, columnAxis: 1, at: [0, 0])
  var result = [Float](repeating: 0, count: plane.pixels)
  var span = result.mutableSpan
  plane.load(0..<plane.pixels, into: &span)
  return result
}
