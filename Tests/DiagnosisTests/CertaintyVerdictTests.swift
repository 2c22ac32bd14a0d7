import Core
import Counting
import Diagnosis
import Resampling
import Testing

/// What is uncertain is whether a class is poor. Whether the headline shows it is arithmetic.
@Suite("A verdict under uncertainty")
struct CertaintyVerdictTests {
  @Test("a class that is poor in all draws is called what it is, with P(poor) 1")
  func certain() throws {
    let found = try diagnosis(of: Array(repeating: failing, count: 20))
    #expect(found.verdict == .hidden && found.state == .ok && found.tendency == nil)
    #expect(found.certainty?.poorProbability == 1)
    #expect(found.certainty?.pValue == 1.0 / 2001)
  }

  @Test(
    "one that is poor in most draws, but not in 95 %, is UNDETERMINED and says what it would be")
  func undecidedPoor() throws {
    // IoU 0.40, and the images differ as much as they can.
    let found = try diagnosis(of: pattern([missed, missed, right, missed, right], times: 4))
    #expect(found.badness == 0.6 && found.verdict == .undetermined)
    #expect(found.state == .undecided && found.tendency == .hidden)
    let certainty = try #require(found.certainty)
    let probability = try #require(certainty.poorProbability)
    #expect(probability > 0.7 && probability < 0.95)
    #expect(!certainty.isDecided(alpha: 0.05) && certainty.isDecided(alpha: 0.35))
    let interval = try #require(certainty.score)
    #expect(interval.low < 0.4 && interval.high > 0.5)
  }

  @Test("so is one that is not poor here, but in more than 5 % of the draws")
  func undecidedGood() throws {
    let found = try diagnosis(of: pattern([missed, right, right, missed, right], times: 4))
    #expect(isClose(found.badness, 0.4) && found.verdict == .undetermined)
    #expect(found.state == .undecided && found.tendency == .ok)
    #expect(found.certainty?.isPoor == false && found.certainty?.pValue == nil)
  }

  @Test("six times the images of the same kind decide it")
  func decided() throws {
    let kind = [missed, missed, right, missed, right]
    #expect(try diagnosis(of: pattern(kind, times: 4)).verdict == .undetermined)
    #expect(try diagnosis(of: pattern(kind, times: 24)).verdict == .hidden)
  }

  @Test("one very bad image among a few good ones hides nothing")
  func oneBadImage() throws {
    // Its pixels are most of the class: IoU 12 / 112, in one image of twelve.
    let found = try diagnosis(of: [Overlap(onlyTrue: 100)] + pattern([right], times: 12, of: 1))
    #expect(found.badness.map { $0 > 0.8 } ?? false)
    #expect(found.verdict == .undetermined && found.state == .undecided)
  }

  @Test("a draw without the class does not say that it is poor")
  func absentDraws() throws {
    // A single image has it: every third draw or so is without it.
    let found = try diagnosis(of: [failing] + Array(repeating: Overlap(), count: 19))
    let share = try #require(found.certainty?.poorShare)
    #expect(share.failing == 0 && share.holding + share.undefined == 2000)
    #expect(isClose(Double(share.undefined) / 2000, 0.368, 0.03))
    #expect(found.certainty?.poorProbability == 1)
    #expect(found.certainty?.isDecided(alpha: 0.05) == false)
    #expect(found.verdict == .undetermined && found.state == .lowSupport)
  }

  @Test("several poor classes are proven together, with draws enough to do so")
  func several() throws {
    for count in 1...4 {
      let images = (0..<20).map { _ in
        [background] + Array(repeating: failing, count: count) + [right]
      }
      let certainties = try diagnoses(of: images).compactMap(\.certainty)
      let replicates = max(2000, count * 800)
      for certainty in certainties[1...count] {
        #expect(certainty.poorShare.replicates == replicates)
        #expect(isClose(certainty.pValue, Double(count) / Double(replicates + 1)))
      }
      #expect(certainties[0].pValue == nil && certainties[count + 1].pValue == nil)
    }
  }

  @Test("more images narrow the interval of the headroom, and leave the verdict as it is")
  func arithmetic() throws {
    let kind = (0..<20).map { Overlap(both: 1, onlyTrue: 8 + $0 % 5) }
    let (few, many) = (try diagnosis(of: kind), try diagnosis(of: pattern(kind, times: 9)))
    #expect(isClose(few.headroom, many.headroom ?? .nan))
    #expect(few.verdict == .hidden && many.verdict == .hidden)
    let (wide, narrow) = (try #require(few.headroomInterval), try #require(many.headroomInterval))
    #expect(narrow.high - narrow.low < (wide.high - wide.low) / 2)
  }

  @Test("borderline is a class whose headroom other images would put beyond the tolerance")
  func borderline() throws {
    func isBorderline(missing: Int) throws -> Bool {
      let kind = pattern(
        [missing - 8, missing + 8].map { Overlap(both: 1, onlyTrue: $0) }, times: 10)
      let diagnosis = try run(of: kind.map { [background, $0] })
      #expect(diagnosis.classes[1].verdict == .hidden)
      return diagnosis.isBorderline(diagnosis.classes[1])
    }
    // The tolerance is 1 % of 2,000 answers an image: 20 of them.
    #expect(try isBorderline(missing: 19))
    #expect(try !isBorderline(missing: 10))
  }

  @Test("a selective headline has an interval, and none of what one class could add")
  func selective() throws {
    let diagnosis = try run(
      of: (0..<20).map { [background, Overlap(both: 1, onlyTrue: 8 + $0 % 5)] },
      by: "pool(batch, image, pixel) > score > min(class)", measure: "iou")
    #expect(diagnosis.printedInterval != nil)
    #expect(diagnosis.classes.allSatisfy { $0.headroomInterval == nil && $0.reachInterval == nil })
  }

  // MARK: Drawing

  let pixels = 1000
  let right = Overlap(both: 10)
  let missed = Overlap(onlyTrue: 10)
  let failing = Overlap(both: 1, onlyTrue: 9)
  var background: Overlap { Overlap(both: pixels) }

  private func pattern(_ images: [Overlap], times: Int, of size: Int? = nil) -> [Overlap] {
    let images = images.map { overlap in
      size.map { Overlap(both: overlap.both > 0 ? $0 : 0) } ?? overlap
    }
    return (0..<times).flatMap { _ in images }
  }

  /// A rare class beside a large one, under the share of right answers.
  private func diagnosis(of images: [Overlap]) throws -> ClassDiagnosis {
    try diagnoses(of: images.map { [background, $0] })[1]
  }

  private func diagnoses(of images: [[Overlap]]) throws -> [ClassDiagnosis] {
    try run(of: images).classes
  }

  private func run(
    of images: [[Overlap]], by chain: String = "pool(batch, image, pixel, class) > score",
    measure name: String = "accuracy"
  ) throws -> Diagnosis {
    let measure = try measure(name, areClassesExclusive: false)
    let headline = try headline(measure, chain)
    let whole = images.map { overlaps in
      overlaps.map { overlap in
        var whole = overlap
        whole.neither = pixels - overlap.union
        return whole
      }
    }
    let run = measurements(whole, of: measure, classes: classes(images[0].count))
    let bootstrap = Bootstrap(of: run, poor: headline.poor, jobs: 2)
    return Diagnosis(of: run, for: headline, by: bootstrap)
  }
}
