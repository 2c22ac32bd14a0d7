package import Core
package import Raster

/// What a NRRD file says before its numbers begin, or a header that stands alone (.nhdr).
///
/// The format: Teem's "Definition of NRRD File Format", versions NRRD0001 to NRRD0005.
package struct NRRDHeader: Hashable, Sendable {
  package var numbers: VolumeNumbers
  /// For each axis, the fastest first, what it is: `domain`, `list`, `vector`; `nil` where that is not said.
  package var kinds: [String?]
  /// For each axis the distance from a sample to the next, where it is said without a direction.
  package var spacings: [Double?]
  /// The axes that are directions in space, the fastest first.
  package var spatialAxes: [Int]
  /// Where the voxels lie, whose indices are those of the three axes of space; `nil` where the header does not say it
  /// of a patient.
  var affine: Affine?
  /// The name of the file with the numbers, which lies beside the header; `nil` where they follow it.
  package var dataFile: String?
  /// The byte after the header, where the numbers follow it.
  package var length: Int
  /// Lines to leave out before the numbers, and then bytes; -1 stands for all but the numbers.
  var skippedLines: Int
  var skippedBytes: Int

  static let magic = Array("NRRD".utf8)
}

extension NRRDHeader {
  /// The affine's three rows of four.
  package var matrix: [Double]? { affine?.matrix }

  /// - Throws: Problem: the header is damaged, or of something that is not read.
  package init(reading bytes: Bytes) throws(Problem) {
    var lines = HeaderLines(bytes)
    let fields = try NRRDFields(from: &lines)
    let dimension = try fields.dimension()
    let sizes = try fields.sizes(dimension)
    let encoding = try fields.encoding()
    let element = try fields.element()
    numbers = try VolumeNumbers(
      element, isByteSwapped: try fields.isByteSwapped(element), sizes: sizes, packing: encoding)
    kinds = try fields.kinds(dimension)
    spacings = try fields.spacings(dimension)
    let space = try fields.space(dimension)
    spatialAxes = space?.axes ?? []
    affine = space?.affine
    dataFile = try fields.dataFile()
    length = lines.place
    skippedLines = try fields.skip("line skip", from: 0)
    skippedBytes = try fields.skip("byte skip", from: -1)
    guard skippedBytes == 0 || encoding == .raw else {
      throw fields.problem(
        "byte skip", "leaves out bytes of packed numbers, which is not read",
        remedy: "write it again without 'byte skip', or with encoding: raw")
    }
  }

  /// Where the numbers, packed or not, begin in the file that has them.
  ///
  /// - Parameter file: this file, or the one that `dataFile` names.
  /// - Throws: Problem: it has too few bytes for them, or too many.
  package func start(in file: Bytes) throws(Problem) -> Int {
    var start = dataFile == nil ? length : 0
    for _ in 0..<skippedLines {
      guard let end = file.firstIndex(of: UInt8(ascii: "\n"), in: start..<file.count) else {
        throw .atByte(
          start, "has fewer lines than the header's 'line skip' leaves out",
          remedy: "write it again; the header does not fit its numbers")
      }
      start = end + 1
    }
    if skippedBytes == -1 {
      guard file.count - start >= numbers.size else {
        try numbers.expectEnd(at: file.count, from: start)
        return start
      }
      return file.count - numbers.size
    }
    let (place, overflow) = start.addingReportingOverflow(skippedBytes)
    start = overflow ? file.count : min(place, file.count)
    try numbers.expectEnd(at: file.count, from: start)
    return start
  }
}
