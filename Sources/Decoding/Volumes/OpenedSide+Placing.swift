internal import Core
internal import Raster

extension OpenedSide {
  /// Takes the voxels of volumes in the order in which the truth's lie in space, as the headers of both have it.
  ///
  /// - Returns: what was noticed.
  /// - Throws: Problem: the headers put both sides into different places.
  func takePlace(of truth: OpenedSide) throws(Problem) -> Remarks {
    var remarks = Remarks()
    guard let reference = truth.volumes.first else { return remarks }
    for file in truth.volumes.dropFirst() + volumes {
      let isOwn = volumes.contains { $0 === file }
      remarks =
        remarks
        + (try inFile(file.path) { () throws(Problem) in
          try file.takePlace(of: reference, isPrediction: isOwn)
        })
    }
    // They are told of images, not of files.
    remarks.turnedByHeader = min(1, remarks.turnedByHeader)
    remarks.unplaced = min(1, remarks.unplaced)
    return remarks
  }
}

extension VolumeFile {
  /// As far as both headers say where voxels lie.
  func takeOrder(of other: VolumeFile) {
    guard let own = header.place, let place = other.header.place else { return }
    order = (try? VoxelOrder(of: own, as: place)) ?? .stored
  }

  fileprivate func takePlace(of truth: VolumeFile, isPrediction: Bool) throws(Problem) -> Remarks {
    var remarks = Remarks()
    switch (header.place, truth.header.place) {
    case (nil, nil): break
    case (nil, _), (_, nil): remarks.unplaced = 1
    case (let own?, let other?):
      let order = try VoxelOrder(of: own, as: other)
      self.order = order
      if order != .stored { remarks.turnedByHeader = 1 }
      let sizes = order.sizes(of: header.sizes)
      // Other sizes are a problem of their own.
      guard sizes == truth.header.sizes else { break }
      let apart = other.distance(to: order.applied(to: own, sizes: header.sizes), sizes: sizes)
      guard apart <= VolumeFile.mostApart else {
        throw Problem(
          "its header puts its voxels elsewhere in space than those of \(printable(truth.path)): up to \(shortest(apart.rounded(toPlaces: 2))) voxels apart",
          remedy:
            "resample it to the truth's grid; or if the headers are wrong and voxels belong together as they are stored, say so under decode: voxels: stored"
        )
      }
    }
    return remarks
  }

  /// In voxels: as far as the place of a nearest neighbour.
  private static var mostApart: Double { 0.5 }
}

extension VolumeHeader {
  /// `nil` where the header says nothing: it has no matrix, or that of ones and zeros, which writers put there who know
  /// of no place.
  fileprivate var place: Affine? { affine == .identity ? nil : affine }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    return (self * scale).rounded() / scale
  }
}
