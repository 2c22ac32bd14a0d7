import Core
import Counting
import Raster
import Testing

@Suite("Scores of decisions")
struct ScoreTests {
  @Test("compare two drawn masks")
  func masks() throws {
    let tally = try tally(
      pair(.masks([Drawing("0110/0100").mask]), .masks([Drawing("0111/0010").mask])), classes: 1)
    #expect(tally.classes[0].overlap == Overlap(both: 2, onlyTrue: 2, onlyPredicted: 1, neither: 3))
    func value(_ name: String) throws -> Double? { try measure(name).value(of: tally.classes[0]) }
    #expect(try value("iou") == 2.0 / 5)
    #expect(try value("dice") == 4.0 / 7)
    #expect(try value("precision") == 2.0 / 3)
    #expect(try value("recall") == 2.0 / 4)
    #expect(try value("accuracy") == 5.0 / 8)
  }

  @Test("accuracy of exclusive classes asks each pixel once, for its true class")
  func exclusiveAccuracy() throws {
    let tally = try tally(
      pair(.labels(Drawing("0012/2.12").labels), .labels(Drawing("0111/201-").labels)), classes: 3,
      exclusive: true)
    let accuracy = try measure("accuracy", exclusive: true)
    #expect(tally.classes.map(accuracy.value) == [1.0 / 2, 2.0 / 4, 1])
    let pooled = tally.classes.reduce(.zero, +)
    #expect(accuracy.value(of: pooled) == 4.0 / 7)
  }

  @Test("κ of exclusive classes is of all of them, of others of each")
  func kappa() throws {
    // Right are 6 of 8; by chance 1/8·1/8 + 4/8·4/8 + 3/8·3/8 of them.
    let tally = try tally(
      pair(.labels(Drawing("0112/2112").labels), .labels(Drawing("0111/2122").labels)), classes: 3,
      exclusive: true)
    let all = tally.classes.map(\.overlap)
    guard case .joint(let joint)? = try measure("kappa", exclusive: true).ratio as? Ratio<Overlap>
    else {
      Issue.record("κ of exclusive classes pools them")
      return
    }
    // cohen_kappa_score of scikit-learn 1.9.1.
    let value = try #require(joint(all))
    #expect(isClose(value, 0.578_947_368_421_052_7, within: 1e-15))
    let kappa = try measure("kappa")
    let mask = ClassTally(overlap: Overlap(both: 2, onlyTrue: 1, onlyPredicted: 1, neither: 4))
    // Right are 6 of 8, by chance 3·3 + 5·5 of 64.
    #expect(kappa.value(of: mask) == 14.0 / 30)
    #expect(kappa.value(of: ClassTally(overlap: Overlap(both: 4))) == nil)
    #expect(kappa.value(of: ClassTally(overlap: .zero)) == nil)
  }

  @Test("do not exist where they would divide by 0")
  func undefined() throws {
    let nowhere = Overlap(neither: 2)
    let onlyPredicted = Overlap(onlyPredicted: 2)
    let onlyTrue = Overlap(onlyTrue: 2)
    func values(_ name: String) throws -> [Double?] {
      let measure = try measure(name)
      return [nowhere, onlyPredicted, onlyTrue, .zero].map { overlap in
        measure.value(of: ClassTally(overlap: overlap))
      }
    }
    #expect(try values("iou") == [nil, 0, 0, nil])
    #expect(try values("dice") == [nil, 0, 0, nil])
    #expect(try values("precision") == [nil, 0, nil, nil])
    #expect(try values("recall") == [nil, nil, 0, nil])
    #expect(try values("accuracy") == [1, 0, 0, nil])
  }

  @Test("a probability at the threshold is no prediction, in the precision in which it is saved")
  func threshold() throws {
    let truth = Truth.labels([0, 0, 0])
    for threshold in [0.5, 0.7, 0.1, 1.0 / 3] {
      let single = Float(threshold)
      let around = [Double(single.nextDown), Double(single), Double(single.nextUp)]
      let singles = try tally(
        pair(.probabilities([plane(around)]), truth), classes: 1, threshold: threshold)
      #expect(singles.classes[0].overlap == Overlap(both: 1, onlyTrue: 2), "\(threshold)")
      let precise = [threshold.nextDown, threshold, threshold.nextUp]
      let doubles = try tally(
        pair(.probabilities([plane(precise, .f8)]), truth), classes: 1, threshold: threshold)
      #expect(doubles.classes[0].overlap == Overlap(both: 1, onlyTrue: 2), "\(threshold)")
    }
  }

  @Test("a threshold that is a level leaves exactly the levels above it")
  func levels() throws {
    let levels = (0...255).map { UInt8($0) }
    let floats = plane(levels.map { Double(Float($0) / 255) })
    let wide = plane(levels.map { Double($0) / 255 }, .u2)
    let truth = Truth.labels(.init(repeating: 0, count: 256))
    for level in 0...255 {
      let threshold = Double(level) / 255
      let expected = Overlap(both: 255 - level, onlyTrue: level + 1)
      for prediction: Prediction in [
        .levels([levels]), .probabilities([floats]), .probabilities([wide]),
      ] {
        let tally = try tally(pair(prediction, truth), classes: 1, threshold: threshold)
        #expect(tally.classes[0].overlap == expected)
      }
    }
  }

  @Test("what is exactly at the threshold is counted apart, for who predicts it")
  func ties() throws {
    let threshold = 51.0 / 255
    var given = scheme(1, threshold: threshold)
    given.ties = true
    let single = Float(threshold)
    let singles = [single, single, single.nextDown, single.nextUp].map(Double.init)
    let doubles = [threshold, threshold, threshold.nextDown, threshold.nextUp]
    for prediction: Prediction in [
      .levels([[51, 51, 50, 52]]), .probabilities([plane(singles)]),
      .probabilities([plane(doubles, .f8)]),
    ] {
      var counter = try Counter(for: Needs(given))
      let tally = try counter.count(
        pair(prediction, .labels([0, .none, 0, .none])), in: Region(width: 4, height: 1))
      let found = tally.classes[0]
      #expect(found.overlap == Overlap(onlyTrue: 2, onlyPredicted: 1, neither: 1))
      #expect(found.ties == TieCounts(own: 1, other: 1))
      #expect(
        TiedOverlap(found) == TiedOverlap(Overlap(both: 1, onlyTrue: 1, onlyPredicted: 2)))
    }
  }

  @Test("a logit is predicted where its sigmoid, rounded as it is saved, is above the threshold")
  func logits() throws {
    let logits = [-1, 0, 1e-9, 1e-3, 800]
    let truth = Truth.labels(.init(repeating: 0, count: 5))
    let single = try tally(pair(.logits([plane(logits)]), truth), classes: 1)
    #expect(single.classes[0].overlap == Overlap(both: 2, onlyTrue: 3))
    let double = try tally(pair(.logits([plane(logits, .f8)]), truth), classes: 1)
    #expect(double.classes[0].overlap == Overlap(both: 3, onlyTrue: 2))
  }
}
