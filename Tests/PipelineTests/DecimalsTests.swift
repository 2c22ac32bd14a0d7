import Reports
import Testing

@Suite("Numbers of the CSV files")
struct DecimalsTests {
  @Test(
    "a number has its shortest digits, no exponent, at least six decimals, and reads back as itself"
  )
  func digits() {
    #expect(decimals(0.25) == "0.250000")
    #expect(decimals(1e-7) == "0.0000001")
    #expect(decimals(-1.5e-9) == "-0.0000000015")
    #expect(decimals(1e16) == "10000000000000000.000000")
    #expect(decimals(1.25e20) == "125000000000000000000.000000")
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let number = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &generator))
      guard number.isFinite else { continue }
      let text = decimals(number)
      #expect(Double(text) == number && !text.contains("e"), "\(number): \(text)")
    }
  }
}
