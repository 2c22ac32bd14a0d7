import Core
import Counting
import Raster
import Testing

// A plain loop over pixels says the same as runs do.

@Suite("Labels as runs")
struct LabelRunsTests {
  static let sizes = [
    (1, 1), (1, 40), (40, 1), (3, 5), (16, 16), (17, 33), (64, 64), (65, 63), (130, 50), (100, 200),
  ]

  /// Labels column by column, which change at a pixel with this probability.
  private func labels(_ pixels: Int, _ change: Double, of classes: Int, seed: UInt64) -> [Label] {
    let random = drawn(2 * pixels, seed: seed)
    var label: Label = 0
    return (0..<pixels).map { pixel in
      if pixel == 0 || random[2 * pixel] < change {
        label = Label(random[2 * pixel + 1] * Double(classes + 2))
      }
      return label == classes ? .none : label == classes + 1 ? .ignored : label
    }
  }

  /// For each label but `.none` a mask.
  private func masks(_ labels: [Label]) -> [LabelRuns.Mask] {
    Set(labels).subtracting([.none]).sorted().map { label in
      var runs: [Run] = []
      for (pixel, own) in labels.enumerated() where own == label {
        if let last = runs.last, last.start + last.count == pixel {
          runs[runs.count - 1].count += 1
        } else {
          runs.append(Run(start: UInt32(pixel), count: 1))
        }
      }
      return LabelRuns.Mask(label: label, runs: runs)
    }
  }

  private func pixels(of runs: LabelRuns) -> [Label] {
    var labels: [Label] = []
    for piece in runs.pieces {
      labels += repeatElement(piece.label, count: Int(piece.end) - labels.count)
    }
    return labels
  }

  @Test("are those of their masks", arguments: [0, 0.02, 0.3, 1])
  func masks(change: Double) throws {
    for (width, height) in Self.sizes {
      for classes in [1, 3, 300] {
        let labels = labels(width * height, change, of: classes, seed: UInt64(width))
        let runs = try LabelRuns(masks(labels), width: width, height: height) { _ in "" }
        #expect(pixels(of: runs) == labels)
        #expect(zip(runs.pieces, runs.pieces.dropFirst()).allSatisfy { $0.label != $1.label })
        #expect(runs.pieces == LabelRuns(columns: labels, height: height).pieces)
      }
    }
  }

  @Test("of masks of two classes name the first pixel that has both")
  func overlapping() throws {
    let runs = [
      LabelRuns.Mask(label: 0, runs: [Run(start: 0, count: 2), Run(start: 5, count: 4)]),
      LabelRuns.Mask(label: 1, runs: [Run(start: 3, count: 2), Run(start: 8, count: 1)]),
    ]
    let names = ["'road'", "7"]
    do throws(Problem) {
      _ = try LabelRuns(runs, width: 4, height: 3) { names[$0] }
      Issue.record("was read")
    } catch {
      #expect(
        error.what
          == "has the pixel at row 2, column 2 in the masks of two classes, 'road' and 7")
    }
    // Two masks of one class may.
    var same = runs
    same[1].label = 0
    #expect(
      pixels(of: try LabelRuns(same, width: 4, height: 3) { _ in "" })
        == [0, 0, .none, 0, 0, 0, 0, 0, 0, .none, .none, .none])
    // What no mask has may have a label as well.
    #expect(
      pixels(of: try LabelRuns(same, width: 4, height: 3, rest: 5) { _ in "" })
        == [0, 0, 5, 0, 0, 0, 0, 0, 0, 5, 5, 5])
    #expect(pixels(of: try LabelRuns([], width: 2, height: 1) { _ in "" }) == [.none, .none])
  }

  @Test("are painted as they are, column by column and row by row", arguments: [0, 0.02, 0.3, 1])
  func painted(change: Double) throws {
    for (width, height) in Self.sizes {
      for classes in [3, 300] {
        let labels = labels(width * height, change, of: classes, seed: UInt64(height))
        let rows = (0..<width * height).map { labels[$0 % width * height + $0 / width] }
        let runs = LabelRuns(columns: labels, height: height)
        #expect(runs.map.labels == rows)
        let painted = runs.painted()
        #expect(painted.width == width && painted.height == height)
        if painted.element == .u1 {
          #expect(LabelMap(painted, meaning: LabelRuns.meanings).labels == rows)
        } else {
          var read = rows.map { _ in Label(1) }
          var target = read.mutableSpan
          painted.load(0..<painted.pixels, into: &target)
          #expect(read == rows)
        }
      }
    }
  }

  @Test("are counted as their pixels are", arguments: [0, 0.02, 0.3, 1])
  func counted(change: Double) throws {
    for (width, height) in Self.sizes {
      for classes in [3, 300] {
        let sides = [1, 2].map { seed in
          LabelRuns(
            columns: labels(width * height, change, of: classes, seed: seed), height: height)
        }
        let pair = ImagePair(
          name: "a", width: width, height: height, prediction: .labels(sides[1].map),
          truth: .labels(sides[0].map))
        let expected = try tally(pair, classes: classes, exclusive: true)
        let counter = Counter(for: try Needs(scheme(classes, exclusive: true)))
        let counted = counter.finished(counter.count(truth: sides[0], predicted: sides[1]))
        #expect(counted.tally == expected)
      }
    }
  }
}
