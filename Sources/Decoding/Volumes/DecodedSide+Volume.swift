internal import Core
internal import Raster

extension DecodedSide {
  /// A slice of a volume: a label map, or a plane a class where voxels have several numbers.
  init(_ volume: VolumeFile, slice: Int, classes: Int) throws(Problem) {
    let array = try volume.slice(slice)
    let channels = array.shape[0]
    guard channels == 1 || channels == classes else {
      throw Problem(
        "has \(channels) numbers a voxel, but there are \(Figure.count(classes, "class", "classes"))",
        at: .file(volume.path), remedy: "save one for each class, or a label map")
    }
    let planes = (0..<channels).map { channel in
      let plane = array.plane(rowAxis: 1, columnAxis: 2, at: [channel, 0, 0])
      return NumberPlane(
        plane: volume.header.scaling.map(plane.scaled) ?? plane, file: volume.path,
        largest: plane.element == .u1 ? 255 : .max, isScaled: volume.header.scaling != nil)
    }
    self.init(planes: planes, hasClasses: channels > 1)
  }
}

extension Plane {
  /// What the stored numbers stand for, as doubles; the arithmetic is nibabel's (`apply_read_scaling`).
  fileprivate func scaled(by scaling: VolumeHeader.Scaling) -> Plane {
    let bytes = Bytes(count: pixels, of: Double.self) { numbers in
      load(0..<pixels, into: &numbers)
      for pixel in numbers.indices {
        numbers[pixel] = numbers[pixel] * scaling.slope + scaling.intercept
      }
    }
    return Plane(packed: bytes, element: .f8, width: width, height: height)
  }
}

extension NumberPlane {
  /// Labels that a writer scaled to fit its integers come back a little beside whole numbers; nothing is a label that is
  /// farther from one than the slope, a float of 32 bits, can bring it.
  func withWholeLabels() -> NumberPlane {
    guard isScaled, plane.element == .f8 else { return self }
    let bytes = Bytes(count: plane.pixels, of: Double.self) { numbers in
      plane.load(0..<plane.pixels, into: &numbers)
      for pixel in numbers.indices {
        let whole = numbers[pixel].rounded()
        if abs(numbers[pixel] - whole) <= 1e-6 * max(1, abs(whole)) { numbers[pixel] = whole }
      }
    }
    var labels = self
    labels.plane = Plane(packed: bytes, element: .f8, width: plane.width, height: plane.height)
    return labels
  }
}
