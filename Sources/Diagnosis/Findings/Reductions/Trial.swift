internal import Core
internal import Counting
internal import Tables

/// Tries reductions one after the other, as long as that does not take long.
///
/// A diagnosis imagines every class repaired, and for each of them looks at every class of every
/// image several times: for 2,000 images and 150 classes that takes half a minute. The cells looked
/// at are counted; a reduction that would exceed the limit is left out, and the report says so.
struct Trial {
  /// One or two seconds.
  static let mostCells = 20_000_000

  private let examination: Examination
  private var cellsLeft: Int
  /// How many reductions were diagnosed.
  private(set) var tried = 0
  /// Whether one was left out because it would have taken too long.
  private(set) var isCut = false

  init(_ examination: Examination, cells: Int) {
    self.examination = examination
    cellsLeft = cells
  }

  /// The diagnosis by the candidate; `nil` where it has no value, or where enough was tried.
  mutating func diagnosis(by candidate: Candidate) -> Diagnosis? {
    let measurements = examination.measurements
    let byTile = candidate.chain.axes.contains(.tile)
    let images = measurements.images
    let places = byTile ? images.reduce(0) { $0 + $1.tiles.count } : images.count
    let classes = examination.names.count
    let counted = candidate.chain.mergesPlaces ? 1 : places
    // Six tables for each class, and every order of the chain once, a few dozen.
    let cells = classes * (6 * counted * classes + 30 * places)
    guard cells <= cellsLeft else {
      isCut = true
      return nil
    }
    let headline = examination.headline.replacing(
      candidate.measure, by: candidate.name, candidate.chain)
    cellsLeft -= cells
    tried += 1
    return Diagnosis(of: measurements, for: headline)
  }
}

extension Diagnosis {
  /// Whether this headline shows a class, in however few images it is.
  func exposes(_ c: Int) -> Bool { classes[c].leaning == .exposed }
}
