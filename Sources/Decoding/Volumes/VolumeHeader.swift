internal import Core
internal import Raster

/// What the header of a volume's file says of its voxels, whatever the format.
struct VolumeHeader: Hashable, Sendable {
  var element: Plane.Element
  var isByteSwapped: Bool
  /// Columns, rows, slices: the file's axes, the one that changes fastest first.
  var sizes: [Int]
  /// Numbers a voxel: 1, or one for each class.
  var channels = 1
  /// Whether a voxel's numbers lie together, and not those of a channel.
  var channelsAreFastest = false
  /// Byte of the first voxel, of the file or of what it inflates to.
  var dataStart: Int
  /// What a stored number stands for; `nil` where it is the number itself.
  var scaling: Scaling?
  /// Where the voxels lie in space; `nil` where the file does not say.
  var affine: Affine?

  /// A number is `slope · stored + intercept`.
  struct Scaling: Hashable, Sendable {
    var slope: Double
    var intercept: Double
  }

  /// Bytes of all voxels; the sizes were checked to have a product.
  var byteCount: Int { sizes.reduce(channels * element.size, *) }
  var sliceBytes: Int { sizes[0] * sizes[1] * element.size }

  /// From a voxel to the next along each of the file's axes, and from a channel to the next, in bytes.
  var strides: (axes: [Int], channel: Int) {
    let voxel = channelsAreFastest ? channels * element.size : element.size
    return (
      [voxel, voxel * sizes[0], voxel * sizes[0] * sizes[1]],
      channelsAreFastest ? element.size : voxel * sizes[0] * sizes[1] * sizes[2]
    )
  }

  /// That the volume is one that can be read, before memory is taken for it.
  ///
  /// - Throws: Problem: it has no voxels, too many, or more bytes than fit a number.
  func expectWithinLimits() throws(Problem) {
    var bytes = element.size
    var voxels = 1
    for size in sizes + [channels] {
      let (product, isTooMany) = bytes.multipliedReportingOverflow(by: size)
      guard size > 0, !isTooMany else {
        throw Problem(
          "its header gives it \((sizes + [channels]).map(String.init).joined(separator: " × ")) numbers",
          remedy: "write it again")
      }
      bytes = product
    }
    for size in sizes { voxels *= size }
    guard voxels <= Limits.voxels.most, sizes[0] * sizes[1] <= Limits.pixels.most else {
      throw Problem(
        "has \(sizes.map(String.init).joined(separator: " × ")) voxels; the limits are \(Figure.count(Limits.voxels.most)) in all and \(Figure.count(Limits.pixels.most)) a slice",
        remedy: "cut it into parts, on both sides")
    }
  }
}
