import Testing

/// TIFF files as one side of an image: pictures, pages, samples, and the number that stands for nothing.
@Suite("A TIFF file")
struct TIFFFilesTests {
  private static let truth = "0012/0012"
  private static let found = "0010/0112"
  private static let rows = ["a ground 4 4 3", "a road 2 3 2", "a pole 2 1 1"]

  private func folder(
    _ decode: String..., predictions: String = "pred/{image}.tif",
    truth: String = "truth/{image}.png",
    kind: String = "labels", files: [String: [UInt8]]
  ) throws -> Folder {
    try LabelMaps.folder(
      """
      version: 1
      decode:
        predictions: \(predictions)
        truth: \(truth)
        kind: \(kind)
        classes: [ground, road, pole]
      \(decode.map { "  \($0)\n" }.joined())
      measure: [iou]
      reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
      report: {to: out}
      """, files)
  }

  private func numbers(_ drawing: String) -> [Double] { drawn(drawing).joined().map(Double.init) }

  @Test("of one number a pixel is a label map, of whole numbers or floats")
  func labels() throws {
    for format in [TIFFNumbers.uint8, .uint16, .float32] {
      let folder = try folder(files: [
        "truth/a.png": gray(Self.truth),
        "pred/a.tif": tiff(format, width: 4, pages: [numbers(Self.found)]),
      ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == Self.rows)
    }
  }

  @Test("is known by its content where its name says nothing")
  func content() throws {
    let folder = try folder(
      predictions: "pred/{image}.seg",
      files: [
        "truth/a.png": gray(Self.truth),
        "pred/a.seg": tiff(.uint8, width: 4, pages: [numbers(Self.found)]),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try folder.counts() == Self.rows)
  }

  @Test("with a page or a sample for each class holds planes")
  func planes() throws {
    let found = numbers(Self.found)
    let shares = (0..<3).map { c in found.map { $0 == Double(c) ? 0.75 : 0.125 } }
    let together = found.indices.flatMap { pixel in shares.map { $0[pixel] } }
    for file in [
      tiff(.float32, width: 4, pages: shares),
      tiff(.float32, width: 4, samples: 3, pages: [together]),
    ] {
      let folder = try folder(
        "activation: softmax", kind: "probabilities",
        files: ["truth/a.png": gray(Self.truth), "pred/a.tif": file])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == Self.rows)
    }
  }

  @Test("with pages that are slices or images holds a volume, or many images")
  func pages() throws {
    let both = [numbers(Self.found), numbers(Self.truth)]
    let twice = [numbers(Self.truth), numbers(Self.truth)]
    let slices = try folder(
      truth: "truth/{image}.tif",
      files: [
        "truth/a.tif": tiff(.uint8, width: 4, pages: twice),
        "pred/a.tif": tiff(.uint8, width: 4, pages: both),
      ])
    let ending = try slices.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try slices.counts() == ["a ground 8 8 7", "a road 4 5 4", "a pole 4 3 3"])

    // tifffile makes samples of three or four planes.
    let truth = numbers(Self.truth)
    let found = numbers(Self.found)
    let samples = try folder(
      "axes: DHW", truth: "truth/{image}.tif",
      files: [
        "truth/a.tif": tiff(.uint8, width: 4, pages: [truth, truth, truth]),
        "pred/a.tif": tiff(
          .uint8, width: 4, samples: 3,
          pages: [found.indices.flatMap { [found[$0], truth[$0], found[$0]] }]),
      ])
    let told = try samples.unmask("run")
    #expect(told.code == 0, "\(told.error)")
    #expect(try samples.counts() == ["a ground 12 12 10", "a road 6 8 6", "a pole 6 4 4"])

    let images = try folder(
      "axes: {predictions: NHW, truth: NHW}", predictions: "pred.tif", truth: "truth.tif",
      files: [
        "truth.tif": tiff(.uint8, width: 4, pages: twice),
        "pred.tif": tiff(.uint8, width: 4, pages: both),
      ])
    #expect(try images.unmask("run").code == 0)
    #expect(try images.counts().count == 6)
  }

