internal import Dispatch
internal import Synchronization

/// Makes what is missing of the workloads in `folder`.
///
/// A workload is finished when its stamp is there; what a stamp of other contents marks was made by
/// another version of this program and is not touched.
package func generate(
  into folder: String, scale: Double, saying say: (String) -> Void
) throws(Failure) {
  for workload in Workload.allCases {
    try stamped("\(folder)/\(workload.rawValue)", scale, say) { path throws(Failure) in
      try workload.generate(in: path, scale)
    }
  }
  try stamped("\(folder)/growth", scale, say) { path throws(Failure) in
    try generateGrowth(in: path, scale)
  }
}

private func stamped(
  _ path: String, _ scale: Double, _ say: (String) -> Void,
  _ make: (String) throws(Failure) -> Void
) throws(Failure) {
  let stamp = "\(path)/stamp"
  let contents = "version 1, seed 1, scale \(scale)\n"
  if Files.exists(stamp) {
    guard try Files.text(stamp) == contents else {
      throw Failure("\(path) was made by another version of this benchmark: remove the folder")
    }
    return
  }
  say("generating \(path)")
  try Files.makeFolder(path)
  try make(path)
  try Files.write(contents, to: stamp)
}

extension Workload {
  fileprivate func generate(in path: String, _ scale: Double) throws(Failure) {
    let images = images(scale)
    try Files.makeFolder("\(path)/predictions")
    try Files.makeFolder("\(path)/truth")
    switch self {
    case .labels:
      try forEach(images) { image throws(Failure) in
        try writeLabels(image, LabelScene(seed: seed(image), width: 2048, height: 1024), in: path)
      }
    case .frayedLabels:
      try forEach(images) { image throws(Failure) in
        try writeLabels(
          image, LabelScene(seed: seed(image), width: 2048, height: 1024, fray: 0.012), in: path)
      }
    case .planes, .deepPlanes, .start:
      try forEach(images) { image throws(Failure) in
        for place in Workload.planeClasses.indices { try writePlane(image, place, in: path) }
      }
    case .array: try writeArray(images: images, in: path)
    }
    try Files.write(pipeline, to: "\(path)/pipeline.yml")
  }

  func seed(_ image: Int) -> UInt64 { hashed(1, fnv1a(rawValue), UInt64(image)) }

  private func fnv1a(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// A thousand small pairs, which the larger runs have under several names: what grows here is the
/// bookkeeping, not the pixels.
private func generateGrowth(in path: String, _ scale: Double) throws(Failure) {
  let counts = growth(scale)
  for count in counts {
    let folder = "\(path)/\(count)"
    try Files.makeFolder("\(folder)/predictions")
    try Files.makeFolder("\(folder)/truth")
    try Files.write(labelPipeline, to: "\(folder)/pipeline.yml")
  }
  let last = "\(path)/\(counts[counts.count - 1])"
  let distinct = min(1000, counts[counts.count - 1])
  try forEach(distinct) { image throws(Failure) in
    try writeLabels(image, LabelScene(seed: UInt64(image), width: 64, height: 64), in: last)
  }
  for count in counts {
    for image in 0..<count {
      for (side, suffix) in [("predictions", "labelIds"), ("truth", "gtFine_labelIds")] {
        let original = "\(last)/\(side)/\(imageName(image % distinct))_\(suffix).png"
        let name = "\(path)/\(count)/\(side)/\(imageName(image))_\(suffix).png"
        if original != name { try Files.link(original, as: name) }
      }
    }
  }
}

/// All images on all cores; the first failure is thrown when the others are done.
func forEach(
  _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Void
) throws(Failure) {
  let failure = Mutex<Failure?>(nil)
  DispatchQueue.concurrentPerform(iterations: count) { index in
    do throws(Failure) {
      try body(index)
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }
  if let failure = failure.withLock({ $0 }) { throw failure }
}
