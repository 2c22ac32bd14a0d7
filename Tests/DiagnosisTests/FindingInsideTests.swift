import Core
import Diagnosis
import Raster
import Tables
import Testing

@Suite("Findings: inside a class")
struct FindingInsideTests {
  @Test("half of what is missed lies in few images, which are named")
  func concentration() throws {
    // Eight images with ten pixels each: two are missed, the others nearly found.
    let found = try only(.concentration, [0, 0, 9, 9, 9, 9, 9, 9])
    #expect(found?.numbers["places"] == 2 && found?.numbers["of_places"] == 8)
    #expect(isClose(found?.numbers["missed_share"], 20.0 / 26))
    #expect(isClose(found?.numbers["pixel_share"], 0.25))
    #expect(found?.sentence.plain.contains("(0 and 1)") == true)
    #expect(try only(.concentration, [5, 5, 5, 5, 5, 5, 5, 5]) == nil)
    #expect(try only(.concentration, [0, 9, 9]) == nil)
  }

  @Test("or in few groups")
  func groups() throws {
    var measurements = try run([0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9])
    for index in measurements.evidence.images.indices {
      measurements.evidence.images[index].group = "city \(index / 3)"
    }
    let found = findings(measurements, try iou).filter { $0.kind == .concentration }
    #expect(found.count == 2)
    #expect(found[0].sentence.plain.contains("in 1 of the 4 groups that have it (city 0)"))
    #expect(isClose(found[0].numbers["missed_share"], 21.0 / 30))
  }