  @Test("of a truth leaves out the pixels that have the number for nothing, and the report says so")
  func noData() throws {
    let truth = numbers(Self.truth)
    var holed = truth
    holed[0] = 255
    holed[6] = 255
    var floats = truth
    floats[0] = -9999
    floats[6] = -9999
    for file in [
      tiff(.uint8, width: 4, pages: [holed], noData: "255"),
      tiff(.float32, width: 4, pages: [floats], noData: "-9999"),
      tiff(.float32, width: 4, pages: [holed.map { $0 == 255 ? .nan : $0 }], noData: "nan"),
    ] {
      let folder = try folder(
        truth: "truth/{image}.tif",
        files: [
          "truth/a.tif": file, "pred/a.tif": tiff(.uint8, width: 4, pages: [numbers(Self.found)]),
        ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == ["a ground 3 3 2", "a road 1 2 1", "a pole 2 1 1"])
      #expect(
        try folder.text("out/report.json").contains(
          "2 pixels of the truth with the number that its file names for nothing (nodata)"))
    }
  }

  @Test("whose number for nothing is a class of the list keeps that class")
  func listedNoData() throws {
    let folder = try folder(
      truth: "truth/{image}.tif",
      files: [
        "truth/a.tif": tiff(.uint8, width: 4, pages: [numbers(Self.truth)], noData: "0"),
        "pred/a.tif": tiff(.uint8, width: 4, pages: [numbers(Self.found)]),
      ])
    #expect(try folder.unmask("run").code == 0)
    #expect(try folder.counts() == Self.rows)
  }
}

enum TIFFNumbers { case uint8, uint16, float32 }

/// A classic little-endian TIFF whose pages are one strip each, without compression (TIFF 6.0, sections 2 and 4).
func tiff(
  _ format: TIFFNumbers, width: Int, samples: Int = 1, pages: [[Double]], noData: String? = nil
) -> [UInt8] {
  let size = format == .uint8 ? 1 : format == .uint16 ? 2 : 4
  var file: [UInt8] = Array("II".utf8) + little(42, 2) + little(8, 4)
  for (index, page) in pages.enumerated() {
    let height = page.count / width / samples
    let count = noData == nil ? 10 : 11
    let data = file.count + 2 + 12 * count + 4
    let text: [UInt8] = noData.map { Array($0.utf8) + [0] } ?? []
    let textPlace = data + page.count * size
    let next = textPlace + text.count + (textPlace + text.count) % 2
    func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
      little(tag, 2) + little(type, 2) + little(count, 4) + value
        + [UInt8](repeating: 0, count: 4 - value.count)
    }
    func number(_ tag: Int, _ value: Int) -> [UInt8] { entry(tag, 4, 1, little(value, 4)) }
    file += little(count, 2)
    file += number(256, width)
    file += number(257, height)
    // All samples have as many bits; one number is enough for those that fit the entry.
    file +=
      samples == 1 ? entry(258, 3, 1, little(size * 8, 2)) : entry(258, 3, 1, little(size * 8, 2))
    file += number(259, 1)
    file += number(262, 1)
    file += number(273, data)
    file += number(277, samples)
    file += number(278, height)
    file += number(279, page.count * size)
    file += number(339, format == .float32 ? 3 : 1)
    if noData != nil {
      file +=
        text.count <= 4
        ? entry(42113, 2, text.count, text) : entry(42113, 2, text.count, little(textPlace, 4))
    }
    file += little(index == pages.count - 1 ? 0 : next, 4)
    for value in page {
      switch format {
      case .uint8: file += little(Int(value), 1)
      case .uint16: file += little(Int(value), 2)
      case .float32: file += little(Int(Float(value).bitPattern), 4)
      }
    }
    file += text
    if file.count % 2 == 1 { file.append(0) }
  }
  return file
}

/// What is not read, by its name or its first bytes.
@Suite("A file of a format that is not read")
struct UnreadFormatTests {
  @Test(
    "is named, with what to do instead",
    arguments: [
      ("pt", [0x50, 0x4b, 3, 4], "a pickle, which can hold a program", 2),
      ("bin", [0x80, 4, 0x95], "a pickle, which can hold a program", 4),
      ("h5", [1], "an HDF5 file", 2),
      ("data", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "an HDF5 file", 4),
      ("dcm", [0], "a DICOM file", 2),
    ])
  func named(ending: String, start: [UInt8], name: String, code: Int32) throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(predictions: "pred/{image}.\(ending)"),
      [
        "truth/a.png": gray(LabelMaps.truth),
        "pred/a.\(ending)": start + [UInt8](repeating: 0, count: 600),
      ])
    let ending = try folder.unmask("run")
    // A path says it before any file is there.
    #expect(ending.code == code)
    #expect(ending.fault.contains("is \(name), and these are not read"), "\(ending.error)")
  }
}
