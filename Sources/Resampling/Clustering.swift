/// Which images are drawn together: those of one cluster, such as a patient or a scene.
package struct Clustering: Sendable {
  /// In the order of their bytes, each once.
  package let names: [String]
  /// The images, cluster by cluster, those of one in the order of their names: a sum over them has the
  /// same bits in whatever order the files came.
  private let images: [Int]
  /// For each cluster where its images end.
  private let ends: [Int]

  /// - Parameters:
  ///   - clusters: for each image the name of its cluster.
  ///   - imageNames: all different, as many.
  package init(of clusters: [String], named imageNames: [String]) {
    precondition(clusters.count == imageNames.count)
    self.init(of: clusters) { imageNames[$0].comesBefore(imageNames[$1]) }
  }

  /// - Parameter comesBefore: an order of the images.
  private init(of clusters: [String], _ comesBefore: (Int, Int) -> Bool) {
    images = clusters.indices.sorted { a, b in
      clusters[a].comesBefore(clusters[b])
        || !clusters[b].comesBefore(clusters[a]) && comesBefore(a, b)
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

extension Clustering {
  /// As it is, or groups of the clusters where they are more than `most`.
  package func grouped(into most: Int) -> Clustering {
    guard names.count > most, let groups = UInt64(exactly: most) else { return self }
    var names = [String](repeating: "", count: images.count)
    for (cluster, name) in self.names.enumerated() {
      let group = "\(group(of: name, among: groups))"
      for image in images(of: cluster) { names[image] = group }
    }
    var places = [Int](repeating: 0, count: images.count)
    for (place, image) in images.enumerated() { places[image] = place }
    return Clustering(of: names) { places[$0] < places[$1] }
  }
}

/// Below `groups`. The hash of its name decides it, so that a cluster more or less moves no other.
func group(of name: String, among groups: UInt64) -> UInt64 {
  mixed(fnv1a(name)).multipliedFullWidth(by: groups).high
}
