package import Core
internal import Raster

/// Which class each object of panoptic pictures has, as a JSON file beside them lists it.
///
/// COCO's format (cocodataset.org, "Format data", 4. Panoptic Segmentation), which Cityscapes and ADE20K
/// have as well: in `annotations` for each picture its `file_name` and `segments_info`, of each of whose
/// items `id` is the number of the object and `category_id` its label.
package struct PanopticSegments: Sendable {
  /// For the name of each picture, without its directory, the label of each object.
  private var labels: [String: [Int64: Int64]] = [:]

  /// - Throws: Problem: the file cannot be read, or lists no segments.
  package init(reading path: String) throws(Problem) {
    let bytes = try FileBytes.read(path, upTo: Limits.listBytes)
    let found = try JSONReader.read(bytes, file: path) { (reader) throws(Problem) in
      var found: [String: [Int64: Int64]] = [:]
      try reader.object { (reader, key) throws(Problem) in
        guard key == "annotations" else { return try reader.skip() }
        try reader.list { (reader) throws(Problem) in
          let (name, labels) = try PanopticSegments.picture(&reader)
          guard let name, let labels else { return }
          guard found.updateValue(labels, forKey: name) == nil else {
            throw Problem(
              "lists the picture '\(printable(name))' twice", at: .file(path), remedy: "keep one")
          }
        }
      }
      try reader.expectEnd()
      return found
    }
    guard !found.isEmpty else {
      throw Problem(
        "lists no segments: it has no annotations with file_name and segments_info",
        at: .file(path),
        remedy: "name the panoptic JSON file that belongs to the pictures, as panoptic_val2017.json"
      )
    }
    labels = found
  }

  private static func picture(
    _ reader: inout JSONReader
  ) throws(Problem) -> (name: String?, labels: [Int64: Int64]?) {
    var name: String?
    var labels: [Int64: Int64]?
    try reader.object { (reader, key) throws(Problem) in
      switch key {
      case "file_name": name = fileName(try reader.string())
      case "segments_info":
        var listed: [Int64: Int64] = [:]
        try reader.list { (reader) throws(Problem) in
          let (id, label) = try segment(&reader)
          if let id, let label { listed[id] = label }
        }
        labels = listed
      default: try reader.skip()
      }
    }
    return (name, labels)
  }

  private static func segment(
    _ reader: inout JSONReader
  ) throws(Problem) -> (id: Int64?, label: Int64?) {
    var (id, label): (Int64?, Int64?)
    try reader.object { (reader, key) throws(Problem) in
      switch key {
      case "id": id = try reader.whole()
      case "category_id": label = try reader.whole()
      default: try reader.skip()
      }
    }
    return (id, label)
  }

  /// The labels of the objects of one picture; `nil` where it is not listed.
  package func labels(of source: ImageSource) -> [Int64: Int64]? {
    guard case .file(let path, _) = source else { return nil }
    return labels[fileName(path)]
  }
}

private func fileName(_ path: String) -> String {
  path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
}

extension DecodedSide {
  /// Puts the labels of objects in place of their colours, whose numbers are R + 256 · G + 65536 · B.
  ///
  /// - Parameter labels: those of the picture's objects; `nil` where nothing lists them. 0 is no object,
  ///   and stays 0 unless it is listed.
  /// - Throws: Problem: it is no colour picture, or holds an object that is not listed.
  mutating func readSegments(_ labels: [Int64: Int64]?) throws(Problem) {
    guard !hasClasses, let first = planes.first else { return }
    guard let labels else {
      throw Problem(
        "is not listed among the segments", at: .file(first.file),
        remedy: "name the JSON file of these pictures under decode: segments; it goes by file_name")
    }
    guard let colors = first.colors, first.plane.element == .u1 else {
      throw Problem(
        "is no picture of 8 bits in colours, and segments are numbered in red, green and blue",
        at: .file(first.file), remedy: "take 'segments' out if the numbers are labels")
    }
    let (red, green, blue) = (colors[0].levels, colors[1].levels, colors[2].levels)
    var (last, label): (Int64, Int64) = (-1, 0)
    var numbers = [Int64](repeating: 0, count: red.count)
    for pixel in red.indices {
      let id = Int64(red[pixel]) | Int64(green[pixel]) << 8 | Int64(blue[pixel]) << 16
      if id != last {
        guard let listed = labels[id] ?? (id == 0 ? 0 : nil) else {
          let (row, column) = pixel.quotientAndRemainder(dividingBy: first.plane.width)
          throw Problem(
            "holds the object \(id) at row \(row), column \(column), which its segments do not list",
            at: .file(first.file),
            remedy: "write the picture and its JSON file again, both from one source")
        }
        (last, label) = (id, listed)
      }
      numbers[pixel] = label
    }
    let bytes = Bytes(count: numbers.count, of: Int64.self) { span in
      for index in numbers.indices { span[index] = numbers[index] }
    }
    planes[0].plane = Plane(
      packed: bytes, element: .i8, width: first.plane.width, height: first.plane.height)
    planes[0].colors = nil
    planes[0].alpha = nil
  }
}
