internal import Core

// Kaggle's competitions on segmentation, their pages "Evaluation" and "Data": a header, then a line for each mask (or
// each image, where there is one class) with pairs of start and length; pixels are numbered from 1, from top to bottom
// and then from left to right. RFC 4180 for the commas and quotation marks.

extension RunFile {
  static func images(inCSV bytes: ByteView, _ path: String) throws(Problem) -> [Image] {
    var lines = CSVLines(bytes)
    var line = 0
    do throws(Problem) {
      guard let header = try lines.next() else { return [] }
      line = 1
      let columns = try CSVColumns(header.map { range throws(Problem) in try bytes.field(range) })
      var table = ImageTable()
      while let fields = try lines.next() {
        line = lines.line
        guard fields.count == columns.count else {
          throw Problem(
            "has \(Figure.count(fields.count, "field")) where the header has \(columns.count)",
            remedy: "write it again; a name with a comma stands between quotation marks")
        }
        try columns.read(fields, of: bytes, into: &table)
      }
      return table.images
    } catch {
      var problem = error
      if problem.place == nil { problem.place = .line(max(line, lines.line), file: path) }
      throw problem
    }
  }
}

/// Which columns hold what.
struct CSVColumns {
  let count: Int
  private var image = 0
  private var runs = 0
  private var category: Int?
  private var width: Int?
  private var height: Int?
  /// Whether image and class are one text, joined by an underscore.
  private var areJoined = false

  static let images = [
    "imageid", "image_id", "image", "img", "file_name", "filename", "image_name", "id",
  ]
  static let joined = ["image_label", "imageid_classid", "image_class", "id_class"]
  static let classes = ["classid", "class_id", "label", "class", "category_id", "category"]
  static let runs = [
    "encodedpixels", "encoded_pixels", "rle", "rle_mask", "predicted", "segmentation", "annotation",
    "encoding",
  ]

  /// - Throws: Problem: a column is missing.
  init(_ header: [String]) throws(Problem) {
    let names = header.map { $0.lowercased() }
    func place(_ known: [String]) -> Int? {
      known.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    count = names.count
    guard let runs = place(Self.runs) else {
      throw Problem(
        "has no column of runs: it has \(printable(header.joined(separator: ", "), most: 200))",
        remedy: "call the columns ImageId, ClassId and EncodedPixels, in a header")
    }
    self.runs = runs
    if let joined = place(Self.joined) {
      image = joined
      areJoined = true
    } else if let image = place(Self.images) {
      self.image = image
      category = place(Self.classes)
    } else {
      throw Problem(
        "has no column of images: it has \(printable(header.joined(separator: ", "), most: 200))",
        remedy: "call the columns ImageId, ClassId and EncodedPixels, in a header")
    }
    width = place(["width"])
    height = place(["height"])
  }

  /// Whether some text begins like a header with the columns that are needed.
  static func areNamed(in header: [String]) -> Bool { (try? CSVColumns(header)) != nil }

  /// Notes the mask of one line.
  func read(
    _ fields: [Range<Int>], of bytes: ByteView, into table: inout ImageTable
  ) throws(Problem) {
    var name = try bytes.field(fields[image])
    var own: RunFile.Category?
    if areJoined {
      guard let last = name.lastIndex(of: "_") else {
        throw Problem(
          "has '\(printable(name, most: 100))' where image and class are joined by an underscore",
          remedy: "write them as name_class, or in two columns, ImageId and ClassId")
      }
      own = .init(text: String(name[name.index(after: last)...]))
      name = String(name[..<last])
    } else if let category {
      own = .init(text: try bytes.field(fields[category]))
    }
    guard !name.isEmpty else {
      throw Problem("has a line without an image", remedy: "write the image's name into each line")
    }
    let place = bytes.unquoted(fields[runs])
    let mask = bytes.isNoMask(place) ? nil : RunFile.Mask(category: own, runs: .pairs(place))
    try table.add(mask, to: name, size: try size(fields, bytes))
  }

  private func size(
    _ fields: [Range<Int>], _ bytes: ByteView
  ) throws(Problem) -> (width: Int, height: Int)? {
    guard let width, let height else { return nil }
    let texts = (height: try bytes.field(fields[height]), width: try bytes.field(fields[width]))
    guard let height = Int64(texts.height), let width = Int64(texts.width) else {
      throw Problem(
        "has the size '\(printable(texts.width, most: 20))' × '\(printable(texts.height, most: 20))'",
        remedy: "write width and height as whole numbers")
    }
    return try checkedSize(height: height, width: width)
  }
}

extension RunFile.Category {
  fileprivate init(text: String) {
    // "01" and "1" are not the same text, but a number has one form.
    if let number = Int64(text), String(number) == text {
      self = .number(number)
    } else {
      self = .name(text)
    }
  }
}

/// The lines of a CSV file that are not blank, each as the places of its fields.
struct CSVLines {
  private let bytes: ByteView
  private var position: Int
  /// The last one, from 1.
  private(set) var line = 0

  init(_ bytes: ByteView) {
    self.bytes = bytes
    position = bytes.startOfText
  }

  /// - Throws: Problem: a quotation mark is missing.
  mutating func next() throws(Problem) -> [Range<Int>]? {
    while position < bytes.count {
      let start = position
      let stop = bytes.first(10, in: start..<bytes.count) ?? bytes.count
      position = min(stop + 1, bytes.count)
      line += 1
      var end = stop
      while end > start, isBlank(bytes[end - 1]) { end -= 1 }
      if start < end { return try fields(start..<end) }
    }
    return nil
  }

  private func fields(_ line: Range<Int>) throws(Problem) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    let hasQuotes = bytes.first(quote, in: line) != nil
    var start = line.lowerBound
    while true {
      var end = start
      if hasQuotes, end < line.upperBound, bytes[end] == quote {
        // Two quotation marks within a text are one.
        repeat {
          guard let next = bytes.first(quote, in: (end + 1)..<line.upperBound) else {
            throw Problem(
              "has a quotation mark without another one in its line",
              remedy: "write it again; a name with a line break cannot be read")
          }
          end = next + 1
        } while end < line.upperBound && bytes[end] == quote
        guard end == line.upperBound || bytes[end] == comma else {
          throw Problem(
            "has something behind a quotation mark that ends a field", remedy: "write it again")
        }
      } else {
        end = bytes.first(comma, in: start..<line.upperBound) ?? line.upperBound
      }
      fields.append(start..<end)
      guard fields.count <= 1000 else {
        throw Problem("has more than 1,000 fields in a line", remedy: "check what it is")
      }
      if end == line.upperBound { return fields }
      start = end + 1
    }
  }
}

extension ByteView {
  /// The text of a field, without blanks around it.
  func field(_ range: Range<Int>) throws(Problem) -> String {
    let inner = unquoted(range)
    guard let text = text(inner) else {
      throw Problem("has a text that is not UTF-8", remedy: "save it as UTF-8")
    }
    return inner != range && text.contains("\"\"") ? text.replacing("\"\"", with: "\"") : text
  }

  /// A field without its quotation marks and blanks.
  fileprivate func unquoted(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    if end - start >= 2, self[start] == quote, self[end - 1] == quote {
      start += 1
      end -= 1
    }
    while start < end, isBlank(self[start]) { start += 1 }
    while start < end, isBlank(self[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Empty, or as competitions say it.
  fileprivate func isNoMask(_ range: Range<Int>) -> Bool {
    range.isEmpty
      || range.count <= 3 && ["-1", "nan", "NaN"].contains(text(range) ?? "")
  }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
