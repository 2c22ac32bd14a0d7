package import Core
package import Raster

/// Many images' masks as runs, in one file: COCO's JSON as SemSegEvaluator and others write it, or Kaggle's CSV.
///
/// Only where the runs of each mask lie is noted when the file is opened; they are read when they are asked for.
/// Every problem names the file, and the byte or line of the entry where it can.
package struct RunFile: Sendable {
  /// In the order in which they first occur; what belongs to an image need not stand together.
  package var images: [Image]
  /// The classes that have a mask in any image.
  let categories: Set<Category?>
  private let path: String
  let bytes: Bytes

  package struct Image: Sendable {
    /// Its file name as the file has it, or its id as text.
    package var name: String
    /// Where the file says it. CSV mostly does not.
    package var size: (width: Int, height: Int)?
    package var masks: [Mask]
  }

  /// What one entry says.
  package struct Mask: Sendable {
    /// `nil` where the file has masks of one class only, which it does not name.
    package var category: Category?
    var runs: Place
  }

  /// A class as the file has it.
  package enum Category: Hashable, Sendable, CustomStringConvertible {
    case number(Int64)
    case name(String)

    package var description: String {
      switch self {
      case .number(let number): String(number)
      case .name(let name): "'\(name)'"
      }
    }
  }

  /// Where runs lie and how they are written.
  enum Place: Sendable {
    /// COCO's compressed counts: the text between its quotation marks.
    case text(Range<Int>)
    /// Counts between brackets, as in a list of JSON.
    case list(Range<Int>)
    /// Pairs of start, from 1, and length.
    case pairs(Range<Int>)
  }

  /// - Throws: Problem: the file cannot be read, is of another kind, is damaged or holds no image.
  package init(opening path: String) throws(Problem) {
    let bytes = try FileBytes.map(path)
    guard bytes.count <= Limits.runBytes.most else {
      throw Problem(
        "is \(bytes.count) bytes long; the limit is \(Limits.runBytes.most)", at: .file(path),
        remedy: "write a file for each part of the images")
    }
    self.path = path
    self.bytes = bytes
    images = try bytes.withView { view throws(Problem) in
      switch view.firstMark {
      case nil:
        throw Problem(
          "is empty", at: .file(path), remedy: "wait until it is written, or write it again")
      case UInt8(ascii: "["), UInt8(ascii: "{"): try RunFile.images(inJSON: view, path)
      default: try RunFile.images(inCSV: view, path)
      }
    }
    categories = Set(images.lazy.flatMap(\.masks).map(\.category))
    guard !images.isEmpty else {
      throw Problem(
        "lists no image", at: .file(path), remedy: "check that the job that writes it has run")
    }
  }

  /// The pixels of one mask.
  ///
  /// - Returns: its runs, column by column; ascending, and none touches another.
  /// - Throws: Problem: they are damaged, or are not those of an image of this size.
  package func runs(of mask: Image.Mask, width: Int, height: Int) throws(Problem) -> [Run] {
    let (pixels, isTooLarge) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !isTooLarge, pixels <= Limits.pixels.most else {
      throw Problem(
        "has a mask of \(width) × \(height) pixels; the limit is \(Limits.pixels.most)",
        at: .file(path), remedy: "check the size")
    }
    do throws(Problem) {
      return try bytes.withView { view throws(Problem) in
        switch mask.runs {
        case .text(let range): try CountText(range, of: view).runs(pixels: pixels)
        case .list(let range): try view.runs(ofList: range, pixels: pixels)
        case .pairs(let range): try view.runs(ofPairs: range, pixels: pixels)
        }
      }
    } catch {
      var problem = error.inFile(path)
      let category = mask.category.map { "of the class \(printable($0.description, most: 100)) " }
      problem.what =
        "has a mask \(category ?? "")whose runs \(error.what), in an image of \(width) × \(height)"
      if case .pairs(let range) = mask.runs {
        let line = try bytes.withView { view throws(Problem) in view.line(of: range.lowerBound) }
        problem.place = .line(line, file: path)
      }
      throw problem
    }
  }

  /// To be asked after the last mask was read.
  ///
  /// - Throws: Problem: the file has changed since it was opened.
  package func expectUnchanged() throws(Problem) { try bytes.expectUnchanged() }
}

extension RunFile.Image {
  package typealias Mask = RunFile.Mask
}

extension ByteView {
  /// In which line a byte is, from 1.
  func line(of place: Int) -> Int {
    (0..<min(place, count)).reduce(1) { self[$1] == 10 ? $0 + 1 : $0 }
  }

  /// What comes behind a byte order mark and blanks.
  var firstMark: UInt8? {
    var place = startOfText
    while place < count, isBlank(self[place]) || self[place] == 10 { place += 1 }
    return place < count ? self[place] : nil
  }

  /// Behind a byte order mark.
  var startOfText: Int {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF ? 3 : 0
  }
}

/// Space, tabulator or carriage return.
func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

/// Images in the making, by their names.
struct ImageTable {
  private(set) var images: [RunFile.Image] = []
  private var places: [String: Int] = [:]
  private var masks = 0

  /// - Throws: Problem: it has another size than before, or there are too many masks.
  mutating func add(
    _ mask: RunFile.Mask?, to name: String, size: (width: Int, height: Int)?
  ) throws(Problem) {
    let place: Int
    if images.last?.name == name {
      place = images.count - 1
    } else if let known = places[name] {
      place = known
    } else {
      place = images.count
      places[name] = place
      images.append(.init(name: name, size: size, masks: []))
    }
    if let size {
      if let known = images[place].size, known != size {
        throw Problem(
          "says that the image '\(printable(name, most: 200))' is \(size.width) × \(size.height) pixels, and before that it is \(known.width) × \(known.height)",
          remedy: "write all masks of an image at one size")
      }
      images[place].size = size
    }
    guard let mask else { return }
    masks += 1
    guard masks <= Limits.masks.most else {
      throw Problem(
        "lists more than \(Limits.masks.most) masks",
        remedy: "write a file for each part of the images")
    }
    images[place].masks.append(mask)
  }
}

/// - Throws: Problem: no image has this size.
func checkedSize(
  height: Int64, width: Int64
) throws(Problem) -> (width: Int, height: Int) {
  let (pixels, isTooLarge) = width.multipliedReportingOverflow(by: height)
  guard width > 0, height > 0, !isTooLarge, pixels <= Limits.pixels.most else {
    throw Problem(
      "says that an image has \(height) rows of \(width) pixels; the limit is \(Limits.pixels.most) pixels, and there must be one",
      remedy: "write the size as [height, width], as pycocotools does")
  }
  return (Int(width), Int(height))
}
