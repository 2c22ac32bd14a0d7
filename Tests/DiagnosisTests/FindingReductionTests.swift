import Core
import Diagnosis
import Raster
import Tables
import Testing

@Suite("Findings: what reveals a hidden class")
struct FindingReductionTests {
  /// A rare class in 10 of 100 images, of which one pixel in four is found.
  static let rare: DrawnRun = {
    let road = String(repeating: "a", count: 96)
    return DrawnRun(
      classes: classes(2),
      images: Array(repeating: ImagePair(truth: road + "bbbb", predicted: road + "aaab"), count: 10)
        + Array(repeating: ImagePair(truth: road, predicted: road), count: 90))
  }()
  static let micro = "pool(batch, image, pixel, class) > score"

  // MARK: The family

  @Test("a class that pixel accuracy hides is shown by scores by class")
  func family() throws {
    let found = try findings(Self.rare, "accuracy", Self.micro).filter { $0.kind == .revealing }
    #expect(found.map(\.className) == ["b"])
    #expect(
      found[0].snippet?.text == "revealing: \"pool(batch, image, pixel) > score > mean(class)\"")
    #expect(found[0].advice.plain == "Add this chain under reduce and watch accuracy by it.")
  }

  @Test(
    "a chain that is to be pasted can be, and shows the class",
    arguments: [
      ("accuracy", micro), ("iou", micro),
      ("iou", "pool(pixel) > score > mean(class) > mean(image, batch)"),
      ("dice", "pool(pixel) > score > mean(image, batch else 1) > mean(class)"),
    ])
  func pasted(name: String, chain: String) throws {
    let measure = try measure(name)
    let measurements = try Self.rare.measurements(of: measure)
    let found = try findings(Self.rare, name, chain)
    let reductions = found.filter { $0.kind == .revealing || $0.kind == .smallestEdit }
    #expect(reductions.map(\.kind) == [.revealing, .smallestEdit])
    for finding in reductions {
      let text = try #require(finding.snippet?.text.split(separator: "\"").last)
      let diagnosis = Diagnosis(of: measurements, for: try headline(measure, String(text)))
      #expect(diagnosis.classes[1].verdict == .exposed)
      #expect(isClose(finding.numbers["value"], try #require(diagnosis.printed)))
    }
  }

  @Test("where nothing is hidden nothing is to be revealed")
  func nothingHidden() throws {
    let chain = "pool(batch, image, pixel) > score > mean(class)"
    let kinds = try findings(Self.rare, "iou", chain).map(\.kind)
    #expect(!kinds.contains(.revealing) && !kinds.contains(.smallestEdit))
  }

  @Test("classes that the same reductions show share a finding")
  func together() throws {
    let road = String(repeating: "a", count: 96)
    let image = ImagePair(truth: road + "bbcc", predicted: road + "aaaa")
    let run = DrawnRun(classes: classes(3), images: Array(repeating: image, count: 10))
    let found = try findings(run, "accuracy", Self.micro).filter { $0.kind == .revealing }
    #expect(found.count == 1 && found[0].className == nil)
    #expect(found[0].sentence.plain.hasPrefix("b and c: "))
  }

  @Test("a categorical loss is taken class by class")
  func categorical() throws {
    let truth = String(repeating: "a", count: 400) + String(repeating: "b", count: 399) + "c"
    let said = ["a": [0.9, 0.05, 0.05], "b": [0.05, 0.9, 0.05], "c": [0.6, 0.3, 0.1]]
    let image = ImagePair(
      truth: .labels(labels(truth)),
      probabilities: (0..<3).map { c in truth.map { said[String($0)]?[c] ?? 0 } })
    let run = DrawnRun(classes: classes(3), images: Array(repeating: image, count: 10))
    let found = try findings(run, "ce", "mean(class) > mean(pixel, image, batch)")
    let revealing = try #require(found.first { $0.kind == .revealing })
    #expect(revealing.className == "c")
    #expect(revealing.snippet?.text.contains("balanced") == false)
  }

  // MARK: The smallest edit

  @Test(
    "every chain one step away can be pasted, stands once, and is another one",
    arguments: [
      micro, "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)",
      "pool(pixel) > score(if: truth) > mean(class else 1) > mean(image, batch)",
      "mean(class, pixel, image, by: class-weights) > mean(batch)",
    ])
  func edits(text: String) throws {
    let chain = try Chain(parsing: text)
    let found = chain.edits(worst: .largest, weights: Chain.Weight.allCases)
      .map(\.chain.description)
    #expect(!found.contains(chain.description) && Set(found).count == found.count)
    for edit in found {
      let parsed = try Chain(parsing: edit)
      #expect(parsed.description == edit && parsed.axes == chain.axes)
    }
  }

  @Test("pooled classes are a step away from averaged ones, and images too")
  func microEdits() throws {
    let edits = try Chain(parsing: Self.micro).edits(worst: .smallest, weights: [])
    #expect(
      edits.map(\.chain.description) == [
        "pool(batch, image, pixel) > score > mean(class)",
        "pool(pixel, class) > score > mean(image, batch)",
        "pool(image, pixel, class) > score > mean(batch)",
      ])
    #expect(
      edits.map(\.change) == [
        "mean(class) after the score", "mean(image, batch) after the score",
        "mean(batch) after the score",
      ])
  }

  @Test("steps are swapped first, then weighed, then given another operation")
  func order() throws {
    let chain = try Chain(parsing: "mean(pixel, image, batch) > mean(class)")
    let edits = chain.edits(worst: .largest, weights: [.truth, .inversePrevalence])
    #expect(
      edits.map(\.chain.description) == [
        "mean(class) > mean(pixel, image, batch)",
        "mean(pixel, image, batch, by: truth) > mean(class)",
        "mean(pixel, image, batch) > mean(class, by: truth)",
        "mean(pixel, image, batch) > mean(class, by: inverse-prevalence)",
        "sum(pixel, image, batch) > mean(class)",
        "max(pixel, image, batch) > mean(class)",
        "worst(5%)(pixel, image, batch) > mean(class)",
        "mean(pixel, image, batch) > sum(class)",
        "mean(pixel, image, batch) > max(class)",
        "mean(pixel, image, batch) > worst(5%)(class)",
      ])
  }

  @Test("where one step does not do, two are taken")
  func twoSteps() throws {
    let chain = "pool(pixel, class) > score > mean(image, batch)"
    let found = try findings(Self.rare, "iou", chain).filter { $0.kind == .smallestEdit }
    #expect(found.count == 1)
    #expect(found[0].sentence.plain.contains(", and "))
    #expect(found[0].snippet?.text.contains("mean(class)") == true)
  }
}

/// Everything noticed about a drawn run under one headline.
func findings(
  _ run: DrawnRun, _ name: String, _ chain: String, poor limit: Double = 0.5
) throws -> [Finding] {
  let measure = try measure(name, areClassesExclusive: run.areClassesExclusive)
  return findings(try run.measurements(of: measure), try headline(measure, chain, poor: limit))
}

func findings(_ measurements: Measurements, _ headline: Headline) -> [Finding] {
  Examination(
    of: measurements, for: Diagnosis(of: measurements, for: headline),
    measures: [headline.leading.measure]
  ).findings
}
