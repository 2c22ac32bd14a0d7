import Counting
import Foundation
import Testing

// The C library's functions are less than 1 ULP off themselves, so a result within n ULP of the
// truth is at most n ULP from theirs.

@Suite("Elementary functions")
struct ElementaryFunctionsTests {
  @Test("log is at most 1 ULP off at every size of a positive, normal number")
  func logarithm() {
    for exponent in -1022...1023 {
      let size = Double(sign: .plus, exponent: exponent, significand: 1)
      let numbers = drawn(64, seed: UInt64(exponent + 2000)).map { size * (1 + $0) }
      expectLogarithms(of: numbers)
    }
    let least = Double.leastNormalMagnitude
    let (low, high) = (Double(Float(1e-7)), Double(1 - Float(1e-7)))
    expectLogarithms(of: [least, least.nextUp, .greatestFiniteMagnitude, 1e-7, low, high])
    expectLogarithms(of: [0x1p-24, 1 - 0x1p-24, 0.5, 2, .pi, 1e300])
  }

  @Test("log is at most 1 ULP off near 1 and where its exponent changes")
  func logarithmNearOne() {
    expectLogarithms(of: sweep(from: 0.5, to: 2, steps: 100_000))
    for seam in [1, 0.5.squareRoot(), 2.0.squareRoot()] {
      for reach in [0x1p-40, 0x1p-30, 0x1p-20, 0x1p-10] {
        expectLogarithms(of: sweep(from: seam - reach, to: seam + reach, steps: 8192))
      }
    }
    for steps in 1...1000 {
      let below = 1 - Double(steps) * 0x1p-53
      let above = 1 + Double(steps) * 0x1p-52
      expectLogarithms(of: [below, above])
    }
  }

  @Test("log of 1 is 0 exactly, of a power of two at most 1 ULP off its exponent times ln 2")
  func powersOfTwo() {
    #expect(naturalLogarithm(1) == 0)
    let exponents = -1022...1023
    expectLogarithms(of: exponents.map { Double(sign: .plus, exponent: $0, significand: 1) })
  }

  @Test("exp is at most 2 ULP off between −708 and 709")
  func exponential() {
    expectExponentials(of: sweep(from: -708, to: 709, steps: 150_000))
    expectExponentials(of: sweep(from: -1, to: 1, steps: 50_000))
    expectExponentials(of: [0, -0.0, 1e-300, -1e-300, 0x1p-53, -0x1p-53, 0x1p-30, -0x1p-30])
    // Half-way between two multiples of ln 2 the power of two changes.
    let logarithmOfTwo = Foundation.log(2.0)
    for k in -1020...1020 {
      let seam = (Double(k) + 0.5) * logarithmOfTwo
      expectExponentials(of: sweep(from: seam - 1e-12, to: seam + 1e-12, steps: 8))
    }
  }

  @Test("beyond its range exp is what it is at the end")
  func exponentialOutside() {
    let infinity = Double.infinity
    let beyond = Counting.exp(Lanes(-709, -1e300, -infinity, 710, 1e300, infinity, -708, 709))
    let ends = Lanes(-708, -708, -708, 709, 709, 709, -708, 709)
    #expect(beyond == Counting.exp(ends))
  }

  @Test("log1p is at most 3 ULP off, also where 1 + x is 1")
  func logarithmOfOnePlus() {
    expectLogarithmsOfOnePlus(sweep(from: 0, to: 1, steps: 100_000))
    expectLogarithmsOfOnePlus([1e-7, 1e6, 1e15, 1e16, 1e300, .leastNormalMagnitude])
    // What it is given: e to a negative power.
    expectLogarithmsOfOnePlus(sweep(from: -60, to: 0, steps: 100_000).map { Foundation.exp($0) })
    expectLogarithmsOfOnePlus(sweep(from: 0, to: 700, steps: 7000).map { Foundation.exp($0) })
    #expect(Counting.log1p(Lanes.zero) == Lanes.zero)
  }

  @Test("a number's result does not depend on its neighbours")
  func neighbours() {
    let numbers = drawn(8)
    let together = Counting.log(Lanes(numbers))
    for lane in 0..<8 { #expect(naturalLogarithm(numbers[lane]) == together[lane]) }
  }

  private func expectLogarithms(of numbers: [Double]) {
    expect(numbers, within: 1, of: { Counting.log($0) }, like: { Foundation.log($0) })
  }

  private func expectExponentials(of numbers: [Double]) {
    expect(numbers, within: 2, of: { Counting.exp($0) }, like: { Foundation.exp($0) })
  }

  private func expectLogarithmsOfOnePlus(_ numbers: [Double]) {
    expect(numbers, within: 3, of: { Counting.log1p($0) }, like: { Foundation.log1p($0) })
  }

  private func sweep(from low: Double, to high: Double, steps: Int) -> [Double] {
    (0...steps).map { low + (high - low) * Double($0) / Double(steps) }
  }

  private func expect(
    _ numbers: [Double], within limit: Double, of function: (Lanes) -> Lanes,
    like reference: (Double) -> Double
  ) {
    var worst = (distance: 0.0, x: 0.0)
    for first in stride(from: 0, to: numbers.count, by: 8) {
      let part = numbers[first..<min(first + 8, numbers.count)]
      var x = Lanes(repeating: numbers[first])
      for (lane, number) in part.enumerated() { x[lane] = number }
      let result = function(x)
      for lane in 0..<8 {
        let expected = reference(x[lane])
        let distance = (result[lane] - expected).magnitude / expected.ulp
        // A NaN must not pass for a small distance.
        if !(distance <= worst.distance) { worst = (distance, x[lane]) }
      }
    }
    #expect(worst.distance <= limit, "at \(worst.x)")
  }
}
