/// How a run's images are cut into batches.
package struct Batching: Hashable, Codable, Sendable {
  /// `nil`: the whole run is one batch.
  package var size: Int?
  /// Whether a last batch that is not full is left out, as data loaders can do.
  package var dropsLast: Bool

  package init(size: Int? = nil, dropsLast: Bool = false) {
    self.size = size
    self.dropsLast = dropsLast
  }

  /// The batch of the image at a place of the run's list; `nil` where it is dropped.
  package func batch(of index: Int, among listed: Int) -> Int? {
    guard let size else { return 0 }
    if dropsLast, index >= listed / size * size { return nil }
    return index / size
  }

  /// How many of the run's images are left out.
  package func dropped(among listed: Int) -> Int {
    guard let size, dropsLast else { return 0 }
    return listed % size
  }
}
