import Resampling
import TestSupport
import Testing

@Suite("Sums of the drawn clusters")
struct ResamplesTests {
  struct Case {
    let names: [String]
    let rows: [[Double]]

    init(clusters: Int, columns: Int) {
      var random = SeededGenerator(seed: UInt64(clusters * 1000 + columns))
      names = (0..<clusters).map { "image \($0)" }
      rows = names.map { _ in
        (0..<columns).map { _ in .random(in: -1...1, using: &random) }
      }
    }

    var clusters: Clusters { clusters(in: Array(names.indices)) }

    func clusters(in order: [Int]) -> Clusters {
      Clusters(names: order.map { names[$0] }, columns: rows.first?.count ?? 1) { rows[order[$0]] }
    }

    /// Counts × rows, in a loop over the names in order.
    func sums(in replicate: Int, seed: UInt64) -> [Double] {
      let draws = Draws(seed: seed)
      var sums = [Double](repeating: 0, count: rows.first?.count ?? 1)
      for index in names.indices.sorted(by: { names[$0] < names[$1] }) {
        let count = draws.count(from: draws.start(of: names[index]), in: replicate)
        for column in sums.indices { sums[column] += Double(count) * rows[index][column] }
      }
      return sums
    }
  }

  @Test(
    "every sum is that of a plain loop, to the last bit",
    arguments: [(0, 1), (1, 1), (5, 7), (127, 8), (128, 9), (129, 16), (300, 17), (1000, 58)])
  func plainLoop(clusters: Int, columns: Int) {
    let sample = Case(clusters: clusters, columns: columns)
    for replicates in [1, 15, 16, 17, 33] {
      let resamples = Resamples(of: sample.clusters, replicates: replicates, seed: 9, jobs: 2)
      for replicate in 0..<replicates {
        #expect(Array(resamples.sums(in: replicate)) == sample.sums(in: replicate, seed: 9))
      }
    }
  }

  @Test("clusters that are drawn very often are added as often")
  func rareCounts() throws {
    let draws = Draws(seed: 9)
    let names = (0..<3000).map { "image \($0)" }
    // One count in a million is above eight.
    let rare = names.lazy.compactMap { name -> (name: String, replicate: Int)? in
      let start = draws.start(of: name)
      let replicate = (0..<2000).first { draws.count(from: start, in: $0) > 8 }
      return replicate.map { (name, $0) }
    }
    let found = try #require(rare.first)
    let clusters = Clusters(names: [found.name, "other"], columns: 1) { $0 == 0 ? [1] : [100] }
    let resamples = Resamples(of: clusters, replicates: found.replicate + 1, seed: 9, jobs: 1)
    let counts = [found.name, "other"].map {
      Double(draws.count(from: draws.start(of: $0), in: found.replicate))
    }
    #expect(counts[0] > 8)
    #expect(resamples.sums(in: found.replicate) == [counts[0] + 100 * counts[1]])
  }

  @Test("neither threads nor the order of rows change a bit", arguments: [1, 2, 7])
  func anyOrder(jobs: Int) {
    let sample = Case(clusters: 400, columns: 11)
    var random = SeededGenerator(seed: UInt64(jobs))
    let shuffled = sample.clusters(in: sample.names.indices.shuffled(using: &random))
    let expected = Resamples(of: sample.clusters, replicates: 203, seed: 5, jobs: 1)
    let found = Resamples(of: shuffled, replicates: 203, seed: 5, jobs: jobs)
    for replicate in 0..<203 {
      #expect(found.sums(in: replicate) == expected.sums(in: replicate))
    }
    let intervals = [expected, found].map { resamples in
      Jackknife(resamples.clusters.leavingOut(of: { [ratio($0)] }, sizes: { _ in [1] })[0])?
        .interval(level: 0.95, on: .unbounded)
    }
    #expect(intervals[0] != nil && intervals[0] == intervals[1])
  }

