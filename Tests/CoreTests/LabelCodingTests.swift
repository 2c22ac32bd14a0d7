import Core
import Testing

@Suite("What the number of a pixel says")
struct LabelCodingTests {
  @Test(
    "is its label, or holds it beside the number of an object; what is below 0 holds no object",
    arguments: [
      (LabelEncoding.class, [-1: -1, 0: 0, 1000: 1000]),
      (.cityscapesInstances, [-1: -1, 26: 26, 999: 999, 1000: 1, 26_000: 26, 26_999: 26]),
      (.kittiInstances, [-1: -1, 0: 0, 255: 0, 256: 1, 6911: 26]),
    ])
  func encodings(encoding: LabelEncoding, labels: [Int64: Int64]) {
    for (number, label) in labels { #expect(encoding.label(number) == label, "\(number)") }
  }

  @Test("of a colour is in red and green; blue numbers the objects")
  func colors() {
    let coding = LabelCoding(.ade20KFull)
    #expect(coding.label(ofColor: .init(red: 57, green: 3, blue: 9)) == Int64(5 * 256 + 3))
    #expect(LabelCoding(.kittiInstances).label(ofColor: .init(red: 57, green: 3, blue: 9)) == nil)
  }

  @Test("is one less where 0 is nothing, and 255 stays")
  func reduced() {
    let coding = LabelCoding(.class, reducesZero: true)
    #expect([0, 1, 2, 254, 255, 256].map(coding.label(of:)) == [nil, 0, 1, 253, 255, 255])
    #expect(LabelCoding(.kittiInstances, reducesZero: true).label(of: 511) == 0)
  }
}
