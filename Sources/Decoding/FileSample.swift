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

  package var isWhole: Bool { shape == array.shape }

  /// - Parameter most: so many slices at most.
  /// - Throws: Problem: the file is damaged.
  package init(ofVolume path: String, slices most: Int) throws(Problem) {
    let volume = try VolumeFile(opening: path)
    let size = volume.size
    let channels = volume.header.channels
    let slices = Array(
      stride(from: 0, to: size.slices, by: max(1, (size.slices + most - 1) / most)))
    element = volume.header.element
    let isReal = element.isFloat || volume.header.scaling != nil
    var numbers: [Double] = []
    for slice in slices {
      let side = try DecodedSide(volume, slice: slice, classes: channels)
      for plane in side.planes.map({ $0.withWholeLabels().plane }) {
        var values = [Double](repeating: 0, count: plane.pixels)
        var span = values.mutableSpan
        plane.load(0..<plane.pixels, into: &span)
        numbers += values
      }
    }
    var lengths = [("D", size.slices, slices.count)]
    if channels > 1 { lengths.append(("C", channels, channels)) }
    lengths += [("H", size.height, size.height), ("W", size.width, size.width)]
    if size.slices == 1 { lengths.removeFirst() }
    axes = lengths.map(\.0).joined()
    shape = lengths.map(\.1)
    let sampled = lengths.map(\.2)
    array = NumberArray(numbers, shape: sampled)
    if isReal, !element.isFloat { element = .f8 }
  }
}

extension NumberArray {
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
