internal import Core

/// In which order the voxels of a file are taken: for columns, rows and slices the axis of the file, and whether it is
/// walked from its end.
struct VoxelOrder: Hashable, Sendable {
  var axes: [Axis]

  struct Axis: Hashable, Sendable {
    var source: Int
    var isReversed: Bool
  }

  /// As the file has them: columns change fastest, slices slowest.
  static let stored = VoxelOrder(axes: (0..<3).map { Axis(source: $0, isReversed: false) })

  /// Whether slices come one after the other from the file's beginning.
  var keepsSlices: Bool { axes[2] == Axis(source: 2, isReversed: false) }
}

extension VoxelOrder {
  /// The order by which the voxels of `own` stand as those of `other` do.
  ///
  /// - Throws: Problem: one of them does not say.
  init(of own: Affine, as other: Affine) throws(Problem) {
    guard let ownDirections = own.directions, let otherDirections = other.directions else {
      throw Problem(
        "its header gives two axes of its voxels the same direction in space",
        remedy: "mend the header, or compare voxels as they are stored: decode: voxels: stored")
    }
    axes = otherDirections.map { wanted in
      let source = ownDirections.firstIndex { $0.world == wanted.world } ?? 0
      return Axis(
        source: source, isReversed: ownDirections[source].isReversed != wanted.isReversed)
    }
  }

  /// The lengths of columns, rows and slices of a file whose axes have `sizes`.
  func sizes(of sizes: [Int]) -> [Int] { axes.map { sizes[$0.source] } }

  /// Where voxels lie that are counted in this order.
  func applied(to affine: Affine, sizes: [Int]) -> Affine {
    var matrix = affine.matrix
    for row in 0..<3 {
      for (target, axis) in axes.enumerated() {
        let step = affine[row, axis.source]
        matrix[row * 4 + target] = axis.isReversed ? -step : step
        if axis.isReversed { matrix[row * 4 + 3] += step * Double(sizes[axis.source] - 1) }
      }
    }
    return Affine(matrix)
  }
}

extension Affine {
  /// By how many voxels two grids of one size are apart where they are furthest from each other: at a corner.
  func distance(to other: Affine, sizes: [Int]) -> Double {
    let side = max((0..<3).map(spacing).min() ?? 1, .leastNormalMagnitude)
    let corners = (0..<8).map { corner in
      (0..<3).map { corner >> $0 & 1 == 1 ? Double(max(1, sizes[$0]) - 1) : 0 }
    }
    let distances = corners.map { corner in
      zip(point(corner), other.point(corner)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        .squareRoot()
    }
    return (distances.max() ?? 0) / side
  }
}
