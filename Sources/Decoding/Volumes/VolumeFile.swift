package import Core
internal import Raster

/// A file of one volume, open: its header is read, its voxels are not.
///
/// Slices are taken one at a time. Where the file is compressed and has them one after the other, it is inflated as
/// they are asked for, and no more than one is in memory; where slices lie across the file, or are asked for from its end,
/// it is inflated as a whole. One reader at a time.
///
/// Every problem names the file.
package final class VolumeFile {
  let path: String
  let header: VolumeHeader
  /// In which order its voxels are taken.
  var order = VoxelOrder.stored
  private let source: VolumeSource
  private var stream: (source: GzipStream, next: Int)?
  private var whole: NumberArray?

  /// - Throws: Problem: the file cannot be read, or is no volume that is read.
  package convenience init(opening path: String) throws(Problem) {
    try self.init(reading: FileBytes.map(path), at: path)
  }

  /// The same of bytes.
  init(reading bytes: Bytes, at path: String) throws(Problem) {
    self.path = path
    source = try inFile(path) { () throws(Problem) in
      try VolumeSource(reading: bytes, at: path)
    }
    header = source.header
  }

  /// Width, height and slices in the order in which voxels are taken.
  package var size: StatedSize {
    let sizes = order.sizes(of: header.sizes)
    return StatedSize(file: path, width: sizes[0], height: sizes[1], slices: sizes[2])
  }

  /// The slice's numbers: channels × height × width, however they lie.
  ///
  /// - Throws: Problem: the file is damaged, ends too early, or has changed.
  func slice(_ index: Int) throws(Problem) -> NumberArray {
    try inFile(path) { () throws(Problem) in
      if source.wrapping == nil {
        return try stored.slice(index, by: order, header).loadedIfPacked()
      }
      guard order.keepsSlices, header.channels == 1 else {
        return try inflated().slice(index, by: order, header)
      }
      return try nextSlice(index).slice(0, by: order, header)
    }
  }

  /// The voxels where they lie in the file.
  private var stored: NumberArray { header.array(in: source.bytes, at: header.dataStart) }

  private func inflated() throws(Problem) -> NumberArray {
    if let whole { return whole }
    guard header.byteCount <= Limits.inflatedBytes.most else {
      throw Problem(
        "would inflate to \(Figure.count(header.byteCount)) bytes, as a whole because its slices do not follow one another; the limit is \(Figure.count(Limits.inflatedBytes.most))",
        remedy: "save it without compression, as .nii, or cut it into parts")
    }
    let stream = try source.stream()
    let array = header.array(in: try stream.read(header.byteCount), at: 0)
    try stream.expectEnd()
    whole = array
    return array
  }

  /// Slices are asked for in ascending order; one that was read already begins the file again.
  private func nextSlice(_ index: Int) throws(Problem) -> NumberArray {
    if stream == nil || index < stream?.next ?? 0 {
      stream = (try source.stream(), 0)
    }
    guard let (inflating, next) = stream else { return stored }
    try inflating.skip((index - next) * header.sliceBytes)
    let slice = try inflating.read(header.sliceBytes)
    stream?.next = index + 1
    if index == header.sizes[2] - 1 { try inflating.expectEnd() }
    var one = header
    one.sizes[2] = 1
    return one.array(in: slice, at: 0)
  }
}

extension VolumeHeader {
  /// Channels × slices × rows × columns.
  fileprivate func array(in bytes: Bytes, at offset: Int) -> NumberArray {
    let (axes, channel) = strides
    return NumberArray(
      bytes: bytes, element: element, isByteSwapped: isByteSwapped,
      shape: [channels, sizes[2], sizes[1], sizes[0]],
      strides: [channel, axes[2], axes[1], axes[0]], offset: offset)
  }
}

extension NumberArray {
  /// Of channels × slices × rows × columns a slice in another order of voxels, as channels × rows × columns.
  fileprivate func slice(_ index: Int, by order: VoxelOrder, _ header: VolumeHeader) -> NumberArray
  {
    var part = self
    let places = order.axes.map { 3 - $0.source }
    part.shape = [shape[0], shape[places[1]], shape[places[0]]]
    part.strides = [strides[0], strides[places[1]], strides[places[0]]]
    for (axis, place) in zip(order.axes, places).prefix(2) where axis.isReversed {
      part.offset += (shape[place] - 1) * strides[place]
    }
    if order.axes[0].isReversed { part.strides[2] = -part.strides[2] }
    if order.axes[1].isReversed { part.strides[1] = -part.strides[1] }
    let slices = places[2]
    part.offset += (order.axes[2].isReversed ? shape[slices] - 1 - index : index) * strides[slices]
    return part
  }

  /// Read into memory where its numbers follow one another in the file.
  fileprivate func loadedIfPacked() throws(Problem) -> NumberArray {
    let count = shape.reduce(element.size, *)
    let last = shape.indices.reduce(0) { $0 + (shape[$1] - 1) * strides[$1] }
    guard strides.allSatisfy({ $0 > 0 }), last + element.size == count,
      let read = try bytes.read(offset..<offset + count)
    else { return self }
    var loaded = self
    loaded.bytes = read
    loaded.offset = 0
    return loaded
  }
}
