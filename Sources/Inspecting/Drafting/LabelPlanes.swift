internal import Core
internal import Decoding

/// One side of an image as labels: those of a label map, or of each pixel its most probable class.
struct LabelPlane: Sendable {
  var labels: [Int64]
  var width: Int
  var height: Int
}

extension Candidate {
  /// - Parameters:
  ///   - image: the image's name, or its place in an array.
  ///   - classes: in whose order files of each class stand.
  /// - Returns: `nil` where that cannot be read, or is not labels.
  func labels(of image: String, classes: [String]) -> LabelPlane? {
    if form.grid != nil {
      let files = form.files.filter { $0.image == image }
      let planes = classes.compactMap { name in
        files.first { $0.className == name }.flatMap { numbers(in: $0.path, image: nil) }
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
    return form.files.first { $0.image == image }.flatMap { plane(in: $0.path, image: nil) }
  }

  private func plane(in path: String, image: Int?) -> LabelPlane? {
    guard let numbers = numbers(in: path, image: image) else { return nil }
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
  private func numbers(in path: String, image: Int?) -> Numbers? {
    switch FileFormat(ofFile: path) {
    case .nifti, .nrrd, .metaImage: return volumeNumbers(in: path)
    case .tiff: return (try? FileSample(ofTIFF: path, pages: 1 << 20)).map { Numbers($0.array) }
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

  /// Evenly spaced slices of a volume, one below the other.
  private func volumeNumbers(in path: String) -> Numbers? {
    guard let sample = try? FileSample(ofVolume: path, slices: Numbers.slices) else { return nil }
    var numbers = Numbers(sample.array)
    guard !numbers.isSample else { return nil }
    if sample.axes.contains("D") { numbers.stackSlices(along: 0) }
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
    } else {
      // Slices, classes, rows, columns: classes come first.
      let (slices, classes, pixels) = (shape[0], shape[1], shape[2] * shape[3])
      var sorted: [Double] = []
      sorted.reserveCapacity(values.count)
      for c in 0..<classes {
        for slice in 0..<slices {
          let start = (slice * classes + c) * pixels
          sorted += values[start..<(start + pixels)]
        }
      }
      values = sorted
      shape = [classes, slices * shape[2], shape[3]]
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
