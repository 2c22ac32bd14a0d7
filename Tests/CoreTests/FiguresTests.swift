import Core
import Testing

@Suite("Figures as people read them")
struct FiguresTests {
  @Test(
    "a number has three significant digits",
    arguments: [
      (0.0102, "0.0102"), (-0.389, "−0.389"), (0.5, "0.500"), (2, "2.00"), (12.345, "12.3"),
      (123.45, "123"), (0.001, "0.00100"), (1.5e-6, "0.00000150"),
    ])
  func threeDigits(number: Double, text: String) { #expect(Figure.text(number) == text) }

  @Test(
    "a number of a thousand or more has no decimals",
    arguments: [
      (1234, "1234"), (1234.5, "1235"), (-1234.5, "−1235"), (123_456_789, "123456789"),
      // With 8 decimals, which are tried first, these are beyond 64 bits.
      (92_233_720_369, "92233720369"), (5.434e12, "5434000000000"),
      (-999_999_999_999_999, "−999999999999999"),
    ])
  func large(number: Double, text: String) { #expect(Figure.text(number) == text) }

  @Test(
    "what is nearly 1 has the digits that tell",
    arguments: [(0.996, "0.996"), (0.9996, "0.9996"), (0.99996, "0.99996"), (-0.9999, "−0.9999")])
  func nearlyOne(number: Double, text: String) { #expect(Figure.text(number) == text) }

  @Test("0 and 1 are written as such", arguments: [(0, "0"), (-0.0, "0"), (1, "1")])
  func whole(number: Double, text: String) { #expect(Figure.text(number) == text) }

  @Test(
    "the very small and the very large have a power of ten",
    arguments: [
      (1e-9, "1.00e−9"), (-1e-9, "−1.00e−9"), (2.5e-7, "2.50e−7"), (1e15, "1.00e15"),
      (6.02214e23, "6.02e23"),
    ])
  func scientific(number: Double, text: String) { #expect(Figure.text(number) == text) }

  @Test("what does not exist is a dash")
  func missing() {
    #expect(Figure.text(nil) == "–")
    #expect(Figure.text(.nan) == "–")
    #expect(Figure.percent(nil) == "–")
    #expect(Figure.text(.infinity) == "∞")
    #expect(Figure.text(-.infinity) == "−∞")
  }

  @Test(
    "a share is a percentage, 0 % and 100 % only where they are exact",
    arguments: [
      (0, "0 %"), (1, "100 %"), (0.00807, "0.807 %"), (0.5, "50.0 %"), (-0.01, "−1.00 %"),
      (0.99996, ">99.9 %"), (0.999_999_999, ">99.9 %"), (1e-9, "1.00e−7 %"), (1.5, "150 %"),
    ])
  func percent(share: Double, text: String) { #expect(Figure.percent(share) == text) }

  @Test("a count has its thousands apart")
  func count() {
    #expect(Figure.count(0) == "0")
    #expect(Figure.count(999) == "999")
    #expect(Figure.count(1_234_567) == "1,234,567")
    #expect(Figure.count(-1234) == "−1,234")
    #expect(Figure.count(.min) == "−9,223,372,036,854,775,808")
  }

  @Test("a count of things has their singular or plural")
  func things() {
    #expect(Figure.count(1, "image") == "1 image")
    #expect(Figure.count(40, "image") == "40 images")
    #expect(Figure.count(0, "image") == "0 images")
    #expect(Figure.count(2000, "batch", "batches") == "2,000 batches")
  }
}
