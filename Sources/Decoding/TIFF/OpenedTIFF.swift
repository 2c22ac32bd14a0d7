internal import Core
internal import Raster

/// A TIFF file of one image, open: a picture, or pages and samples whose axes are known.
struct OpenedTIFF {
  let size: StatedSize
  private let file: TIFFFile
  private let path: String
  /// What pages and samples are, where there are several: classes or slices.
  private var pages: Character?
  private var samples: Character?

  /// - Throws: Problem: no order of its axes fits, or several do.
  ///
  /// - Parameter hasColors: whether colours mean something on its side; else three samples are those of three classes,
  ///   for tifffile marks any array of three planes as red, green and blue.
  init(
    opening path: String, arrangedAs expected: AxisOrder.Expected, hasColors: Bool
  ) throws(Problem) {
    self.path = path
    let file = try TIFFFile(opening: path)
    self.file = file
    var size = StatedSize(file: path, width: file.width, height: file.height)
    let hasClasses = !hasColors && file.samples > 1 && file.samples == expected.classes
    if expected.told == nil, file.isPicture, !hasClasses {
      self.size = size
      return
    }
    // tifffile writes an array of three or four planes as the samples of one page.
    if file.pages == 1, file.samples > 1, let told = expected.told?.rawValue,
      told == "DHW" || told == "CHW" && file.samples == expected.classes
    {
      samples = told.first
      if samples == "D" { size.slices = file.samples }
      self.size = size
      return
    }
    let outline = file.outline
    let axes = try inFile(path) { () throws(Problem) in
      try (file.pages > 1 ? outline : outline.withoutPages).arranged(as: expected).axes
    }
    let letters = Array(axes.rawValue)
    if file.pages > 1 { pages = letters.first }
    if file.samples > 1 { samples = letters.last }
    guard [pages, samples].allSatisfy({ $0.map { "CD".contains($0) } ?? true }) else {
      throw Problem(
        "has its \(file.pages > 1 ? "pages" : "samples") before or behind rows and columns, and not as \(axes.rawValue) says",
        at: .file(path), remedy: "say what they are: axes: CHW for pages, HWC for samples")
    }
    if pages == "D" { size.slices = file.pages }
    if samples == "D" { size.slices = file.samples }
    self.size = size
  }

  func decoded(slice: Int, classes: Int) throws(Problem) -> DecodedSide {
    if pages == nil, samples == nil {
      return DecodedSide(planes: [try file.picture(in: path)], hasClasses: false)
    }
    let hasClasses = pages == "C" || samples == "C"
    var planes: [NumberPlane] = []
    var page: (index: Int, array: NumberArray)?
    for c in 0..<(hasClasses ? classes : 1) {
      let index = pages == "C" ? c : pages == "D" ? slice : 0
      let array = if let page, page.index == index { page.array } else { try file.page(index) }
      page = (index, array)
      planes.append(
        file.plane(of: array, sample: samples == "C" ? c : samples == "D" ? slice : 0, in: path))
    }
    return DecodedSide(planes: planes, hasClasses: hasClasses)
  }
}

extension TIFFFile {
  /// Whether it has one page, of one number or one colour a pixel.
  var isPicture: Bool { pages == 1 && (samples == 1 || isColored || samples == 2 && hasAlpha) }

  private var isColored: Bool { photometric == .rgb && samples <= 4 && element == .u1 }
  private var hasAlpha: Bool { alphaSample != nil }

  fileprivate func picture(in path: String) throws(Problem) -> NumberPlane {
    let array = try page(0)
    var plane = plane(of: array, sample: 0, in: path)
    if isColored {
      plane.colors = (0..<3).map { self.plane(of: array, sample: $0, in: path).plane }
    }
    plane.alpha = alphaSample.map { self.plane(of: array, sample: $0, in: path).plane }
    if case .palette(let colors) = photometric, element == .u1 { plane.palette = colors }
    return plane
  }

  fileprivate func plane(of array: NumberArray, sample: Int, in path: String) -> NumberPlane {
    let isUnsigned = element == .u1 || element == .u2
    return NumberPlane(
      plane: array.plane(
        rowAxis: 0, columnAxis: 1, at: Array([0, 0, sample].prefix(array.shape.count))),
      file: path, largest: isUnsigned ? (1 << Int64(bits)) - 1 : .max, noData: noData)
  }

  /// All pages in memory, of a file that has the images of a run.
  ///
  /// - Throws: Problem: one of them is damaged, or they are more than memory is taken for.
  func allPages() throws(Problem) -> NumberArray {
    var all = outline
    let pageBytes = all.shape.dropFirst().reduce(element.size, *)
    let (count, isTooLarge) = pageBytes.multipliedReportingOverflow(by: pages)
    guard !isTooLarge, count <= Limits.inflatedBytes.most else {
      throw Problem(
        "holds \(pages) pages of \(Figure.count(pageBytes)) bytes; the limit is \(Figure.count(Limits.inflatedBytes.most))",
        remedy: "save each image in a file of its own")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in 0..<pages {
      let page = try page(index)
      bytes += page.packedBytes
      all.isByteSwapped = page.isByteSwapped
    }
    all.bytes = Bytes(bytes)
    return all
  }
}

extension NumberArray {
  /// Of one page: its axis left out.
  fileprivate var withoutPages: NumberArray {
    var page = self
    page.shape.removeFirst()
    page.strides.removeFirst()
    return page
  }

  /// The bytes of its numbers, which lie without gaps, the last axis fastest.
  fileprivate var packedBytes: [UInt8] {
    bytes.array(offset..<offset + shape.reduce(element.size, *))
  }
}
