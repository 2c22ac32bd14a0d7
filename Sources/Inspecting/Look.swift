package import Core
internal import Decoding
internal import Raster

/// What one file holds, told from the file alone.
package struct Look: Sendable {
  package var path: String
  var form: Form
  /// The arrays of an archive; one for every other file.
  var members: [Member]

  enum Form: Sendable {
    case picture(PNGHeader, palette: [PNGImage.RGB])
    case array, archive, volume, pages
    case runs(images: Int)
  }

  /// One array, or the picture.
  struct Member: Sendable {
    /// Within an archive.
    var name = ""
    var shape: [Int]
    /// `float32`, `8-bit grey`.
    var type: String
    var census: Census
    /// What stands for no number, as the file says; it is not in the census.
    var noData: Double?
    /// Whether only evenly spaced numbers were looked at.
    var isSample = false
    /// The different colours of a picture in colours, at most so many as labels could have.
    var colors: [PNGImage.RGB: Int]?
    /// The least and the largest sum over the classes at a place, where the numbers are real ones.
    var sums: ClosedRange<Double>?
    var meaning: Meaning
  }
}

extension Look {
  /// - Throws: Problem: the file is damaged, or is of no format that is read.
  package init(at path: String) throws(Problem) {
    if [".json", ".csv"].contains(where: path.lowercased().hasSuffix) {
      try self.init(runs: path)
      return
    }
    switch try FileFormat(opening: path) {
    case .npy, .npz, .safetensors: try self.init(array: path)
    case .nifti, .nrrd, .metaImage: try self.init(volume: path)
    case .tiff: try self.init(tiff: path)
    case .png: try self.init(picture: path)
    }
  }

  private init(volume path: String) throws(Problem) {
    let sample = try FileSample(ofVolume: path, slices: Look.slices)
    self.path = path
    form = .volume
    members = [Member(sample)]
  }

  private init(tiff path: String) throws(Problem) {
    let sample = try FileSample(ofTIFF: path, pages: Look.slices)
    self.path = path
    form = .pages
    members = [Member(sample)]
  }

  /// So many of a volume are looked at.
  private static let slices = 16

  private init(array path: String) throws(Problem) {
    let file = try ArrayFile(opening: path)
    self.path = path
    form = file.names == [""] ? .array : .archive
    members = []
    for name in file.names {
      members.append(Member(try file.array(named: name), called: name))
    }
  }

  private init(picture path: String) throws(Problem) {
    let bytes = try FileBytes.read(path)
    let image: PNGImage
    do throws(Problem) {
      image = try PNGImage(decoding: bytes)
    } catch {
      throw error.inFile(path)
    }
    self.path = path
    form = .picture(image.header, palette: image.palette)
    members = [Member(image)]
  }
}

extension Look {
  /// The plane of one class, as shares of the largest level.
  static func planes(at path: String) throws(Problem) -> Numbers {
    if FileFormat(ofFile: path)?.isVolume == true {
      return Numbers(try FileSample(ofVolume: path, slices: slices).array)
    }
    guard isArray(path) else {
      let image = try PNGImage(decoding: try FileBytes.read(path))
      var numbers = Numbers(image.planes[0])
      let greys = image.palette.map { Double($0.red) }
      let most = greys.isEmpty ? Double((1 << image.bitDepth) - 1) : 255
      numbers.values = numbers.values.map { value in
        (greys.isEmpty ? value : Int(value) < greys.count ? greys[Int(value)] : 0) / most
      }
      return numbers
    }
    return Numbers(try ArrayFile(opening: path).array(named: nil))
  }
}

extension Look {
  /// The least and the largest sum along an axis of an array; `nil` where it cannot be read any more.
  static func sums(in path: String, _ name: String, along axis: Int) -> ClosedRange<Double>? {
    guard let array = try? ArrayFile(opening: path).array(named: name.isEmpty ? nil : name) else {
      return nil
    }
    return Numbers(array).rangeOfSums(along: axis)
  }
}

extension Look.Member {
  init(_ array: NumberArray, called name: String) {
    let numbers = Numbers(array)
    self.name = name
    shape = array.shape
    type = array.typeName
    census = Census(numbers)
    isSample = numbers.isSample
    meaning = Meaning(of: numbers, census, array.read)
    if let axis = meaning.classAxis {
      sums = numbers.rangeOfSums(along: axis)
    }
  }

  init(_ sample: FileSample) {
    let numbers = Numbers(sample.array)
    shape = sample.shape
    type = sample.element.name
    noData = sample.noData
    census = Census(numbers.without(sample.noData))
    isSample = numbers.isSample || !sample.isWhole
    meaning = Meaning(of: numbers, census, sample)
    if let axis = meaning.classAxis { sums = numbers.rangeOfSums(along: axis) }
  }

  init(_ image: PNGImage) {
    let header = image.header
    let numbers = Numbers(image.planes[0])
    shape = [header.height, header.width]
    census = Census(numbers)
    let isGrey = image.hasEqualChannels
    type = "\(header.bitDepth)-bit \(header.color.words)"
    if !isGrey {
      colors = image.colors
      meaning = Meaning(kind: colors == nil ? .picture : .colors, axes: "HW")
      return
    }
    if header.color != .gray, header.color != .palette { type += ", all channels equal" }
    meaning = Meaning(of: census, isPalette: header.color == .palette)
  }
}

extension PNGHeader.Color {
  fileprivate var words: String {
    switch self {
    case .gray: "grey"
    case .rgb: "RGB"
    case .palette: "palette"
    case .grayAlpha: "grey with alpha"
    case .rgba: "RGB with alpha"
    }
  }
}

extension PNGImage {
  fileprivate var isColored: Bool { color == .rgb || color == .rgba }

  /// Whether red, green and blue are the same everywhere, where there are such channels.
  fileprivate var hasEqualChannels: Bool {
    guard isColored else { return true }
    let first = Numbers(planes[0]).values
    return Numbers(planes[1]).values == first && Numbers(planes[2]).values == first
  }

  /// How often each colour occurs; `nil` where there are more than label maps have.
  fileprivate var colors: [RGB: Int]? {
    guard planes[0].element == .u1 else { return nil }
    let (red, green, blue) = (planes[0].levels, planes[1].levels, planes[2].levels)
    var counts: [RGB: Int] = [:]
    for pixel in red.indices {
      counts[RGB(red: red[pixel], green: green[pixel], blue: blue[pixel]), default: 0] += 1
      if counts.count > 256 { return nil }
    }
    return counts
  }
}
