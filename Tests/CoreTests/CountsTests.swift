import Core
import Testing

@Suite("Counts in a row")
struct CountsTests {
  @Test("are what they were made of, be they small or not")
  func values() {
    for numbers in [[], [0, 1, 7], [3, Int(UInt32.max), 0], [3, Int(UInt32.max) + 1, 0]] {
      let counts = Counts(numbers)
      #expect(counts.count == numbers.count)
      #expect(numbers.indices.map { counts[$0] } == numbers)
      #expect(counts[0..<numbers.count] == numbers)
      if numbers.count > 1 { #expect(counts[1..<2] == [numbers[1]]) }
    }
  }
}
