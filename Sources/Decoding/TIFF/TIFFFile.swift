package import Core
package import Raster

/// A TIFF file, open: its directories are read, its pixels are not.
///
/// Numbers are those of the file, as rasterio and tifffile give them: white at 0 is not turned round (see `Photometric`),
/// nothing is scaled, and no colour is computed. Every problem names the file.
package struct TIFFFile: Sendable {
  private let path: String
  private let source: TIFFSource
  /// Where the directories of the pages lie.
  private let directories: [Int]
  package let width: Int
  package let height: Int
  package let samples: Int
  package let element: Plane.Element
  /// Of a sample in the file.
  package let bits: Int
  package let photometric: Photometric
  package let noData: Double?
  /// Which sample says how opaque a pixel is.
  package let alphaSample: Int?
  /// Images that follow the first without a directory of their own; 1 in all but a few files.
  private let imagesInFirst: Int
  /// What pixels have that were never written.
  private let fill: [UInt8]

  /// Pages of full resolution; overviews, thumbnails and masks of other pages are left out.
  package var pages: Int { imagesInFirst > 1 ? imagesInFirst : directories.count }

  /// - Throws: Problem: the file cannot be read, is not a TIFF file, is damaged, or holds what is not read.
  package init(opening path: String) throws(Problem) {
    let bytes = try FileBytes.map(path)
    self = try inFile(path) { () throws(Problem) in try TIFFFile(reading: bytes, path: path) }
  }

  /// The same of bytes; the problems do not name the file yet.
  init(reading bytes: Bytes, path: String) throws(Problem) {
    guard let source = TIFFSource(bytes) else {
      throw bytes.count == 0
        ? Problem("is empty", remedy: "wait until it is written, or write it again")
        : Problem("is not a TIFF file", remedy: "save it as TIFF, or name its kind by its ending")
    }
    self.path = path
    self.source = source
    directories = try source.pageDirectories()
    let first = try TIFFPage(TIFFDirectory(source, at: directories[0]))
    width = first.width
    height = first.height
    samples = first.samples
    element = first.element
    bits = first.bits
    photometric = try Photometric(first)
    alphaSample = first.alphaSample
    imagesInFirst = try first.imagesInFirst(of: directories.count)
    // The text of a number; GDAL's own are shorter.
    let text = try first.directory.text(.GDALNoData, most: 100)
    noData = TIFFFill.number(text)
    fill = TIFFFill.bytes(of: text, as: first.element)

    for (index, place) in directories.enumerated().dropFirst() {
      try inPage(index) { () throws(Problem) in
        try TIFFPage(TIFFDirectory(source, at: place)).expect(sameAs: first)
      }
    }
  }

  /// One page's samples: shape [height, width, samples], or [height, width] where there is one sample.
  ///
  /// They stay where they lie in the file if they lie there without gaps; else they are in memory.
  ///
  /// - Throws: Problem: its pixels are damaged, or not there.
  package func page(_ index: Int) throws(Problem) -> NumberArray {
    precondition(0..<pages ~= index, "no such page")
    return try inFile(path) { () throws(Problem) in
      try inPage(index) { () throws(Problem) in
        let isFollowing = imagesInFirst > 1
        let page = try TIFFPage(
          TIFFDirectory(source, at: directories[isFollowing ? 0 : index]))
        return isFollowing ? try page.array(following: index) : try page.array(fill: fill)
      }
    }
  }

  /// All pages as one array of shape [pages, height, width] or [pages, height, width, samples], as the headers say
  /// it: its numbers are not there.
  package var outline: NumberArray {
    let shape = [pages, height, width] + (samples > 1 ? [samples] : [])
    var strides = shape
    var size = element.size
    for axis in shape.indices.reversed() {
      strides[axis] = size
      size *= shape[axis]
    }
    return NumberArray(
      bytes: Bytes([]), element: element, isByteSwapped: false, shape: shape, strides: strides,
      offset: 0)
  }

  private func inPage<Result>(
    _ index: Int, _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    do {
      return try body()
    } catch {
      guard pages > 1 else { throw error }
      var problem = error
      problem.what = "in page \(index) (the first is 0): \(problem.what)"
      throw problem
    }
  }
}

extension TIFFPage {
  fileprivate func expect(sameAs first: TIFFPage) throws(Problem) {
    func expect<Value: Equatable>(_ own: Value, _ other: Value, _ what: String) throws(Problem) {
      guard own == other else {
        throw Problem(
          "its \(what) is \(own), and that of page 0 is \(other)",
          remedy: "save pages of different kinds in files of their own")
      }
    }
    try expect(width, first.width, "width")
    try expect(height, first.height, "height")
    try expect(samples, first.samples, "number of samples")
    try expect(element, first.element, "type of numbers")
    try expect(bits, first.bits, "number of bits")
    try expect(photometric, first.photometric, "PhotometricInterpretation")
  }
}
