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
    var overlap: UInt32?
    pieces = unsafe [Piece](unsafeUninitializedCapacity: 2 * sorted.count + 1) { pieces, count in
      var made = unsafe PieceList(pieces)
      let runs = sorted.span
      for index in runs.indices {
        let run = runs[index]
        precondition(run.start < run.end && run.end <= total, "a run leaves the image")
        if run.start < made.end {
          guard run.label == made.label else {
            overlap = run.start
            break
          }
          made.append(run.label, to: max(run.end, made.end))
          continue
        }
        if run.start > made.end { made.append(rest, to: run.start) }
        made.append(run.label, to: run.end)
      }
      if made.end < total { made.append(rest, to: total) }
      count = made.count
    }
    if let overlap {
      let both = masks.indices.filter { masks[$0].has(overlap) }
      let other = both.first { masks[$0].label != masks[both[0]].label } ?? both[0]
      let names = [both[0], other].map { printable(name($0), most: 100) }
      let (column, row) = Int(overlap).quotientAndRemainder(dividingBy: height)
      throw Problem(
        "has the pixel at row \(row), column \(column) in the masks of two classes, \(names[0]) and \(names[1])",
        remedy: "write masks that do not overlap, so that a pixel has one class")
    }
  }

  /// The runs of a map whose pixels lie column by column.
  package init(columns labels: [Label], height: Int) {
    self.height = height
    width = height == 0 ? 0 : labels.count / height
    pieces = unsafe [Piece](unsafeUninitializedCapacity: labels.count) { pieces, count in
      var made = unsafe PieceList(pieces)
      for (pixel, label) in labels.enumerated() { made.append(label, to: UInt32(pixel + 1)) }
      count = made.count
    }
  }
}

extension LabelRuns.Mask {
  fileprivate func has(_ pixel: UInt32) -> Bool {
    runs.contains { $0.start <= pixel && pixel - $0.start < $0.count }
  }
}

/// Pieces in the making, in room for as many as there can be.
@safe
private struct PieceList {
  private let room: UnsafeMutableBufferPointer<LabelRuns.Piece>
  private(set) var count = 0
  private(set) var end: UInt32 = 0
  /// Of the last one.
  private(set) var label: Label = 0

  init(_ room: UnsafeMutableBufferPointer<LabelRuns.Piece>) { unsafe self.room = unsafe room }

  /// Goes on to `end`, with the last piece where it has this label.
  @inline(__always)
  mutating func append(_ label: Label, to end: UInt32) {
    count &+= count == 0 || label != self.label ? 1 : 0
    unsafe room[count &- 1] = .init(end: end, label: label)
    (self.end, self.label) = (end, label)
  }
}
