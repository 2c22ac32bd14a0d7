import Core

// Where the voxels lie.

extension MetaImageFields {
  /// ElementSize is how large a voxel is, and stands for the spacing where that is not said.
  func spacings(_ axes: Int) throws(Problem) -> [Double] {
    guard let (name, text) = self["ElementSpacing", "ElementSize"] else {
      return .init(repeating: 1, count: axes)
    }
    let spacings = try numbers(name, text, axes)
    guard !spacings.contains(0) else {
      throw damaged(name, "is '\(printable(text, most: 60))', and voxels lie apart")
    }
    return spacings
  }

  /// - Returns: `nil` of what has fewer than three axes.
  func affine(_ axes: Int, _ spacings: [Double]) throws(Problem) -> Affine? {
    let origin =
      if let (name, text) = self["Offset", "Position", "Origin"] {
        try numbers(name, text, axes)
      } else { [Double](repeating: 0, count: axes) }
    let matrix =
      if let (name, text) = self["TransformMatrix", "Rotation", "Orientation"] {
        try numbers(name, text, axes * axes)
      } else { (0..<axes * axes).map { $0 % (axes + 1) == 0 ? 1.0 : 0 } }
    guard axes >= 3 else { return nil }
    // The numbers of an axis stand together: `itkMetaImageIO.cxx`, `ReadImageInformation`. CenterOfRotation takes no
    // part there, nor does AnatomicalOrientation: the coordinates are ITK's.
    let steps = (0..<3).map { axis in
      (0..<3).map { matrix[axis * axes + $0] * spacings[axis] }
    }
    return Affine(steps: steps, origin: origin, in: .lps)
  }

  private func numbers(_ name: String, _ text: String, _ count: Int) throws(Problem) -> [Double] {
    let words = text.words
    let numbers = words.compactMap(Double.init)
    guard numbers.count == words.count, numbers.count == count, numbers.allSatisfy(\.isFinite)
    else {
      throw damaged(
        name,
        "is '\(printable(text, most: 60))', and not \(Figure.count(count, "number", "numbers"))")
    }
    return numbers
  }
}
