/// Which images are drawn together: those of one cluster, such as a patient or a scene.
package struct Clustering: Sendable {
  /// In the order of their bytes, each once.
  package let names: [String]
  /// The images, cluster by cluster, those of one in their own order.
  private let images: [Int]
  /// For each cluster where its images end.
  private let ends: [Int]

  /// - Parameter clusters: for each image the name of its cluster.
  package init(of clusters: [String]) {
    images = clusters.indices.sorted { a, b in
      clusters[a].comesBefore(clusters[b])
        || (a < b && !clusters[b].comesBefore(clusters[a]))
    }
    var names: [String] = []
    var ends: [Int] = []
    for (place, image) in images.enumerated() {
      if let last = names.last, !last.comesBefore(clusters[image]) {
        ends[ends.count - 1] = place + 1
      } else {
        names.append(clusters[image])
        ends.append(place + 1)
      }
    }
    self.names = names
    self.ends = ends
  }

  /// - Parameter cluster: its place in `names`.
  package func images(of cluster: Int) -> ArraySlice<Int> {
    images[(cluster == 0 ? 0 : ends[cluster - 1])..<ends[cluster]]
  }
}