  @Test("a run of the first half of the replicates is the first half of the run")
  func resumed() {
    let clusters = Case(clusters: 50, columns: 3).clusters
    let half = Resamples(of: clusters, replicates: 100, seed: 2, jobs: 2)
    let whole = Resamples(of: clusters, replicates: 200, seed: 2, jobs: 2)
    for replicate in 0..<100 { #expect(half.sums(in: replicate) == whole.sums(in: replicate)) }
  }

  @Test("names that only Unicode holds for equal are two clusters")
  func bytes() {
    let clusters = Clusters(names: ["caf\u{e9}", "cafe\u{301}"], columns: 1) { [Double($0)] }
    #expect(clusters.names.map { Array($0.utf8).count } == [6, 5])
    #expect(clusters.sums == [1])
  }

  @Test("images of one name are one cluster, whose row is their sum, in any order of files")
  func clustering() {
    let patients = ["b", "a", "caf\u{e9}", "b", "cafe\u{301}", "b"]
    let rows: [[Double]] = [[1, 10], [2, 20], [3, 30], [4, 40], [5, 50], [6, 60]]
    let whole = Clusters(
      names: ["a", "b", "caf\u{e9}", "cafe\u{301}"], columns: 2
    ) { [[2, 20], [11, 110], [3, 30], [5, 50]][$0] }
    let expected = Resamples(of: whole, replicates: 50, seed: 4, jobs: 1)
    for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 3, 4]] {
      let clustering = Clustering(of: order.map { patients[$0] }, named: order.map(String.init))
      let clusters = Clusters(clustering, columns: 2) {
        rows[order[$0]]
      }
      #expect(clusters.names.map { Array($0.utf8) } == whole.names.map { Array($0.utf8) })
      let drawn = Resamples(of: clusters, replicates: 50, seed: 4, jobs: 2)
      for replicate in 0..<50 {
        #expect(drawn.sums(in: replicate) == expected.sums(in: replicate))
      }
    }
  }

  func ratio(_ sums: Span<Double>) -> Double? { sums[1] == 0 ? nil : sums[0] / sums[1] }
}

@Suite("More than 100,000 clusters")
struct GroupedClustersTests {
  @Test("up to 100,000 are drawn one by one")
  func few() {
    let clusters = Clusters(names: (0..<100_000).map { "\($0)" }, columns: 1) { [Double($0)] }
    #expect(clusters.groupedIfMany.names.count == 100_000)
  }

  @Test("more are drawn as 10,000 groups, whose rows add up to the same, in any order of files")
  func many() {
    let count = 100_001
    let names = (0..<count).map { "\($0)" }
    let forwards = Clusters(names: names, columns: 2) { [1, Double($0) / 8] }.groupedIfMany
    let backwards = Clusters(names: names.reversed(), columns: 2) {
      [1, Double(count - 1 - $0) / 8]
    }.groupedIfMany
    // A group of 10 on average is empty once in 22,000.
    #expect((9_995...10_000).contains(forwards.names.count))
    #expect(forwards.sums == [100_001, Double(count * (count - 1) / 2) / 8])
    #expect(forwards.names == backwards.names)
    let a = Resamples(of: forwards, replicates: 3, seed: 1, jobs: 1)
    let b = Resamples(of: backwards, replicates: 3, seed: 1, jobs: 2)
    for replicate in 0..<3 { #expect(a.sums(in: replicate) == b.sums(in: replicate)) }
  }
}

@Suite("What varies with the draw")
struct EstimateTests {
  // A class that one image of six has: of 1000 draws 1/e are without it, 368 ± 15.
  @Test("replicates without support are undefined, counted, and say neither yes nor no")
  func noSupport() {
    let rare = Resamples(
      of: Clusters(names: ["a", "b", "c", "d", "e", "f"], columns: 2) {
        $0 == 2 ? [3, 4] : [0, 0]
      }, replicates: 1000, seed: 1, jobs: 2)
    let undefined = (0..<1000).count { rare.sums(in: $0).first == 0 }
    #expect((318...418).contains(undefined))
    let share = rare.share { sums in sums[1] == 0 ? nil : sums[0] / sums[1] > 0.5 }
    #expect(share == Share(holding: 1000 - undefined, failing: 0, undefined: undefined))
  }

  @Test("without a cluster, what is not a finite number is undefined")
  func notFinite() {
    let clusters = Clusters(names: ["a", "b"], columns: 1) { [Double($0)] }
    let left = clusters.leavingOut(
      of: { [1 / $0[0], .nan, 2 * $0[0]] }, sizes: { [$0[0], 1, 2] })
    #expect(left.map(\.estimate) == [1, nil, 2])
    #expect(left.map(\.others) == [[1, nil], [nil, nil], [2, 0]])
    #expect(left.map(\.sizes) == [[0, 1], [1, 1], [2, 2]])
  }
}

@Suite("Groups of clusters")
struct GroupedClusteringTests {
  @Test("are made where there are more than asked for, whatever the order of the images")
  func grouped() {
    let names = (0..<3000).map { "patient \($0 / 2)" }
    let images = (0..<3000).map { "image \($0)" }
    let clustering = Clustering(of: names, named: images)
    #expect(clustering.grouped(into: 1500).names == clustering.names)
    let groups = clustering.grouped(into: 100)
    #expect(groups.names.count == 100)
    let backwards = Clustering(of: names.reversed(), named: images.reversed())
      .grouped(into: 100)
    #expect(groups.names == backwards.names)
    for group in groups.names.indices {
      let images = groups.images(of: group)
      // In one order, in which their numbers are added up.
      #expect(Array(images) == backwards.images(of: group).map { 2999 - $0 })
      // Whole patients, of two images each.
      for image in images { #expect(images.contains(image ^ 1)) }
    }
  }
}
