extension Affine {
  /// - Parameters:
  ///   - steps: from a voxel to the next along each of three axes, in the coordinates of `space`, in millimetres.
  ///   - origin: the middle of the first voxel.
  init(steps: [[Double]], origin: [Double], in space: Space) {
    precondition(steps.count == 3 && steps.allSatisfy { $0.count >= 3 } && origin.count >= 3)
    self.init(
      space.signs.enumerated().flatMap { row, sign in
        // Not -0, which reads as another number.
        (steps.map { $0[row] } + [origin[row]]).map { $0 == 0 ? 0 : sign * $0 }
      })
  }

  /// In which direction each of the three coordinates grows.
  enum Space: Hashable, Sendable {
    /// Left, posterior, superior: DICOM's (PS3.3, C.7.6.2.1.1) and ITK's.
    case lps
    case las, ras

    /// A coordinate to the left is that to the right below zero, and so is one to the back that to the front.
    fileprivate var signs: [Double] {
      switch self {
      case .lps: [-1, -1, 1]
      case .las: [-1, 1, 1]
      case .ras: [1, 1, 1]
      }
    }
  }
}
