import Core
import Decoding
import Raster
import Testing

/// A NIfTI-1 file of 2 × 2 × 1 bytes, little endian; floats and shorts are put at the places of nifti1.h.
private func nifti(
  floats: [Int: Float] = [:], shorts: [Int: Int16] = [:], data: [UInt8] = [0, 1, 2, 255]
) -> [UInt8] {
  var header = [UInt8](repeating: 0, count: 352)
  func put(_ bits: some FixedWidthInteger, at place: Int) {
    for byte in 0..<bits.bitWidth / 8 {
      header[place + byte] = UInt8(truncatingIfNeeded: bits >> (8 * byte))
    }
  }
  put(348 as Int32, at: 0)
  let lengths: [Int16] = [3, 2, 2, 1, 1, 1, 1, 1]
  for (axis, length) in lengths.enumerated() { put(length, at: 40 + 2 * axis) }
  put(2 as Int16, at: 70)
  put(8 as Int16, at: 72)
  for axis in 0..<8 { put(Float(1).bitPattern, at: 76 + 4 * axis) }
  put(Float(352).bitPattern, at: 108)
  header.replaceSubrange(344..<348, with: "n+1\0".utf8)
  for (place, number) in floats { put(number.bitPattern, at: place) }
  for (place, number) in shorts { put(number, at: place) }
  return header + data
}

private func open<Result>(
  _ bytes: [UInt8], _ look: (VolumeFile) throws -> Result
) throws -> Result {
  try withFile(bytes) { try look(VolumeFile(opening: $0)) }
}

private let slope = 112
private let intercept = 116

@Suite("NIfTI files")
struct NIfTITests {
  // nibabel 5.4.2 refuses them too, and ITK would give NaN for every voxel.
  @Test("that add what is no number to each voxel are refused", arguments: [Float.nan, .infinity])
  func intercepts(number: Float) throws {
    for factor: Float in [1, 2] {
      let problem = #expect(throws: Problem.self) {
        try open(nifti(floats: [slope: factor, intercept: number])) { _ in }
      }
      #expect(problem?.what.contains("scl_inter") == true)
    }
    // Without a scale nobody looks at it.
    for factor: Float in [0, .nan] {
      try open(nifti(floats: [slope: factor, intercept: number])) { #expect($0.element == .u1) }
    }
  }

  @Test("with a negative scale keep the sign of 0, as nibabel does")
  func signOfZero() throws {
    let planes = try open(nifti(floats: [slope: -2])) { try $0.planes(ofSlice: 0) }
    #expect(numbers(planes[0]) == [0, -2, -4, -510])
    #expect(numbers(planes[0])[0].sign == .minus)
    let moved = try open(nifti(floats: [slope: -2, intercept: 0.5])) { try $0.planes(ofSlice: 0) }
    #expect(numbers(moved[0]) == [0.5, -1.5, -3.5, -509.5])
  }

  /// Half a turn about an axis between two others: `b` and `c` are rounded, and `a` is not what that leaves.
  @Test("turned by half a turn lie along the axes, whatever rounding leaves")
  func halfTurns() throws {
    let half = Float(0.5).squareRoot()
    for part in [half.nextDown, half, half.nextUp] {
      let floats: [Int: Float] = [256: part, 260: part, 76: 1]
      let affine = try #require(
        try open(nifti(floats: floats, shorts: [252: 1])) { $0.affine })
      #expect(affine.letters == "ARI")
      for (number, expected) in zip(affine.matrix, [0.0, 1, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0]) {
        #expect(abs(number - expected) < 1e-12)
      }
    }
  }

  @Test("turned by little stay so")
  func smallTurns() throws {
    // `a` of 0.001, which is more than rounding leaves.
    let floats: [Int: Float] = [256: Float((1 - 1e-6).squareRoot())]
    let affine = try #require(try open(nifti(floats: floats, shorts: [252: 1])) { $0.affine })
    #expect(abs(affine.matrix[9] - 0.002) < 1e-4)
    #expect(affine.letters == "RPI")
  }
}
