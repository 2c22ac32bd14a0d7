/// Which classes stand where in an image, on a few places of it: enough to see whether its prediction
/// fits the truth of another image better.
package struct ImageView: Hashable, Sendable {
  /// Of the image in the run's list.
  package var index: Int
  package var rows: Int
  package var columns: Int
  /// For each class the places that have it, numbered row by row.
  package var truth: [[Int]]
  package var predicted: [[Int]]
  /// Places that the truth ignores.
  package var ignored: [Int]

  package init(
    index: Int, rows: Int, columns: Int, truth: [[Int]], predicted: [[Int]], ignored: [Int] = []
  ) {
    self.index = index
    self.rows = rows
    self.columns = columns
    self.truth = truth
    self.predicted = predicted
    self.ignored = ignored
  }

  /// Rows and columns, at most.
  package static let side = 16

  /// How this image's prediction meets the truth of another one, class by class; `nil` where their
  /// places are not the same.
  ///
  /// - Precondition: places that there are (``fits(classes:)``).
  package func meeting(_ other: ImageView) -> [TurnedClass]? {
    guard (rows, columns, predicted.count) == (other.rows, other.columns, other.truth.count) else {
      return nil
    }
    var counts = [Bool](repeating: true, count: rows * columns)
    for place in other.ignored { counts[place] = false }
    var isFound = [Bool](repeating: false, count: rows * columns)
    return zip(predicted, other.truth).map { predicted, truth in
      var cell = TurnedClass(truth: truth.count)
      for place in predicted where counts[place] {
        isFound[place] = true
        cell.predicted += 1
      }
      for place in truth where isFound[place] { cell.both += 1 }
      for place in predicted { isFound[place] = false }
      return cell
    }
  }

  /// With the truth moved by parts of its sides; what leaves at one side comes in at the other.
  ///
  /// - Parameters: parts from 0 to 1, rounded to whole places.
  package func rollingTruth(down: Double, across: Double) -> ImageView {
    let (down, across) = (
      Int((down * Double(rows)).rounded()), Int((across * Double(columns)).rounded())
    )
    func rolled(_ places: [Int]) -> [Int] {
      places.map {
        ($0 / columns + down) % rows * columns + ($0 % columns + across) % columns
      }
    }
    var view = self
    view.truth = truth.map(rolled)
    view.ignored = rolled(ignored)
    return view
  }

  /// By a third and two thirds of both sides.
  package static let thirds: [(down: Double, across: Double)] = {
    let (near, far) = (1.0 / 3, 2.0 / 3)
    return [(near, near), (near, far), (far, near), (far, far)]
  }()

  /// Whether it is of so many classes, with places that there are.
  package func fits(classes: Int) -> Bool {
    guard index >= 0, (0...ImageView.side).contains(rows), (0...ImageView.side).contains(columns),
      truth.count == classes, predicted.count == classes
    else { return false }
    let places = 0..<(rows * columns)
    return (truth + predicted + [ignored]).allSatisfy { list in
      list.count <= places.count && list.allSatisfy(places.contains)
    }
  }
}

extension ImageView: Comparable {
  /// By the image; of one image by whatever differs, so that there is one order.
  package static func < (a: ImageView, b: ImageView) -> Bool {
    if a.index != b.index { return a.index < b.index }
    func key(_ view: ImageView) -> [Int] {
      [view.index, view.rows, view.columns]
        + (view.truth + view.predicted + [view.ignored]).flatMap { [$0.count] + $0 }
    }
    return key(a).lexicographicallyPrecedes(key(b))
  }
}
