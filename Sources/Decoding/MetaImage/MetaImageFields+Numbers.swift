import Core
import Raster

// What the fields say, and how they are written: MetaIO's documentation, "Tags".

extension MetaImageFields {
  /// Other objects of MetaIO (tubes, meshes) have no voxels.
  func expectImage() throws(Problem) {
    guard let (name, text) = self["ObjectType"], text != "Image" else { return }
    throw problem(
      name, "is '\(printable(text, most: 60))', and not Image",
      remedy: "save the labels or probabilities as an image")
  }

  func axes() throws(Problem) -> Int {
    let text = try required("NDims")
    guard let axes = Int(text), 1...10 ~= axes else {
      throw damaged("NDims", "is '\(printable(text, most: 60))', and not 1 to 10")
    }
    return axes
  }

  func sizes(_ axes: Int) throws(Problem) -> [Int] {
    let words = try required("DimSize").words
    let sizes = words.compactMap(Int.init)
    guard sizes.count == words.count, sizes.count == axes, sizes.allSatisfy({ $0 > 0 }) else {
      throw damaged(
        "DimSize",
        "is '\(printable(words.joined(separator: " "), most: 60))', and not \(Figure.count(axes, "number", "numbers")) from 1"
      )
    }
    return sizes
  }

  func channels() throws(Problem) -> Int {
    guard let (name, text) = self["ElementNumberOfChannels"] else { return 1 }
    guard let channels = Int(text), channels > 0 else {
      throw damaged(name, "is '\(printable(text, most: 60))', and not a number from 1")
    }
    return channels
  }

  /// By its first letter, as MetaIO does it.
  func truth(_ names: String...) throws(Problem) -> Bool? {
    for name in names {
      guard let (_, text) = self[name] else { continue }
      switch text.first {
      case "T", "t", "1": return true
      case "F", "f", "0": return false
      default: throw damaged(name, "is '\(printable(text, most: 60))', and not True or False")
      }
    }
    return nil
  }

  func element() throws(Problem) -> Plane.Element {
    if try truth("BinaryData") == false {
      throw problem(
        "BinaryData", "says that the numbers are text, which is not read",
        remedy: "save it in binary, as SimpleITK.WriteImage does")
    }
    let type = try required("ElementType")
    // `MET_ValueTypeSize` of MetaIO: a long has 4 bytes.
    // The same of voxels with several channels, which older writers say in this way too.
    switch type.hasSuffix("_ARRAY") ? String(type.dropLast(6)) : type {
    case "MET_CHAR": return .i1
    case "MET_UCHAR": return .u1
    case "MET_SHORT": return .i2
    case "MET_USHORT": return .u2
    case "MET_INT", "MET_LONG": return .i4
    case "MET_UINT", "MET_ULONG": return .u4
    case "MET_LONG_LONG": return .i8
    case "MET_ULONG_LONG": return .u8
    case "MET_FLOAT": return .f4
    case "MET_DOUBLE": return .f8
    default:
      throw problem(
        "ElementType", "is '\(printable(type, most: 60))', which is not read",
        remedy: "save the numbers as float, or as integers of 8 to 64 bits")
    }
  }

  /// Little-endian where nothing is said, as every machine is that writes them today.
  var isByteSwapped: Bool {
    get throws(Problem) {
      let isBig = try truth("BinaryDataByteOrderMSB", "ElementByteOrderMSB") ?? false
      return isBig ? 1 != 1.bigEndian : 1 != 1.littleEndian
    }
  }

  func packedSize() throws(Problem) -> Int? {
    guard let (name, text) = self["CompressedDataSize"] else { return nil }
    guard let size = Int(text), size >= 0 else {
      throw damaged(name, "is '\(printable(text, most: 60))', and not a number from 0")
    }
    // MetaIO writes 0 where it does not know.
    return size == 0 ? nil : size
  }

  func skippedBytes() throws(Problem) -> Int {
    guard let (name, text) = self["HeaderSize"] else { return 0 }
    guard let size = Int(text), size >= -1 else {
      throw damaged(name, "is '\(printable(text, most: 60))', and not a number from -1")
    }
    return size
  }

  /// One file beside the header; `nil` where the numbers follow it.
  func dataFile() throws(Problem) -> String? {
    let name = try required("ElementDataFile")
    if ["LOCAL", "Local", "local"].contains(name) { return nil }
    guard !name.isEmpty, !name.contains("%"), name.words.first != "LIST" else {
      throw problem(
        "ElementDataFile", "names several files, which are not read",
        remedy: "save the volume in one file, .mha")
    }
    guard !name.contains("/"), !name.contains("\\") else {
      throw problem(
        "ElementDataFile",
        "is '\(printable(name, most: 60))', which does not lie beside the header",
        remedy: "save the volume in one file, .mha, or put the two side by side")
    }
    return name
  }
}
