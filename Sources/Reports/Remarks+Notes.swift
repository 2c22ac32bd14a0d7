package import Core

extension Remarks {
  /// A sentence for each kind that occurred.
  package var notes: [String] {
    var notes: [String] = []
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
