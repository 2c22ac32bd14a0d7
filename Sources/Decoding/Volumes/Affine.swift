internal import Core

/// Where the voxels of a volume lie: millimetres to the right, to the front and upwards (RAS+) of a voxel's
/// place along the file's axes, of which the first is the one that changes fastest.
package struct Affine: Hashable, Sendable {
  /// Three rows of four: the point is `row · (i, j, k, 1)`.
  package var matrix: [Double]

  init(_ matrix: [Double]) {
    precondition(matrix.count == 12, "three rows of four")
    self.matrix = matrix
  }

  static let identity = Affine([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])

  var isFinite: Bool { matrix.allSatisfy(\.isFinite) }

  subscript(row: Int, column: Int) -> Double { matrix[row * 4 + column] }

  /// The point at a voxel.
  func point(_ voxel: [Double]) -> [Double] {
    (0..<3).map { row in
      self[row, 3] + (0..<3).reduce(0) { $0 + self[row, $1] * voxel[$1] }
    }
  }

  /// How far it is from a voxel to the next along an axis.
  func spacing(_ axis: Int) -> Double {
    (0..<3).reduce(0) { $0 + self[$1, axis] * self[$1, axis] }.squareRoot()
  }

  /// For each axis of the file the axis of space that it is nearest to, and whether it runs against it; `nil` where
  /// two axes would have the same.
  ///
  /// Axes choose in the order of how well they fit, as nibabel's `io_orientation` lets them.
  var directions: [Direction]? {
    let cosines = (0..<3).map { axis -> [Double] in
      let length = spacing(axis)
      return (0..<3).map { length > 0 ? self[$0, axis] / length : 0 }
    }
    let order = (0..<3).sorted { best(cosines[$0]) > best(cosines[$1]) }
    var directions = [Direction?](repeating: nil, count: 3)
    var taken: Set<Int> = []
    for axis in order {
      let free = (0..<3).filter { !taken.contains($0) }
      guard let world = free.max(by: { abs(cosines[axis][$0]) < abs(cosines[axis][$1]) }),
        cosines[axis][world] != 0
      else { return nil }
      taken.insert(world)
      directions[axis] = Direction(world: world, isReversed: cosines[axis][world] < 0)
    }
    return directions.compactMap(\.self)
  }

  private func best(_ cosines: [Double]) -> Double { cosines.map(abs).max() ?? 0 }

  /// Along an axis of space.
  struct Direction: Hashable {
    var world: Int
    var isReversed: Bool
  }

  /// `LPS` for a volume whose voxels run to the left, to the back and upwards: towards where each axis leads.
  package var letters: String {
    (directions ?? []).map { direction in
      String(Array(direction.isReversed ? "LPI" : "RAS")[direction.world])
    }.joined()
  }
}
