internal import Core
internal import Raster

extension NumberPlane {
  /// A plane of bytes: not 0 where the class is, 0 where it is not.
  ///
  /// A mask says yes or no, of a side or of neither: besides 0 it holds one number, 1, 255 or the largest that
  /// its format has.
  func mask(_ side: Side?) throws(Problem) -> Plane {
    try expectGray(for: "a mask")
    guard palette.isEmpty else {
      var shown = try asShown()
      shown.palette = []
      return try shown.mask(side)
    }
    if plane.element == .u1 || plane.element == .b1 {
      let occurs = plane.occurringBytes
      let found = occurs.indices.filter { $0 > 0 && occurs[$0] }
      guard found.isEmpty || found == [1] || found == [Int(largest)] else { throw fault(side) }
      return plane
    }
    var numbers = [Int64](repeating: 0, count: plane.pixels)
    var span = numbers.mutableSpan
    if let wrong = plane.loadLabels(0..<plane.pixels, into: &span) {
      let (row, column) = wrong.quotientAndRemainder(dividingBy: plane.width)
      throw Problem(
        "the number at row \(row), column \(column) is no whole number, so not yes or no\(side == .truth ? ", as a truth must be" : "")",
        at: .file(file),
        remedy: Self.remedy(forFractionsOf: side))
    }
    let limit: Int64 = plane.element == .u2 ? min(largest, 65535) : 1
    let yes = numbers.first { $0 != 0 } ?? 1
    for pixel in numbers.indices where numbers[pixel] != 0 {
      let value = numbers[pixel]
      guard value == yes, [1, 255, limit].contains(value) else {
        throw problem(value, besides: yes, at: pixel, side)
      }
    }
    let mask = Bytes(numbers.map { $0 == 0 ? 0 : 1 })
    return Plane(packed: mask, element: .u1, width: plane.width, height: plane.height)
  }

  private static func remedy(forFractionsOf side: Side?) -> String {
    switch side {
    case .truth:
      "if it is a soft truth, numbers from 0 to 1, say under decode what to do with it: soft_truth: true for losses against it as it is, threshold_truth: 0.5 to cut it"
    case .predictions: "if these are probabilities say so: kind: probabilities"
    case nil: "save 0 and 1, or 0 and 255"
    }
  }

  static let levelsOfSoftTruth =
    "; levels of a soft truth, such as votes or smooth borders, need, under decode, soft_truth: true, or threshold_truth: 0.5 to cut them"

  /// The first byte that a mask may not have.
  private func fault(_ side: Side?) -> Problem {
    let bytes = plane.levels
    let yes = bytes.first { $0 != 0 } ?? 0
    let wrong = bytes.firstIndex {
      $0 != 0 && !($0 == yes && ($0 == 1 || Int64($0) == largest))
    }
    let pixel = wrong ?? 0
    return problem(Int64(bytes[pixel]), besides: Int64(yes), at: pixel, side)
  }

  private func problem(
    _ value: Int64, besides yes: Int64, at pixel: Int, _ side: Side?
  ) -> Problem {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: plane.width)
    let found = value == yes ? "\(value)" : "both \(yes) and \(value)"
    return Problem(
      "a mask says yes or no, but holds \(found) (row \(row), column \(column))", at: .file(file),
      remedy:
        "save 0 and 1, or 0 and 255; pixels that do not count need a label map as truth\(side == .truth ? Self.levelsOfSoftTruth : "")"
    )
  }
}
