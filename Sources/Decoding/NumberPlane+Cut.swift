internal import Core
internal import Raster

// A soft truth: shares from 0 to 1, such as the mean of several annotators or a border that was
// smoothed. Losses that have a form for it take the shares; decisions are compared with the cut.

extension DecodedSide {
  /// A mask a class: where its share of the truth is above `threshold`, compared in the precision of the
  /// file.
  ///
  /// - Throws: that this is a label map, or a number outside 0…1.
  func cut(above threshold: Double, classes: Int) throws(Problem) -> [Plane] {
    try expectPlanes(classes: classes)
    return try planes.map { plane throws(Problem) in try plane.cut(above: threshold) }
  }

  /// The shares of each class, as floats in 0…1.
  ///
  /// - Throws: as for the cut.
  func shares(classes: Int) throws(Problem) -> [Plane] {
    try expectPlanes(classes: classes)
    return try planes.map { plane throws(Problem) in try plane.shares() }
  }

  private func expectPlanes(classes: Int) throws(Problem) {
    guard hasClasses || classes == 1 else {
      throw Problem(
        "is a label map, which has no shares", at: .file(planes[0].file),
        remedy: "take threshold_truth and soft_truth out of decode, or save one plane a class")
    }
  }
}

extension NumberPlane {
  fileprivate func cut(above threshold: Double) throws(Problem) -> Plane {
    let values = try checkedShares
    let limit = plane.element == .f8 ? threshold : Double(Float(threshold))
    let mask = Bytes(values.map { $0 > limit ? 1 : 0 })
    return Plane(packed: mask, element: .u1, width: plane.width, height: plane.height)
  }

  fileprivate func shares() throws(Problem) -> Plane {
    if plane.element.isFloat { return plane }
    let values = try checkedShares
    let bytes = Bytes(count: values.count, of: Float.self) { target in
      for pixel in values.indices { target[pixel] = Float(values[pixel]) }
    }
    return Plane(packed: bytes, element: .f4, width: plane.width, height: plane.height)
  }

  private var checkedShares: [Double] {
    get throws(Problem) {
      try expectGray(for: "a plane of shares")
      let values = try asShown().levelShares
      if let wrong = values.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
        let (row, column) = wrong.quotientAndRemainder(dividingBy: plane.width)
        throw Problem(
          "a soft truth lies in 0…1, but holds \(shortest(values[wrong])) (row \(row), column \(column))",
          at: .file(file), remedy: "save shares from 0 to 1, or levels of 8 or 16 bits")
      }
      return values
    }
  }

  /// Floats as they are; levels by their largest, but 0 and 1 alone as yes and no.
  private var levelShares: [Double] {
    var numbers = [Double](repeating: 0, count: plane.pixels)
    var span = numbers.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
    guard plane.element == .u1 || plane.element == .u2, numbers.contains(where: { $0 > 1 }) else {
      return numbers
    }
    let top = plane.element == .u1 ? Double(largest) : 65535
    return numbers.map { Double(Float($0) / Float(top)) }
  }
}
