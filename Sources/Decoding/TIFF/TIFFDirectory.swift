import Core
import Raster

/// One image file directory: what a TIFF file says about one of its images.
struct TIFFDirectory {
  let source: TIFFSource
  /// Its first byte.
  let place: Int
  /// Bytes that it takes, the place of the next one included.
  let length: Int
  /// Where the next one lies; 0 after the last.
  let next: Int
  private let entries: [TIFFEntry]

  /// Reads the directory at `place`. Its values stay where they are.
  init(_ source: TIFFSource, at place: Int) throws(Problem) {
    let (countSize, entrySize) = source.isBigTIFF ? (8, 20) : (2, 12)
    let fields: Int? =
      if source.isBigTIFF { source.offset(at: place) } else {
        source.number(at: place, as: UInt16.self).map { Int($0) }
      }
    guard place >= 8, let fields else {
      throw .damagedTIFF(place, "a directory should lie at byte \(place) of \(source.bytes.count)")
    }
    let start = place + countSize
    // The offset of the next one ends the directory, and some writers forget it.
    guard fields <= (source.bytes.count - start) / entrySize else {
      throw .damagedTIFF(
        place, "a directory of \(fields) entries goes beyond the end of the file")
    }
    guard fields <= Limits.tiffEntries.most else {
      throw .damagedTIFF(
        place, "a directory has \(fields) entries; the limit is \(Limits.tiffEntries.most)")
    }
    var entries: [TIFFEntry] = []
    entries.reserveCapacity(fields)
    for index in 0..<fields {
      guard let entry = TIFFEntry(source, at: start + index * entrySize) else { continue }
      entries.append(entry)
    }
    self.source = source
    self.place = place
    self.entries = entries
    let end = start + fields * entrySize
    length = end - place + (source.isBigTIFF ? 8 : 4)
    next = source.offset(at: end) ?? 0
  }

  /// The first entry of `tag`: writers should sort them and name none twice, and some do not.
  subscript(_ tag: TIFFTag) -> TIFFEntry? { entries.first { $0.tag == tag.rawValue } }

  /// The numbers of `tag`, `most` of them at the most; nil where it is not there.
  func integers(_ tag: TIFFTag, most: Int) throws(Problem) -> [Int]? {
    guard let entry = self[tag] else { return nil }
    try expectInside(entry, tag)
    var numbers: [Int] = []
    let count = min(most, entry.count)
    numbers.reserveCapacity(count)
    for index in 0..<count {
      guard let number = entry.integer(index, in: source) else {
        throw .damagedTIFF(entry.place, "its \(tag) is no whole number that fits")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The first number of `tag`.
  func integer(_ tag: TIFFTag) throws(Problem) -> Int? {
    guard let numbers = try integers(tag, most: 1) else { return nil }
    guard let number = numbers.first else {
      throw .damagedTIFF(place, "its \(tag) has no number")
    }
    return number
  }

  /// The text of `tag` up to a zero byte, `most` bytes of it.
  func text(_ tag: TIFFTag, most: Int) throws(Problem) -> String? {
    guard let entry = self[tag], [1, 2, 7].contains(entry.type) else { return nil }
    try expectInside(entry, tag)
    let text = source.bytes.array(entry.place..<entry.place + min(entry.count, most))
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  func expectInside(_ entry: TIFFEntry, _ tag: TIFFTag) throws(Problem) {
    let there = source.bytes.count - entry.place
    guard there >= 0, entry.count <= there / entry.size else {
      throw .damagedTIFF(entry.place, "its \(tag) lies beyond the end of the file")
    }
  }
}

/// One entry of a directory: where the values of a tag lie.
struct TIFFEntry {
  let tag: UInt16
  let type: UInt16
  let count: Int
  /// The first byte of the first value.
  let place: Int

  /// Bytes of a value.
  var size: Int { sizes[Int(type)] }

  /// The entry at `start`, all of which is in the file; nil where its type is none.
  init?(_ source: TIFFSource, at start: Int) {
    guard let tag = source.number(at: start, as: UInt16.self),
      let type = source.number(at: start + 2, as: UInt16.self), sizes.indices.contains(Int(type)),
      sizes[Int(type)] > 0, let count = source.offset(at: start + 4)
    else { return nil }
    self.tag = tag
    self.type = type
    self.count = count
    // Values that fit stand in the place of their offset.
    let (valuePlace, room) = source.isBigTIFF ? (start + 12, 8) : (start + 8, 4)
    if count <= room / sizes[Int(type)] {
      place = valuePlace
    } else {
      guard let offset = source.offset(at: valuePlace) else { return nil }
      place = offset
    }
  }

  /// The value at `index`, which is in the file; nil where it is negative, too large or no whole number.
  func integer(_ index: Int, in source: TIFFSource) -> Int? {
    let place = place + index * size
    return switch type {
    case 1, 7: source.number(at: place, as: UInt8.self).map { Int($0) }
    case 3: source.number(at: place, as: UInt16.self).map { Int($0) }
    case 4, 13: source.number(at: place, as: UInt32.self).map { Int($0) }
    case 6: source.number(at: place, as: Int8.self).flatMap { $0 < 0 ? nil : Int($0) }
    case 8: source.number(at: place, as: Int16.self).flatMap { $0 < 0 ? nil : Int($0) }
    case 9: source.number(at: place, as: Int32.self).flatMap { $0 < 0 ? nil : Int($0) }
    case 16, 18: source.number(at: place, as: UInt64.self).flatMap { Int(exactly: $0) }
    case 17: source.number(at: place, as: Int64.self).flatMap { $0 < 0 ? nil : Int($0) }
    default: nil
    }
  }
}

/// Bytes of a value of each type; 0 where there is no such type (TIFF 6.0, section 2, and BigTIFF).
private let sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]

/// The tags that are read, by the names of the specification: TIFF 6.0, but for the last four (SGI; GDAL).
enum TIFFTag: UInt16 {
  case NewSubfileType = 254
  case SubfileType = 255
  case ImageWidth = 256
  case ImageLength = 257
  case BitsPerSample = 258
  case Compression = 259
  case PhotometricInterpretation = 262
  case FillOrder = 266
  case ImageDescription = 270
  case StripOffsets = 273
  case SamplesPerPixel = 277
  case RowsPerStrip = 278
  case StripByteCounts = 279
  case PlanarConfiguration = 284
  case Predictor = 317
  case ColorMap = 320
  case TileWidth = 322
  case TileLength = 323
  case TileOffsets = 324
  case TileByteCounts = 325
  case ExtraSamples = 338
  case SampleFormat = 339
  case ImageDepth = 32_997
  case GDALNoData = 42_113
}
