internal import Core
internal import Raster

/// The header of a NIfTI file: 348 bytes (NIfTI-1) or 540 (NIfTI-2), in either byte order.
///
/// nifti1.h and nifti2.h of the NIfTI Data Format Working Group, whose names of fields are kept in comments.
struct NIfTIHeader {
  var volume: VolumeHeader

  /// The longest of both.
  static let size = 540

  /// Whether a file that begins so is one; `n+1` and `n+2` keep header and voxels in one file.
  static func begins(_ start: Bytes) -> Bool { Version(start) != nil }

  /// - Parameter start: the first bytes of the file, or of what it inflates to.
  init(reading start: Bytes) throws(Problem) {
    guard let version = Version(start) else {
      throw Problem("is no NIfTI file", remedy: "save it with nibabel or SimpleITK")
    }
    if version.isPair {
      throw Problem(
        "is the header of a NIfTI pair, whose voxels are in a file of their own (.img)",
        remedy: "save it as one file: nibabel.save(image, 'name.nii.gz')")
    }
    let fields = Fields(bytes: start, isSwapped: version.isSwapped, isWide: version.isWide)
    volume = VolumeHeader(
      element: try fields.element, isByteSwapped: version.isSwapped, sizes: [],
      dataStart: try fields.dataStart)
    (volume.sizes, volume.channels) = try fields.sizes
    volume.scaling = try fields.scaling
    volume.affine = fields.affine
    try volume.expectWithinLimits()
  }

  /// Which of the four forms a header has.
  private struct Version {
    var isWide: Bool
    var isSwapped: Bool
    var isPair: Bool

    init?(_ start: Bytes) {
      // `sizeof_hdr`, which also tells the byte order.
      guard let size: UInt32 = start.littleEndian(at: 0) else { return nil }
      switch size {
      case 348: (isWide, isSwapped) = (false, 1 != 1.littleEndian)
      case UInt32(348).byteSwapped: (isWide, isSwapped) = (false, 1 == 1.littleEndian)
      case 540: (isWide, isSwapped) = (true, 1 != 1.littleEndian)
      case UInt32(540).byteSwapped: (isWide, isSwapped) = (true, 1 == 1.littleEndian)
      default: return nil
      }
      let place = isWide ? 4 : 344
      guard start.count >= (isWide ? 540 : 348) else { return nil }
      let magic = start.array(place..<place + 4)
      let number = UInt8(ascii: isWide ? "2" : "1")
      switch magic {
      case [UInt8(ascii: "n"), UInt8(ascii: "+"), number, 0]: isPair = false
      case [UInt8(ascii: "n"), UInt8(ascii: "i"), number, 0]: isPair = true
      default: return nil
      }
    }
  }
}

/// The fields by their places in both versions.
private struct Fields {
  var bytes: Bytes
  var isSwapped: Bool
  var isWide: Bool

  /// `datatype`
  var element: Plane.Element {
    get throws(Problem) {
      let code = short(at: isWide ? 12 : 70)
      switch code {
      case 2: return .u1
      case 4: return .i2
      case 8: return .i4
      case 16: return .f4
      case 64: return .f8
      case 256: return .i1
      case 512: return .u2
      case 768: return .u4
      case 1024: return .i8
      case 1280: return .u8
      default:
        let name =
          [
            1: "single bits", 32: "complex numbers", 128: "colours (RGB24)",
            1536: "floats of 128 bits", 1792: "complex numbers", 2048: "complex numbers",
            2304: "colours (RGBA32)",
          ][code] ?? "numbers of the unknown type \(code)"
        throw Problem(
          "holds \(name)", remedy: "save it as uint8 for labels, or float32 for probabilities")
      }
    }
  }

  /// `dim`: columns, rows and slices, and the numbers a voxel.
  ///
  /// The fourth axis is time and the fifth the parts of a vector; what is longer than 1 of them is taken for classes.
  var sizes: ([Int], Int) {
    get throws(Problem) {
      let count = size(0)
      guard (1...7).contains(count) else {
        throw Problem("its header gives it \(count) axes", remedy: "write it again")
      }
      let all = (1...7).map { $0 <= count ? size($0) : 1 }
      guard all.allSatisfy({ $0 > 0 }) else {
        throw Problem(
          "its header gives it \(all.prefix(count).map(String.init).joined(separator: " × ")) voxels",
          remedy: "write it again")
      }
      let long = all.dropFirst(3).filter { $0 > 1 }
      guard long.count <= 1 else {
        throw Problem(
          "has \(all.prefix(count).map(String.init).joined(separator: " × ")) voxels: more than one axis besides columns, rows and slices",
          remedy: "save one volume a file, or the classes along the fourth axis")
      }
      return (Array(all.prefix(3)), long.first ?? 1)
    }
  }

