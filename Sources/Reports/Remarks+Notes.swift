package import Core

extension Remarks {
  /// A sentence for each kind that occurred.
  ///
  /// - Parameter resize: by which function a side was resized.
  package func notes(resizedBy resize: PerSide<Interpolation?>) -> [String] {
    var notes: [String] = []
    for side in Side.allCases {
      guard resized > 0, let function = resize[side]?.name else { continue }
      notes.append(
        "\(side.rawValue) of \(Figure.count(resized, "image")) resized to the size of the \(side.other.rawValue) by \(function)"
      )
    }
    if turnedByHeader > 0 {
      notes.append(
        "\(Figure.count(turnedByHeader, "volume")) whose voxels are stored in another order on one side: compared where their headers place them"
      )
    }
    if unplaced > 0 {
      notes.append(
        "\(Figure.count(unplaced, "volume")) of which one side alone says where it lies in space: compared as the voxels are stored"
      )
    }
    if scaledLabels > 0 {
      notes.append(
        "\(Figure.count(scaledLabels, "image")) whose labels the writer scaled (scl_slope): rounded to whole numbers"
      )
    }
    if noData > 0 {
      notes.append(
        "\(Figure.count(noData, "pixel")) of the truth with the number that its file names for nothing (nodata): not counted"
      )
    }
    if grayInColors > 0 {
      notes.append(
        "\(Figure.count(grayInColors, "colour picture")) with three equal channels: read as grey")
    }
    if opacityMasks > 0 {
      notes.append(
        "\(Figure.count(opacityMasks, "mask")) read from the opacity (alpha) of a picture of one colour"
      )
    }
    if parts > 0 {
      notes.append("\(Figure.count(parts, "file")) united, several to the mask of a class")
    }
    if absentMasks > 0 {
      notes.append(
        "\(Figure.count(absentMasks, "mask")) of a class that has no file in an image: taken as empty"
      )
    }
    if nearColors > 0 {
      notes.append(
        "\(Figure.count(nearColors, "pixel")) of a colour that is nearly a class's: read as the class (color_tolerance)"
      )
    }
    if clipped > 0 {
      notes.append(
        "\(Figure.count(clipped, "probability", "probabilities")) outside 0…1 by at most 0.000001: taken as 0 or 1"
      )
    }
    if zeroRows > 0 {
      notes.append(
        "\(Figure.count(zeroRows, "pixel")) whose probabilities are all 0: a tile that nothing covered, or a fault of the model"
      )
    }
    return notes
  }
}
