internal import Core

extension NumberPlane {
  /// Where the class is (1) and where it is not (0).
  ///
  /// A mask says yes or no: besides 0 it holds one number, 1 or the largest that its format has.
  func mask() throws(Problem) -> [UInt8] {
    try expectGray(for: "a mask")
    if plane.element == .u1 || plane.element == .b1 {
      var mask = plane.levels
      var yes: UInt8 = 0
      for pixel in mask.indices where mask[pixel] != 0 {
        let value = mask[pixel]
        if yes == 0 { yes = value }
        guard value == yes, value == 1 || Int64(value) == largest else {
          throw problem(Int64(value), besides: Int64(yes), at: pixel)
        }
        mask[pixel] = 1
      }
      return mask
    }
    var numbers = [Int64](repeating: 0, count: plane.pixels)
    var span = numbers.mutableSpan
    if let wrong = plane.loadLabels(0..<plane.pixels, into: &span) {
      let (row, column) = wrong.quotientAndRemainder(dividingBy: plane.width)
      throw Problem(
        "the number at row \(row), column \(column) is no whole number, so not yes or no",
        at: .file(file), remedy: "if these are probabilities say so: kind: probabilities")
    }
    let limit: Int64 = plane.element == .u2 && largest < .max ? largest : 1
    let yes = numbers.first { $0 != 0 } ?? 1
    for pixel in numbers.indices where numbers[pixel] != 0 {
      let value = numbers[pixel]
      guard value == yes, value == 1 || value == limit else {
        throw problem(value, besides: yes, at: pixel)
      }
    }
    return numbers.map { $0 == 0 ? 0 : 1 }
  }

  private func problem(_ value: Int64, besides yes: Int64, at pixel: Int) -> Problem {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: plane.width)
    let found = value == yes ? "\(value)" : "both \(yes) and \(value)"
    return Problem(
      "a mask says yes or no, but holds \(found) (row \(row), column \(column))", at: .file(file),
      remedy: "save 0 and 1, or 0 and 255; pixels that do not count need a label map as truth")
  }
}
