/// The workloads, each a folder with its files and its pipeline.yml.
package enum Workload: String, CaseIterable, Sendable {
  /// Pairs of label maps, 2048 × 1024, 19 classes.
  case labels = "W1"
  /// Images of five classes, 256 × 256, an 8-bit probability PNG and a mask PNG each.
  case planes = "W2"
  /// One float32 array of 256 × 256 × 256 × 5 and its uint8 truth.
  case array = "W3"
  /// Images of five classes, 1024 × 1024, a 16-bit probability PNG and a mask PNG each.
  case deepPlanes = "W4"
  /// One image of 8 × 8: what starting costs.
  case start = "W5"
  /// As the first, with borders that are frayed more.
  case frayedLabels = "W6"

  package static let planeClasses = ["sky", "building", "road", "vegetation", "pole"]

  package func images(_ scale: Double) -> Int {
    switch self {
    case .labels: scaled(500, scale)
    case .planes: scaled(2000, scale)
    case .array: scaled(256, scale)
    case .deepPlanes: scaled(200, scale)
    case .start: 1
    case .frayedLabels: scaled(250, scale)
    }
  }

  package var size: (width: Int, height: Int) {
    switch self {
    case .labels, .frayedLabels: (2048, 1024)
    case .planes, .array: (256, 256)
    case .deepPlanes: (1024, 1024)
    case .start: (8, 8)
    }
  }
}

/// How many label maps of 64 × 64 the runs have that show how time and memory grow.
package func growth(_ scale: Double) -> [Int] {
  [100, 1000, 10_000, 100_000].map { scaled($0, scale) }
}

private func scaled(_ count: Int, _ scale: Double) -> Int {
  max(1, Int((Double(count) * scale).rounded()))
}
