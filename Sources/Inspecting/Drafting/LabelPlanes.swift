internal import Core
internal import Decoding

/// One side of an image as labels: those of a label map, or of each pixel its most probable class.
struct LabelPlane: Sendable {
  var labels: [Int64]
  var width: Int
  var height: Int

  /// Stands where a file's tag says that there is nothing; no file has this label, and a double holds it.
  static let nothing = Int64(-1) << 53
}

extension Candidate {
  /// - Parameters:
  ///   - image: the image's name, or its place in an array.
  ///   - classes: in whose order files of each class stand.
  /// - Returns: `nil` where that cannot be read, or is not labels.
  ///
  /// - Parameter truth: the file of the truth, in whose order a volume's voxels are taken.
  func labels(of image: String, classes: [String], like truth: String? = nil) -> LabelPlane? {
    if form.grid != nil {
      let files = form.files.filter { $0.image == image }
      let planes = classes.compactMap { name in
        files.first { $0.className == name }.flatMap {
          numbers(in: $0.path, image: nil, like: truth)
        }
      }
      guard planes.count == classes.count, let first = planes.first,
        planes.allSatisfy({ $0.shape == first.shape })
      else { return nil }
      let stacked = Numbers(
        shape: [planes.count] + first.shape, values: planes.flatMap(\.values))
      return stacked.mostProbable(classAxis: 0)
    }
    if let path = form.runs { return labels(inRuns: path, of: image) }
    if isOneArray { return Int(image).flatMap { plane(in: form.files[0].path, image: $0) } }
    return form.files.first { $0.image == image }.flatMap {
      plane(in: $0.path, image: nil, like: truth)
    }
  }

  private func plane(in path: String, image: Int?, like truth: String? = nil) -> LabelPlane? {
    guard let numbers = numbers(in: path, image: image, like: truth) else { return nil }
    let letters = Array(axes.filter { $0 != "N" })
    if letters.contains("C"), numbers.shape.count == 3 {
      return numbers.mostProbable(classAxis: letters.last == "C" ? 2 : 0)
    }
    guard numbers.shape.count == 2, let census = Optional(Census(numbers)), census.areWhole else {
      return nil
    }
    return LabelPlane(
      labels: numbers.values.map { Int64($0) }, width: numbers.shape[1], height: numbers.shape[0])
  }

  /// The numbers of one image without axes of length 1, all of them.
  private func numbers(in path: String, image: Int?, like truth: String? = nil) -> Numbers? {
    switch FileFormat(ofFile: path) {
    case .nifti, .nrrd, .metaImage: return volumeNumbers(in: path, like: truth)
    case .tiff: return tiffNumbers(in: path)
    default: break
    }
    guard isArray(path) else {
      guard let bytes = try? FileBytes.read(path), let picture = try? PNGImage(decoding: bytes)
      else { return nil }
      return Numbers(picture.planes[0])
    }
    guard let file = try? ArrayFile(opening: path),
      var array = try? file.array(named: arrayName)
    else { return nil }
    if let image {
      guard let axis = member.meaning.axes.firstIndex(of: "N") else { return nil }
      let n = member.meaning.axes.distance(from: member.meaning.axes.startIndex, to: axis)
      guard n < array.shape.count, image < array.shape[n] else { return nil }
      array.offset += image * array.strides[n]
      array.shape[n] = 1
    }
    if let axis = Array(member.meaning.axes).firstIndex(of: "D"), axis < array.shape.count {
      array.takeSlices(along: axis)
    }
    var numbers = Numbers(array)
    guard !numbers.isSample else { return nil }
    numbers.shape.removeAll { $0 == 1 }
    if let axis = axes.filter({ $0 != "N" }).firstIndex(of: "D") {
      let letters = axes.filter { $0 != "N" }
      numbers.stackSlices(along: letters.distance(from: letters.startIndex, to: axis))
    }
    return numbers
  }

  private func tiffNumbers(in path: String) -> Numbers? {
    guard let sample = try? FileSample(ofTIFF: path, pages: 1 << 20) else { return nil }
    var numbers = Numbers(sample.array)
    if let noData = sample.noData {
      numbers.values = numbers.values.map { $0 == noData ? Double(LabelPlane.nothing) : $0 }
    }
    return numbers
  }

  /// Evenly spaced slices of a volume, one below the other.
  private func volumeNumbers(in path: String, like truth: String?) -> Numbers? {
    guard
      let sample = try? FileSample(ofVolume: path, slices: Numbers.slices, like: truth)
    else { return nil }
    var numbers = Numbers(sample.array)
    guard !numbers.isSample else { return nil }
    let letters = Array(sample.axes)
    if let axis = letters.firstIndex(of: "D") { numbers.stackSlices(along: axis) }
    return numbers
  }
}

extension NumberArray {
  /// As many slices as are looked at, the same ones of every volume of this size.
  fileprivate mutating func takeSlices(along axis: Int) {
    let step = max(1, (shape[axis] + Numbers.slices - 1) / Numbers.slices)
    shape[axis] = (shape[axis] + step - 1) / step
    strides[axis] *= step
  }
}

extension Numbers {
  /// So many of a volume are compared.
  fileprivate static let slices = 8

  /// Makes one picture of a volume: slices stand below each other, classes stay an axis.
  fileprivate mutating func stackSlices(along axis: Int) {
    guard shape.count > 2 else { return }
    if shape.count == 3 {
      shape = [shape[0] * shape[1], shape[2]]
    } else if axis == 1 {
      // Classes, slices, rows, columns.
      shape = [shape[0], shape[1] * shape[2], shape[3]]
    }
  }

  /// Of each pixel the place of its largest number.
  fileprivate func mostProbable(classAxis axis: Int) -> LabelPlane? {
    guard shape.count == 3, axis == 0 || axis == 2 else { return nil }
    let classes = shape[axis]
    let sides = axis == 0 ? (shape[1], shape[2]) : (shape[0], shape[1])
    let pixels = sides.0 * sides.1
    let (step, start) = axis == 0 ? (pixels, 1) : (1, classes)
    let labels = (0..<pixels).map { pixel -> Int64 in
      var best = 0
      for c in 1..<max(1, classes)
      where values[pixel * start + c * step] > values[pixel * start + best * step] { best = c }
      return Int64(best)
    }
    return LabelPlane(labels: labels, width: sides.1, height: sides.0)
  }
}