  private func size(_ axis: Int) -> Int {
    isWide ? Int(clamping: integer(Int64.self, at: 16 + 8 * axis)) : short(at: 40 + 2 * axis)
  }

  /// `vox_offset`
  var dataStart: Int {
    get throws(Problem) {
      let least = isWide ? 540 : 348
      let start = isWide ? Double(integer(Int64.self, at: 168)) : single(at: 108)
      guard start >= Double(least), start.rounded() == start,
        start <= Double(Limits.extensionBytes.most)
      else {
        throw Problem(
          "its header says that the voxels begin at byte \(shortest(start))",
          remedy: "write it again")
      }
      return Int(start)
    }
  }

  /// `scl_slope`, `scl_inter`: a slope of 0, or one that is no number, says nothing (nifti1.h, "DATA SCALING"; nibabel
  /// writes NaN).
  var scaling: VolumeHeader.Scaling? {
    get throws(Problem) {
      let slope = isWide ? double(at: 176) : single(at: 112)
      let intercept = isWide ? double(at: 184) : single(at: 116)
      guard slope.isFinite, slope != 0 else { return nil }
      guard intercept.isFinite else {
        throw Problem(
          "its header says that a number is \(shortest(slope)) times what is stored, plus \(shortest(intercept)) (scl_slope, scl_inter)",
          remedy: "write it again, with scl_inter: 0 or without a scale")
      }
      return slope == 1 && intercept == 0 ? nil : .init(slope: slope, intercept: intercept)
    }
  }

  /// The matrix of the scanner (`sform`) where there is one, else the quaternion (`qform`): nifti1.h, "3D IMAGE
  /// (VOLUME) ORIENTATION AND LOCATION IN SPACE", methods 3 and 2, in nibabel's order.
  var affine: Affine? {
    let qform = isWide ? integer(Int32.self, at: 344) : Int32(short(at: 252))
    let sform = isWide ? integer(Int32.self, at: 348) : Int32(short(at: 254))
    let affine =
      if sform > 0 {
        Affine((0..<12).map { isWide ? double(at: 400 + 8 * $0) : single(at: 280 + 4 * $0) })
      } else if qform > 0 {
        quaternion
      } else {
        nil as Affine?
      }
    return affine.flatMap { $0.isFinite ? $0 : nil }
  }

  private var quaternion: Affine {
    func number(_ wide: Int, _ narrow: Int) -> Double {
      isWide ? double(at: wide) : single(at: narrow)
    }
    var (b, c, d) = (number(352, 256), number(360, 260), number(368, 264))
    let offset = [number(376, 268), number(384, 272), number(392, 276)]
    let ofVector = b * b + c * c + d * d
    // Of half a turn `a` is 0; what rounding b, c and d leaves of it is no angle. The bound is nibabel's, and a little
    // more than that of nifti1_io.c (`nifti_quatern_to_mat44`), which as here makes the length 1 again.
    let least = isWide ? 3 * Double.ulpOfOne : 3 * Double(Float.ulpOfOne)
    var a = 1 - ofVector > least ? (1 - ofVector).squareRoot() : 0
    let length = (a * a + ofVector).squareRoot()
    (a, b, c, d) = (a / length, b / length, c / length, d / length)
    // `pixdim`, whose first says on which side the third axis is.
    let zooms = (1...3).map { abs(number(104 + 8 * $0, 76 + 4 * $0)) }
    let side = number(104, 76) < 0 ? -1.0 : 1.0
    let rotation = [
      [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
      [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
      [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
    ]
    return Affine(
      (0..<3).flatMap { row in
        [
          rotation[row][0] * zooms[0], rotation[row][1] * zooms[1],
          rotation[row][2] * zooms[2] * side, offset[row],
        ]
      })
  }

  private func integer<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type, at byte: Int
  ) -> Number {
    // The bytes were counted; where there are none a field is 0.
    let number = bytes.littleEndian(at: byte, as: Number.self) ?? 0
    let isBig = isSwapped == (1 == 1.littleEndian)
    return isBig ? number.byteSwapped : number
  }

  private func short(at byte: Int) -> Int { Int(integer(Int16.self, at: byte)) }

  private func single(at byte: Int) -> Double {
    Double(Float(bitPattern: integer(UInt32.self, at: byte)))
  }

  private func double(at byte: Int) -> Double {
    Double(bitPattern: integer(UInt64.self, at: byte))
  }
}
