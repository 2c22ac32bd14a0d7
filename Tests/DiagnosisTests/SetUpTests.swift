import Core
import Counting
import Diagnosis
import Raster
import Tables
import Testing

@Suite("Faults of the set-up, by what each class is predicted as")
struct SetUpTests {
  @Test("labels that look permuted are an error, with the order that fits")
  func permuted() throws {
    let image = ImagePair(truth: "aaabbbccc", predicted: "bbbcccaac")
    // One image may be a model's mistake.
    #expect(try only([image])?.severity == .warning)
    let found = try only(Array(repeating: image, count: 4))
    // c is named a, a b, b c; one pixel of c was c.
    #expect(found?.severity == .error)
    #expect(found?.numbers["mean_iou"].map { $0 < 0.1 } == true)
    #expect(isClose(found?.numbers["renamed"], (1 + 2.0 / 3 + 3.0 / 4) / 3))
    #expect(found?.lines == ["classes: [c, a, b]"])
    #expect(found?.statement.plain.contains("a holds c, b holds a and c holds b") == true)
  }

  @Test("labels off by one are told from a permutation, also where one is outside the list")
  func offByOne() throws {
    let up = try only([ImagePair(truth: "aabbccdd", predicted: "bbccdd..")])
    #expect(up?.title.plain == "predicted labels look off by one")
    #expect(up?.numbers["renamed"] == 1)
    #expect(
      try only([ImagePair(truth: "bbccdd", predicted: "aabbcc")])?.numbers["renamed"] == 1)
  }

  @Test("a renaming that helps a little is a warning, and one that does not help is nothing")
  func small() throws {
    #expect(try only([ImagePair(truth: "aaabbbccc", predicted: "aaabbcccc")]) == nil)
    // Of c one pixel of ten is taken for itself, and seven for d, whose own are found.
    let found = try only([
      ImagePair(truth: "aaaaaaaaaabbbbbbbbbbccccccd", predicted: "aaaaaaaaaabbbbbbbbbbccddddc")
    ])
    #expect(found?.severity == .warning)
  }

  @Test("a class that no truth has keeps the title from being well")
  func absent() throws {
    let faults = try SetUp(
      of: run([ImagePair(truth: "aabb", predicted: "aabc")]).measurements(of: measure("iou"))
    ).faults
    #expect(faults.map(\.kind) == [.absentFromTruth])
    #expect(faults.first?.title.plain == "c is in no truth")
  }

  @Test("what is accepted is told and withholds nothing")
  func accepted() throws {
    let measurements = try run([ImagePair(truth: "aaabbbccc", predicted: "bbbcccaac")])
      .measurements(of: measure("iou"))
    let faults = SetUp(of: measurements, accepting: [.shuffledLabels]).faults
    #expect(faults.map(\.severity) == [.accepted])
    #expect(!faults.withholdVerdict)
  }

  private func run(_ images: [ImagePair]) -> DrawnRun {
    DrawnRun(classes: classes(images.map(\.classCount).max() ?? 1), images: images)
  }

  private func only(_ images: [ImagePair]) throws -> SetUpFault? {
    let faults = try SetUp(of: run(images).measurements(of: measure("iou"))).faults
      .filter { $0.kind == .shuffledLabels }
    #expect(faults.count <= 1)
    return faults.first
  }
}
