package import Core

/// Pixels of a mask that follow each other, counted column by column from 0.
package struct Run: Hashable, Sendable {
  package var start: UInt32
  package var count: UInt32

  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

/// One class a pixel as runs of equal pixels, counted column by column: what masks that do not overlap say together.
package struct LabelRuns: Sendable {
  package let width: Int
  package let height: Int
  /// They follow each other without a gap and end where the image does. Neighbours differ.
  package let pieces: [Piece]

  package struct Piece: Hashable, Sendable {
    /// The pixel behind the last one.
    package var end: UInt32
    package var label: Label

    package init(end: UInt32, label: Label) {
      self.end = end
      self.label = label
    }
  }

  /// A mask and the class that its pixels have.
  package struct Mask: Sendable {
    package var label: Label
    /// Ascending, not overlapping and within the image.
    package var runs: [Run]

    package init(label: Label, runs: [Run]) {
      self.label = label
      self.runs = runs
    }
  }

  package var pixels: Int { width * height }

  /// Pixels that no mask has get `rest`. Masks of one label may overlap.
  ///
  /// - Parameter name: how messages call a mask, by its place in the list.
  /// - Throws: Problem: a pixel is in masks of two labels.
  package init(
    _ masks: [Mask], width: Int, height: Int, rest: Label = .none,
    named name: (Int) -> String
  ) throws(Problem) {
    precondition(width >= 0 && height >= 0 && width * height <= Int(UInt32.max))
    self.width = width
    self.height = height
    let total = UInt32(width * height)
    let sorted = masks.sortedRuns(pixels: width * height)
    var pieces = PieceList(most: 2 * sorted.count + 1)
    var last = 0
    for run in sorted {
      let label = masks[Int(run.mask)].label
      precondition(run.start < run.end && run.end <= total, "a run leaves the image")
      if run.start < pieces.end {
        guard label == masks[last].label else {
          let (column, row) = Int(run.start).quotientAndRemainder(dividingBy: height)
          let names = [last, Int(run.mask)].map { printable(name($0), most: 100) }
          throw Problem(
            "has the pixel at row \(row), column \(column) in the masks of two classes, \(names[0]) and \(names[1])",
            remedy: "write masks that do not overlap, so that a pixel has one class")
        }
        pieces.extend(to: run.end)
        continue
      }
      if run.start > pieces.end { pieces.append(rest, to: run.start) }
      pieces.append(label, to: run.end)
      last = Int(run.mask)
    }
    if pieces.end < total { pieces.append(rest, to: total) }
    self.pieces = pieces.list
  }

  /// The runs of a map whose pixels lie column by column.
  package init(columns labels: [Label], height: Int) {
    self.height = height
    width = height == 0 ? 0 : labels.count / height
    var pieces = PieceList(most: labels.count)
    for (pixel, label) in labels.enumerated() { pieces.append(label, to: UInt32(pixel + 1)) }
    self.pieces = pieces.list
  }
}

/// Pieces in the making.
private struct PieceList {
  private(set) var list: [LabelRuns.Piece] = []
  private(set) var end: UInt32 = 0

  init(most: Int) { list.reserveCapacity(most) }

  mutating func append(_ label: Label, to end: UInt32) {
    self.end = end
    if list.last?.label == label {
      list[list.count - 1].end = end
    } else {
      list.append(.init(end: end, label: label))
    }
  }

  /// Makes the last one longer, if it is not as long already.
  mutating func extend(to end: UInt32) {
    guard end > self.end else { return }
    self.end = end
    list[list.count - 1].end = end
  }
}
