package import Core
internal import Diagnosis
internal import Pages

// Where failing classes are worst, drawn.
extension Report {
  /// A place of one image.
  package struct ClassPicture: Hashable, Sendable {
    /// Of its file.
    package var name: String
    package var className: String
    package var image: String
    /// Of a volume, from 0; `nil` of a picture.
    package var slice: Int?
    /// A PNG.
    package var bytes: [UInt8]
    package var width: Int
    package var height: Int
    /// Which part of the image is shown.
    package var rows: Range<Int>
    package var columns: Range<Int>
    /// The loss that is lightest; `nil` where there is none at a pixel.
    package var white: Double?
    /// Whether some of it does not count.
    package var hasIgnored: Bool
    /// Whether the class is predicted there.
    package var isPredicted: Bool

    package init(
      name: String, className: String, image: String, slice: Int? = nil, bytes: [UInt8],
      width: Int, height: Int,
      rows: Range<Int>, columns: Range<Int>, white: Double?,
      hasIgnored: Bool, isPredicted: Bool
    ) {
      self.name = name
      self.className = className
      self.image = image
      self.slice = slice
      self.bytes = bytes
      self.width = width
      self.height = height
      self.rows = rows
      self.columns = columns
      self.white = white
      self.hasIgnored = hasIgnored
      self.isPredicted = isPredicted
    }

    /// By the place of the class among those that fail, and of the image among its worst; so there are few
    /// names, and an older run's pictures are known.
    package static func name(_ rank: Int, _ place: Int) -> String {
      "worst-\(rank + 1)-\(place + 1).png"
    }

    /// Of truth and prediction where the set-up is wrong.
    package static let setUpName = "set-up.png"

    package static var names: [String] {
      [setUpName]
        + (0..<shownClasses).flatMap { rank in (0..<imagesOfClass).map { name(rank, $0) } }
    }

    static let imagesOfClass = 3
  }

  /// The names of the images in which most pixels of a class are wrong, missed or false alarms.
  package static func worst(_ images: [ImageEvidence], _ c: Int) -> [String] {
    var worst: [(key: (Int, String), name: String)] = []
    for image in images {
      let overlap = image.tally.classes[c].overlap
      guard overlap.wrong > 0 else { continue }
      let key = (-overlap.wrong, image.name)
      if worst.count == ClassPicture.imagesOfClass, let last = worst.last, last.key <= key {
        continue
      }
      worst.append((key, image.name))
      worst.sort { $0.key < $1.key }
      if worst.count > ClassPicture.imagesOfClass { worst.removeLast() }
    }
    return worst.map(\.name)
  }

  /// Of each failing class its worst places, next to each other.
  var pictureBlocks: [Block] {
    guard let first = pictures.first else { return [] }
    if first.name == ClassPicture.setUpName {
      return [
        .pictures([
          Picture(
            first.name, alt: "truth and prediction of \(first.image), side by side",
            caption:
              "\(code: first.image)\(text: first.slice.map { ", slice \($0)" } ?? ""): left the truth, right the prediction, each class in a colour of its own.",
            first.width, first.height)
        ])
      ]
    }
    var names: [String] = []
    for picture in pictures where !names.contains(picture.className) {
      names.append(picture.className)
    }
    let right: Line =
      first.white == nil
      ? "Right: what is found is white, what is missed orange, false alarms are blue."
      : "Right: the loss, from 0 (black) on."
    let ignored: Line = pictures.contains(where: \.hasIgnored) ? " Pink does not count." : ""
    return names.flatMap { name -> [Block] in
      let own = pictures.filter { $0.className == name }
      let legend: Line =
        name == names[0]
        ? " Left: the truth outlined in blue, the prediction in yellow and dashed. \(right)\(ignored)"
        : ""
      return [
        .paragraph("\(strong: "Where \(name: name) is worst.")\(legend)"),
        .pictures(
          own.map { Picture($0.name, alt: $0.alt, caption: $0.caption, $0.width, $0.height) }),
      ]
    }
  }
}

extension Report.ClassPicture {
  fileprivate var caption: Line {
    let largest: Line = white.map { "; light is a loss of \($0) or more" } ?? ""
    let nothing: Line = isPredicted ? "" : "; nothing is predicted as it"
    return
      "\(code: image)\(text: slice.map { ", slice \($0)" } ?? ""), rows \(rows.lowerBound) to \(rows.upperBound - 1), columns \(columns.lowerBound) to \(columns.upperBound - 1)\(nothing)\(largest)"
  }

  fileprivate var alt: String {
    "\(className) in \(image)\(slice.map { ", slice \($0)" } ?? ""): outlines of truth and prediction, and how wrong each pixel is"
  }
}
