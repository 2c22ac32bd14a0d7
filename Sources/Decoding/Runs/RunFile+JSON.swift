internal import Core

// COCO, cocodataset.org, "Results format": a list of one entry a mask, with `image_id`, `category_id` and
// `segmentation`, an RLE {"size": [height, width], "counts": …}. detectron2's SemSegEvaluator writes `file_name` in
// place of `image_id` (detectron2/evaluation/sem_seg_evaluation.py, encode_json_sem_seg). "Data format" has the same
// entries as `annotations`, beside `images` with the names.

extension RunFile {
  static func images(inJSON bytes: ByteView, _ path: String) throws(Problem) -> [Image] {
    var reader = JSONReader(bytes, file: path)
    var entries = Entries(file: path)
    if reader.peek() == "[" {
      try reader.list { (reader) throws(Problem) in try entries.read(&reader) }
      try reader.expectEnd()
      return entries.table.images
    }
    var names: [String: Listed] = [:]
    var hasAnnotations = false
    try reader.object { (reader, key) throws(Problem) in
      switch key {
      case "annotations":
        hasAnnotations = true
        try reader.list { (reader) throws(Problem) in try entries.read(&reader) }
      case "images":
        try reader.list { (reader) throws(Problem) in
          let (id, image) = try Listed.read(&reader)
          if let id { names[id] = image }
        }
      default: try reader.skip()
      }
    }
    guard hasAnnotations else {
      throw Problem(
        "is a dictionary without annotations, and no list of masks", at: .file(path),
        remedy:
          "name the file with the predictions, as sem_seg_predictions.json: a list whose entries have image, category_id and segmentation"
      )
    }
    try reader.expectEnd()
    return try entries.table.images.map { image throws(Problem) in
      guard let listed = names[image.name] else { return image }
      var image = image
      image.name = listed.name ?? image.name
      return image
    }
  }

  /// What a file of annotations says of an image.
  private struct Listed {
    var name: String?

    static func read(_ reader: inout JSONReader) throws(Problem) -> (id: String?, Listed) {
      var id: String?
      var listed = Listed()
      try reader.object { (reader, key) throws(Problem) in
        switch key {
        case "id": id = try reader.name()
        case "file_name": listed.name = try reader.string()
        default: try reader.skip()
        }
      }
      return (id, listed)
    }
  }

  /// The entries of a list, by their images.
  private struct Entries {
    let file: String
    var table = ImageTable()

    mutating func read(_ reader: inout JSONReader) throws(Problem) {
      _ = reader.peek()
      let start = reader.position
      var (file, id): (String?, String?)
      var category: Category?
      var segmentation: (size: (width: Int, height: Int), runs: Place)?
      do throws(Problem) {
        try reader.object { (reader, key) throws(Problem) in
          switch key {
          case "file_name": file = try reader.name()
          case "image_id": id = try reader.name()
          case "category_id": category = try reader.category()
          case "segmentation": segmentation = try reader.segmentation()
          case "segments_info":
            throw Problem(
              "is a panoptic file, whose masks are pictures beside it",
              remedy: "name the pictures, and this file under decode: segments")
          default: try reader.skip()
          }
        }
        guard let name = file ?? id else {
          throw Problem(
            "has an entry without file_name and image_id",
            remedy: "write the image's name into each entry, as file_name")
        }
        guard let segmentation else {
          throw Problem(
            "has an entry without segmentation",
            remedy: "name the file of masks; one of boxes alone has none")
        }
        guard let category else {
          throw Problem(
            "has an entry without category_id", remedy: "write the class into each entry")
        }
        try table.add(
          Mask(category: category, runs: segmentation.runs), to: name, size: segmentation.size)
      } catch {
        var problem = error
        if problem.place == nil { problem.place = .byte(start, file: self.file) }
        throw problem
      }
    }
  }
}

extension JSONReader {
  /// A text, or a number as text.
  fileprivate mutating func name() throws(Problem) -> String {
    peek() == "\"" ? try string() : String(try whole())
  }

  fileprivate mutating func category() throws(Problem) -> RunFile.Category {
    peek() == "\"" ? .name(try string()) : .number(try whole())
  }

  /// Where the counts of an RLE lie.
  fileprivate mutating func segmentation() throws(Problem) -> (
    size: (width: Int, height: Int), runs: RunFile.Place
  ) {
    guard peek() == "{" else {
      throw Problem(
        peek() == "["
          ? "has an outline (a polygon) as segmentation, which does not say which pixels it covers"
          : "has a segmentation that is no RLE",
        remedy:
          "write masks as RLE: pycocotools.mask.encode, or COCO.annToRLE for a file of outlines"
      )
    }
    var sides: [Int64] = []
    var runs: RunFile.Place?
    try object { (reader, key) throws(Problem) in
      switch key {
      case "size":
        sides = []
        try reader.list { (reader) throws(Problem) in
          let side = try reader.whole()
          if sides.count < 3 { sides.append(side) }
        }
      case "counts":
        runs =
          reader.peek() == "["
          ? .list(try reader.placeOfNumbers()) : .text(try reader.placeOfString())
      default: try reader.skip()
      }
    }
    guard sides.count == 2, let runs else {
      throw Problem(
        "has an RLE without \(sides.count == 2 ? "counts" : "size: [height, width]")",
        remedy: "write it as pycocotools.mask.encode returns it, with counts.decode(\"ascii\")")
    }
    return (try checkedSize(height: sides[0], width: sides[1]), runs)
  }
}
