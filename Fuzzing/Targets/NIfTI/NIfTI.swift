import Core
import FuzzingSupport
import Raster

@testable import Decoding

/// NIfTI files, packed or not: each slice that a header promises is read as a whole or refused, in the file's order and in
/// another.
@main
enum FuzzNIfTI: Fuzzing {
  static let longest = 4096

  static func read(_ input: [UInt8]) {
    let file = attempt { () throws(Problem) in
      try VolumeFile(reading: Bytes(input), at: "volume.nii")
    }
    guard let file = file.value else { return }
    let sizes = file.header.sizes
    claim(sizes.count == 3 && sizes.allSatisfy { $0 > 0 }, "sizes \(sizes)")
    for order in [VoxelOrder.stored, FuzzNIfTI.turned] {
      file.order = order
      claim(file.size.slices == order.sizes(of: sizes)[2], "another number of slices")
      for slice in [0, file.size.slices - 1] {
        let array = attempt { () throws(Problem) in try file.slice(slice) }
        if let array = array.value { claimIsReadable(array) }
      }
    }
  }

  /// Slices first, and from their end.
  private static let turned = VoxelOrder(axes: [
    .init(source: 2, isReversed: true), .init(source: 0, isReversed: false),
    .init(source: 1, isReversed: true),
  ])
}