  @Test("images in which nothing of the class was found are counted, the largest named")
  func missed() throws {
    let found = try only(.missedImages, [0, 0, 1, 1])
    #expect(
      found?.sentence.plain
        == "b: found in 2 of the 4 images that have it and missed entirely in 2, which have 50.0 % of its pixels."
    )
    #expect(found?.advice.plain == "Look at 0, 1 and 2 first: there most is missed.")
    #expect(try only(.missedImages, [1, 1, 1, 1]) == nil)
  }

  @Test("what is wrong at the border is told from what is wrong inside, unless all is border")
  func border() throws {
    func finding(_ border: BorderCounts, within radius: Int? = 2) throws -> Finding? {
      // 80 pixels in eight images, of which 56 are missed.
      var measurements = try run([3, 3, 3, 3, 3, 3, 3, 3])
      measurements.evidence.scheme.border = radius
      measurements.evidence.images[0].tally.classes[1].border = border
      return findings(measurements, try iou).first { $0.kind == .border }
    }
    let outline = try finding(BorderCounts(own: 30, missed: 50))
    #expect(isClose(outline?.numbers["share_at_border"], 50.0 / 56))
    #expect(
      outline?.sentence.plain
        == "b: 89.3 % of what is wrong of it lies within 2 pixels of its border, where 37.5 % of its pixels are."
    )
    #expect(
      try finding(BorderCounts(own: 30, missed: 5))?.remedy.plain.contains("whole parts") == true)
    #expect(try finding(BorderCounts(own: 30, missed: 28)) == nil)
    #expect(try finding(BorderCounts(own: 60, missed: 56)) == nil, "all is border")
    #expect(try finding(BorderCounts(own: 30, missed: 50), within: nil) == nil, "not counted")
  }

  @Test("recall by thirds of the images, by how much of the class they have")
  func sizes() throws {
    let areas = [1, 2, 3, 10, 20, 30, 100, 200, 300]
    let both = [0, 0, 0, 1, 2, 3, 40, 80, 120]
    let images = zip(areas, both).map { area, both in
      [
        Overlap(both: 400, onlyPredicted: 0, neither: 600),
        Overlap(both: both, onlyTrue: area - both, neither: 1000 - area),
      ]
    }
    let measure = try measure("iou", areClassesExclusive: false)
    let list = classes(2)
    let found = findings(measurements(images.shuffledByHand, of: measure, classes: list), try iou)
      .first { $0.kind == .size }
    #expect(found?.numbers["recall_small"] == 0)
    #expect(isClose(found?.numbers["recall_medium"], 0.1))
    #expect(isClose(found?.numbers["recall_large"], 0.4))
    #expect(found?.sentence.plain.contains("(1 to 3 pixels)") == true)
    #expect(try only(.size, [1, 2, 3]) == nil)
  }

  @Test("a class that is invented rather than missed is told so")
  func polarity() throws {
    let images = [
      [
        Overlap(both: 50, onlyTrue: 0, neither: 50),
        Overlap(both: 9, onlyTrue: 1, onlyPredicted: 90),
      ]
    ]
    let measure = try measure("iou", areClassesExclusive: false)
    let found = findings(measurements(images, of: measure, classes: classes(2)), try iou)
      .first { $0.kind == .polarity }
    #expect(isClose(found?.numbers["missed_share"], 0.1))
    #expect(isClose(found?.numbers["invented_share"], 90.0 / 99))
    #expect(found?.remedy.plain.hasPrefix("It is invented rather than missed") == true)
  }

  // MARK: Audibility

  @Test(
    "a class that is missed entirely adds its weight times the loss of a miss, at most",
    arguments: [
      ("bce", 16.11809565095832), ("torch-bce", 100), ("tf-keras-bce", 15.42494847),
    ])
  func audibility(name: String, cost: Double) throws {
    // One own pixel of 10,000 in one of two classes.
    let truth = Truth.masks([
      .init(repeating: 1, count: 5000) + .init(repeating: 0, count: 5000),
      [1] + .init(repeating: 0, count: 9999),
    ])
    let p = (0..<10000).map { $0 < 5000 ? 0.9 : 0.1 }
    let image = ImagePair(truth: truth, probabilities: [p, .init(repeating: 0.001, count: 10000)])
    let run = DrawnRun(
      classes: classes(2), images: Array(repeating: image, count: 10), areClassesExclusive: false)
    let measure = try measure(name, areClassesExclusive: false)
    let measurements = try run.measurements(of: measure)
    let diagnosis = Diagnosis(
      of: measurements, for: try headline(measure, "mean(class) > mean(pixel, image, batch)"))
    let examination = Examination(of: measurements, for: diagnosis)
    #expect(isClose(examination.ceilings[1], cost / 20000, 1e-7))
    #expect(isClose(examination.ceilings[0], cost / 4, 1e-7))
    var logits = measurements
    logits.evidence.scheme.kind = .logits
    let ofLogits = Examination(of: logits, for: diagnosis)
    #expect(ofLogits.ceilings == [nil, nil])
    let found = examination.findings.filter { $0.kind == .audibility }
    let isInaudible = cost / 20000 < (diagnosis.tolerance ?? 0)
    #expect(found.first?.className == "b")
    #expect(found.first?.sentence.plain.contains("inaudible by construction") == isInaudible)
  }

  @Test("a score has no ceiling")
  func noCeiling() throws {
    let measurements = try run([1, 1])
    let diagnosis = Diagnosis(of: measurements, for: try iou)
    let examination = Examination(of: measurements, for: diagnosis)
    #expect(examination.ceilings.allSatisfy { $0 == nil })
    #expect(examination.curves.isEmpty)
  }

  // MARK: Drawing

  private var iou: Headline {
    get throws {
      try headline(
        measure("iou", areClassesExclusive: false),
        "pool(batch, image, pixel) > score > mean(class)", poor: 0.99)
    }
  }

  /// Images with ten pixels of b, of which so many are found; a is perfect.
  private func run(_ found: [Int]) throws -> Measurements {
    let images = found.map { both in
      [
        Overlap(both: 40, neither: 60), Overlap(both: both, onlyTrue: 10 - both, neither: 90),
      ]
    }
    return measurements(
      images, of: try measure("iou", areClassesExclusive: false), classes: classes(2))
  }

  private func only(_ kind: Finding.Kind, _ found: [Int]) throws -> Finding? {
    let findings = findings(try run(found), try iou).filter { $0.kind == kind }
    #expect(findings.count <= 1)
    return findings.first
  }
}

extension Array {
  /// In another order, always the same.
  fileprivate var shuffledByHand: [Element] { indices.map { self[($0 * 4 + 2) % count] } }
}
