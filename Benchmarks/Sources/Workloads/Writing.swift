/// Names sort as their numbers do.
func imageName(_ image: Int) -> String {
  let digits = "\(image)"
  return "image_" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
}

/// A pair of label maps, under names that cityscapesScripts knows too.
func writeLabels(_ image: Int, _ scene: LabelScene, in path: String) throws(Failure) {
  let (truth, prediction) = scene.maps()
  let file = PNGFile(width: scene.width, height: scene.height, depth: 8)
  let name = imageName(image)
  try Files.write(file.bytes(of: truth), to: "\(path)/truth/\(name)_gtFine_labelIds.png")
  try Files.write(file.bytes(of: prediction), to: "\(path)/predictions/\(name)_labelIds.png")
}

extension Workload {
  /// One class of one image: p as 8 or 16 bits, and the truth as 0 and 255.
  func writePlane(_ image: Int, _ place: Int, in path: String) throws(Failure) {
    let (width, height) = size
    let isDeep = self == .deepPlanes
    let scene = ProbabilityScene(seed: seed(image), place: place, width: width, height: height)
    var truth: [UInt8] = []
    var levels: [UInt8] = []
    truth.reserveCapacity(width * height)
    levels.reserveCapacity(width * height * (isDeep ? 2 : 1))
    for y in 0..<height {
      scene.row(y) { _, isTrue, p in
        truth.append(isTrue ? 255 : 0)
        let level = UInt16((p * (isDeep ? 65535 : 255)).rounded())
        if isDeep { levels.append(UInt8(level >> 8)) }
        levels.append(UInt8(level & 255))
      }
    }
    let file = "\(imageName(image))/\(Workload.planeClasses[place]).png"
    for (side, depth, samples) in [("truth", 8, truth), ("predictions", isDeep ? 16 : 8, levels)] {
      try Files.makeFolder("\(path)/\(side)/\(imageName(image))")
      let png = PNGFile(width: width, height: height, depth: depth)
      try Files.write(png.bytes(of: samples), to: "\(path)/\(side)/\(file)")
    }
  }

  /// All images in one array and their truth in another, the classes innermost.
  func writeArray(images: Int, in path: String) throws(Failure) {
    let (width, height) = size
    let classes = Workload.planeClasses.count
    let shape = [images, height, width, classes]
    var done = -1
    try Files.write(to: "\(path)/truth.npy") {
      defer { done += 1 }
      guard done >= 0 else { return npyHeader("|u1", shape: shape) }
      guard done < images else { return nil }
      var truth = [UInt8](repeating: 0, count: width * height * classes)
      forEachPixel(of: done) { place, isTrue, _ in truth[place] = isTrue ? 1 : 0 }
      return truth
    }
    done = -1
    try Files.write(to: "\(path)/predictions.npy") {
      defer { done += 1 }
      guard done >= 0 else { return npyHeader("<f4", shape: shape) }
      guard done < images else { return nil }
      var bytes = [UInt8](repeating: 0, count: width * height * classes * 4)
      forEachPixel(of: done) { place, _, p in
        for byte in 0..<4 {
          bytes[place * 4 + byte] = UInt8(truncatingIfNeeded: p.bitPattern >> (8 * byte))
        }
      }
      return bytes
    }
  }

  private func forEachPixel(
    of image: Int, _ body: (_ place: Int, _ isTrue: Bool, _ p: Float) -> Void
  ) {
    let (width, height) = size
    let classes = Workload.planeClasses.count
    for place in 0..<classes {
      let scene = ProbabilityScene(seed: seed(image), place: place, width: width, height: height)
      for y in 0..<height {
        scene.row(y) { x, isTrue, p in body((y * width + x) * classes + place, isTrue, p) }
      }
    }
  }
}
