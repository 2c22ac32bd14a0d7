package import Core
package import Raster

extension DecodedSide {
  /// A slice of a volume: a label map, or a plane a class where voxels have several numbers.
  init(_ volume: VolumeFile, slice: Int, classes: Int) throws(Problem) {
    let channels = volume.channels
    guard channels == 1 || channels == classes else {
      throw Problem(
        "has \(channels) numbers a voxel, but there are \(Figure.count(classes, "class", "classes"))",
        at: .file(volume.path), remedy: "save one for each class, or a label map")
    }
    let scaling = volume.header.scaling
    let planes = try volume.planes(ofSlice: slice).map { plane in
      NumberPlane(
        plane: plane, file: volume.path,
        largest: volume.header.element == .u1 ? 255 : .max, slope: scaling?.slope)
    }
    self.init(planes: planes, hasClasses: channels > 1)
  }
}

extension VolumeFile {
  /// Numbers a voxel: 1, or one for each class.
  package var channels: Int { header.channels }

  /// Where the voxels lie in space; `nil` where the file does not say.
  package var affine: Affine? { header.affine }

  /// What the numbers are, once they are scaled as the file says.
  package var element: Plane.Element { header.scaling == nil ? header.element : .f8 }

  /// A slice's numbers as what they stand for, a plane for each of a voxel's.
  ///
  /// - Throws: Problem: the file is damaged, ends too early, or has changed.
  package func planes(ofSlice slice: Int) throws(Problem) -> [Plane] {
    let array = try self.slice(slice)
    return (0..<channels).map { channel in
      let plane = array.plane(rowAxis: 1, columnAxis: 2, at: [channel, 0, 0])
      return header.scaling.map(plane.scaled) ?? plane
    }
  }
}

extension Plane {
  /// What the stored numbers stand for, as doubles; the arithmetic is nibabel's (`apply_read_scaling`).
  fileprivate func scaled(by scaling: VolumeHeader.Scaling) -> Plane {
    let bytes = Bytes(count: pixels, of: Double.self) { numbers in
      load(0..<pixels, into: &numbers)
      for pixel in numbers.indices {
        numbers[pixel] *= scaling.slope
        // Else -0 would become 0.
        if scaling.intercept != 0 { numbers[pixel] += scaling.intercept }
      }
    }
    return Plane(packed: bytes, element: .f8, width: width, height: height)
  }
}

extension NumberPlane {
  /// Labels that a writer scaled to fit its integers come back beside whole numbers: by half a step of its scale at
  /// most, which is `slope`.
  ///
  /// - Throws: Problem: a number is farther from every label, so that the writer lost it.
  func withWholeLabels() throws(Problem) -> NumberPlane {
    guard let slope, plane.element == .f8 else { return self }
    let reach = min(abs(slope) / 2, 0.25) + 1e-6
    var lost: (pixel: Int, number: Double)?
    let bytes = Bytes(count: plane.pixels, of: Double.self) { numbers in
      plane.load(0..<plane.pixels, into: &numbers)
      for pixel in numbers.indices {
        let whole = numbers[pixel].rounded()
        if abs(numbers[pixel] - whole) > reach { lost = lost ?? (pixel, numbers[pixel]) }
        numbers[pixel] = whole
      }
    }
    if let lost {
      let (row, column) = lost.pixel.quotientAndRemainder(dividingBy: plane.width)
      throw Problem(
        "was scaled when it was saved (scl_slope \(shortest(slope))), and the number at row \(row), column \(column) is \(shortest(lost.number)), which is no label",
        at: .file(file),
        remedy:
          "save labels as whole numbers: nibabel.Nifti1Image(labels.astype('uint8'), affine); if these are probabilities say so: kind: probabilities"
      )
    }
    var labels = self
    labels.plane = Plane(packed: bytes, element: .f8, width: plane.width, height: plane.height)
    labels.slope = nil
    return labels
  }
}
