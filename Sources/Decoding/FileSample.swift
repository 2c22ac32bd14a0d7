package import Core
package import Raster

/// What is looked at of a file before anybody says what it means: all of its numbers, or evenly spaced slices.
package struct FileSample: Sendable {
  /// As the file keeps them; of a volume with a scale what the numbers stand for.
  package var array: NumberArray
  /// What each axis of `array` is: D slices, C classes, H rows, W columns.
  package var axes: String
  /// The lengths of the same axes in the file.
  package var shape: [Int]
  /// How its numbers are written.
  package var element: Plane.Element
  /// What stands for no number at all, where the file says that.
  package var noData: Double?

  package var isWhole: Bool { shape == array.shape }

  /// - Parameters:
  ///   - most: so many slices at most.
  ///   - truth: another volume, in whose order of voxels these are taken where both headers place them.
  /// - Throws: Problem: the file is damaged.
  package init(ofVolume path: String, slices most: Int, like truth: String? = nil) throws(Problem) {
    let volume = try VolumeFile(opening: path)
    if let truth, let other = try? VolumeFile(opening: truth) { volume.takeOrder(of: other) }
    let size = volume.size
    let channels = volume.header.channels
    let slices = Array(
      stride(from: 0, to: size.slices, by: max(1, (size.slices + most - 1) / most)))
    element = volume.header.element
    let isReal = element.isFloat || volume.header.scaling != nil
    var numbers = [[Double]](repeating: [], count: channels)
    for slice in slices {
      let side = try DecodedSide(volume, slice: slice, classes: channels)
      for (channel, plane) in side.planes.enumerated() {
        let shown = ((try? plane.withWholeLabels()) ?? plane).plane
        var values = [Double](repeating: 0, count: shown.pixels)
        var span = values.mutableSpan
        shown.load(0..<shown.pixels, into: &span)
        numbers[channel] += values
      }
    }
    var lengths = [("D", size.slices, slices.count)]
    lengths += [("H", size.height, size.height), ("W", size.width, size.width)]
    if size.slices == 1 { lengths.removeFirst() }
    if channels > 1 { lengths.insert(("C", channels, channels), at: 0) }
    axes = lengths.map(\.0).joined()
    shape = lengths.map(\.1)
    array = NumberArray(Array(numbers.joined()), shape: lengths.map(\.2))
    if isReal, !element.isFloat { element = .f8 }
  }
}

extension FileSample {
  /// A page, and where there are several evenly spaced ones.
  ///
  /// - Throws: Problem: the file is damaged.
  package init(ofTIFF path: String, pages most: Int) throws(Problem) {
    let file = try TIFFFile(opening: path)
    let pages = Array(stride(from: 0, to: file.pages, by: max(1, (file.pages + most - 1) / most)))
    var numbers: [Double] = []
    for page in pages { numbers += try file.page(page).doubles }
    element = file.element
    noData = file.noData
    let ofPage = [file.height, file.width] + (file.samples > 1 ? [file.samples] : [])
    shape = (file.pages > 1 ? [file.pages] : []) + ofPage
    array = NumberArray(numbers, shape: (file.pages > 1 ? [pages.count] : []) + ofPage)
    axes = shape.count == 2 ? "HW" : ""
  }
}

extension NumberArray {
  /// The last axis running fastest.
  fileprivate var doubles: [Double] {
    var row = self
    while row.shape.count < 3 {
      row.shape.append(1)
      row.strides.append(0)
    }
    var samples: [[Double]] = []
    for sample in 0..<row.shape[2] {
      let plane = row.plane(rowAxis: 0, columnAxis: 1, at: [0, 0, sample])
      var values = [Double](repeating: 0, count: plane.pixels)
      var span = values.mutableSpan
      plane.load(0..<plane.pixels, into: &span)
      samples.append(values)
    }
    if samples.count == 1 { return samples[0] }
    return samples[0].indices.flatMap { pixel in samples.map { $0[pixel] } }
  }

  /// Doubles in memory, the last axis running fastest.
  fileprivate init(_ numbers: [Double], shape: [Int]) {
    let bytes = Bytes(count: numbers.count, of: Double.self) { target in
      for index in numbers.indices { target[index] = numbers[index] }
    }
    var strides = [Int](repeating: MemoryLayout<Double>.size, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    self.init(
      bytes: bytes, element: .f8, isByteSwapped: false, shape: shape, strides: strides, offset: 0)
  }
}
