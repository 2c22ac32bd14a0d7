import Core
import Decoding
import Raster
import Testing

/// A MetaImage file of 2 × 3 × 2 bytes with fields changed, added or, where `nil`, left out.
private func metaImage(
  _ changes: KeyValuePairs<String, String?> = [:], in file: String = "LOCAL",
  data: [UInt8] = Array(0..<12)
) -> [UInt8] {
  var fields: [(String, String?)] = [
    ("ObjectType", "Image"), ("NDims", "3"), ("BinaryData", "True"), ("DimSize", "2 3 2"),
    ("ElementType", "MET_UCHAR"),
  ]
  for (name, value) in changes {
    fields.removeAll { $0.0 == name }
    fields.append((name, value))
  }
  let lines = fields.compactMap { name, value in value.map { "\(name) = \($0)\n" } }.joined()
  return Array("\(lines)ElementDataFile = \(file)\n".utf8) + data
}

private func header(_ bytes: [UInt8]) throws -> MetaImageHeader {
  try MetaImageHeader(reading: Bytes(bytes))
}

private func values(_ bytes: [UInt8]) throws -> [Double] {
  let file = Bytes(bytes)
  let header = try MetaImageHeader(reading: file)
  return numbers(header.numbers.array(in: file, at: try header.start(in: file)))
}

private func refusal(_ bytes: [UInt8]) -> String? {
  let file = Bytes(bytes)
  do throws(Problem) {
    _ = try MetaImageHeader(reading: file).start(in: file)
    return nil
  } catch {
    return error.what
  }
}

@Suite("MetaImage files")
struct MetaImageTests {
  // SimpleITK 2.5.7 reads these fields as the direction (0, -1, 0, 1, 0, 0, 0, 0, 1), row by row, and the origin
  // (1, 2, 3), in LPS, whatever the centre of rotation and the letters say.
  @Test("say where their voxels lie, which is LPS in the file")
  func space() throws {
    let told = try header(
      metaImage([
        "TransformMatrix": "0 1 0 -1 0 0 0 0 1", "Offset": "1 2 3", "ElementSpacing": "4 5 6",
        "CenterOfRotation": "7 8 9", "AnatomicalOrientation": "RAI",
      ]))
    #expect(told.matrix == [0, 5, 0, -1, -4, 0, 0, -2, 0, 0, 6, 3])
    #expect(told.spacings == [4, 5, 6])
    // ElementSize stands for a spacing that is not there, and a position has three names.
    for name in ["Offset", "Position", "Origin"] {
      let other = try header(metaImage(["ElementSize": "1 2 3", name: "4 5 6"]))
      #expect(other.matrix == [-1, 0, 0, -4, 0, -2, 0, -5, 0, 0, 3, 6])
    }
    #expect(try header(metaImage(["NDims": "2", "DimSize": "4 3"])).matrix == nil)
  }

  @Test(
    "are read with the fastest axis last, in either order of bytes, and channels fastest of all")
  func numbers() throws {
    #expect(try values(metaImage()) == (0..<12).map(Double.init))
    let shorts = (0..<12).flatMap { little($0, 2) }
    for (order, factor) in [("False", 1), ("True", 256)] {
      #expect(
        try values(
          metaImage(["ElementType": "MET_SHORT", "BinaryDataByteOrderMSB": order], data: shorts))
          == (0..<12).map { Double($0 * factor) })
    }
    let two = try header(
      metaImage([
        "DimSize": "2 3 1", "ElementNumberOfChannels": "2", "ElementType": "MET_UCHAR_ARRAY",
      ]))
    #expect(two.channels == 2 && two.numbers.sizes == [2, 2, 3, 1])
    // ITK's long has 4 bytes in a file.
    #expect(try header(metaImage(["ElementType": "MET_LONG"])).numbers.element == .i4)
  }

  @Test("have their numbers behind the header or beside it, packed or not")
  func forms() throws {
    let packed = try header(
      metaImage(["CompressedData": "True", "CompressedDataSize": "99"], in: "x.zraw"))
    #expect(packed.dataFile == "x.zraw" && packed.numbers.packing == .zlib)
    #expect(packed.packedSize == 99)
    let beside = try header(metaImage(["HeaderSize": "-1"], in: "x.raw", data: []))
    #expect(try beside.start(in: Bytes([UInt8](repeating: 0, count: 20))) == 8)
    let colons = String(decoding: metaImage(data: []), as: UTF8.self).replacing(" =", with: ":")
    #expect(try header(Array(colons.dropLast().utf8)).numbers.sizes == [2, 3, 2])
  }

  @Test(
    "are refused by name",
    arguments: [
      (metaImage(["ObjectType": "Mesh"]), "the field 'ObjectType' is 'Mesh', and not Image"),
      (
        metaImage(["BinaryData": "False"]),
        "the field 'BinaryData' says that the numbers are text, which is not read"
      ),
      (
        metaImage(["ElementType": "MET_STRING"]),
        "the field 'ElementType' is 'MET_STRING', which is not read"
      ),
      (
        metaImage(["DimSize": "2 3"]), "the field 'DimSize' is '2 3', and not 3 numbers from 1"
      ),
      (metaImage(["DimSize": nil]), "its header has no field 'DimSize'"),
      (
        metaImage(["ElementSpacing": "1 0 1"]),
        "the field 'ElementSpacing' is '1 0 1', and voxels lie apart"
      ),
      (
        metaImage(["Offset": "1 nan 1"]), "the field 'Offset' is '1 nan 1', and not 3 numbers"
      ),
      (
        metaImage(in: "/x.raw"),
        "the field 'ElementDataFile' is '/x.raw', which does not lie beside the header"
      ),
      (
        metaImage(in: "LIST"),
        "the field 'ElementDataFile' names several files, which are not read"
      ),
      (
        metaImage(["HeaderSize": "5"]),
        "the field 'HeaderSize' is of numbers in another file, but they follow the header"
      ),
      (
        metaImage(data: [1, 2]),
        "the file is truncated or still being written: its header says 12 bytes of numbers, but 2 follow it"
      ),
      (
        metaImage(data: Array(0..<13)),
        "1 bytes are left over: the header says 12 bytes of numbers"
      ),
      (
        metaImage(["DimSize": "4294967296 4294967296 2"]),
        "its header claims more numbers than any memory holds"
      ),
    ])
  func refused(file: [UInt8], message: String) {
    #expect(refusal(file) == message)
  }

  @Test("every proper beginning of a file")
  func prefixes() {
    let whole = metaImage()
    for length in whole.indices { #expect(refusal(Array(whole.prefix(length))) != nil) }
  }
}
