import Core
import Counting
import Raster
import Testing

@Suite("Counting decisions")
struct DecisionCountingTests {
  @Test("a pixel that is ignored does not count, one of no class counts as no class")
  func labels() throws {
    let truth = Drawing("0011/22.-/-..0")
    // The prediction's own unlisted labels, here `.`, are misses.
    let predicted = Drawing("0112/2..0/0.1.")
    let tally = try tally(
      pair(.labels(predicted.labels), .labels(truth.labels), width: truth.width), classes: 3,
      exclusive: true)
    #expect(tally.pixels == 10)
    #expect(tally.unclassed == 3)
    #expect(tally.overlapping == 0)
    #expect(
      tally.confusion
        == Confusion([
          .init(truth: 0, predicted: 0, count: 1), .init(truth: 0, predicted: 1, count: 1),
          .init(truth: 0, predicted: 3, count: 1), .init(truth: 1, predicted: 1, count: 1),
          .init(truth: 1, predicted: 2, count: 1), .init(truth: 2, predicted: 2, count: 1),
          .init(truth: 2, predicted: 3, count: 1), .init(truth: 3, predicted: 3, count: 2),
          .init(truth: 3, predicted: 1, count: 1),
        ]))
    #expect(
      tally.classes.map(\.overlap) == [
        Overlap(both: 1, onlyTrue: 2, neither: 7),
        Overlap(both: 1, onlyTrue: 1, onlyPredicted: 2, neither: 6),
        Overlap(both: 1, onlyTrue: 1, onlyPredicted: 1, neither: 7),
      ])
  }

  @Test("masks may overlap: pixels of several classes and of none are told")
  func masks() throws {
    let truth = [Drawing("1100/1000"), Drawing("0110/1000")].map(\.mask)
    let predicted = [Drawing("1000/0001"), Drawing("1111/0000")].map(\.mask)
    let tally = try tally(pair(.masks(predicted), .masks(truth), width: 4), classes: 2)
    #expect(tally.pixels == 8)
    #expect(tally.overlapping == 2)
    #expect(tally.unclassed == 4)
    #expect(tally.confusion == .zero)
    #expect(
      tally.classes.map(\.overlap) == [
        Overlap(both: 1, onlyTrue: 2, onlyPredicted: 1, neither: 4),
        Overlap(both: 2, onlyTrue: 1, onlyPredicted: 2, neither: 3),
      ])
  }

  @Test("a pixel of masks that does not count is taken off once, however many classes there are")
  func standings() throws {
    let truth = Truth.masks([Drawing("1100").mask, Drawing("0110").mask])
      .counted(where: Plane(row: [1, 1, 1, 0]))
    let predicted = [Drawing("1101"), Drawing("0000")].map(\.mask)
    let tally = try tally(pair(.masks(predicted), truth), classes: 2)
    #expect(tally.pixels == 3)
    #expect(tally.overlapping == 1)
    #expect(tally.unclassed == 0)
    #expect(
      tally.classes.map(\.overlap) == [
        Overlap(both: 2, neither: 1), Overlap(onlyTrue: 2, neither: 1),
      ])
  }

  @Test("predicted masks can be compared with a label map, ignored pixels left out")
  func masksAndLabels() throws {
    let predicted = [Drawing("1101").mask, Drawing("0111").mask]
    let tally = try tally(pair(.masks(predicted), .labels(Drawing("01.-").labels)), classes: 2)
    #expect(tally.pixels == 3)
    #expect(tally.classes[0].overlap == Overlap(both: 1, onlyPredicted: 1, neither: 1))
    #expect(tally.classes[1].overlap == Overlap(both: 1, onlyPredicted: 1, neither: 1))
  }

  @Test("what is predicted where the truth does not count is told apart, whatever the planes hold")
  func onIgnored() throws {
    let truth = Truth.labels(Drawing("0.---").labels)
    // 128 is the threshold itself.
    let levels: [UInt8] = [255, 0, 128, 129, 255]
    let shares = levels.map { Double($0) / 255 }
    for prediction: Prediction in [
      .levels([levels]), .probabilities([plane(shares, .u2)]), .probabilities([plane(shares)]),
      .probabilities([plane(shares, .f8)]), .masks([levels.map { $0 > 128 ? 1 : 0 }]),
    ] {
      let tally = try tally(pair(prediction, truth), classes: 1, threshold: 128.0 / 255)
      #expect(tally.classes[0].onIgnored == 2)
      #expect(tally.classes[0].overlap == Overlap(both: 1, neither: 1))
    }
    let labels = try tally(
      pair(.labels(Drawing("0.100").labels), truth), classes: 2, exclusive: true)
    #expect(labels.classes.map(\.onIgnored) == [2, 1])
  }

  @Test("an image without pixels counts nothing")
  func empty() throws {
    let tally = try tally(pair(.labels([]), .labels([])), classes: 2, exclusive: true)
    #expect(tally.pixels == 0)
    #expect(tally.classes.map(\.overlap) == [.zero, .zero])
  }
}
