import Foundation
import Resampling
import Testing

/// The expected numbers are those of SciPy 1.17.
@Suite("The normal distribution")
struct NormalTests {
  @Test(
    "Φ is exact to 1e-15",
    arguments: [
      (-6, 9.865876450376946e-10), (-4, 3.167124183311986e-05), (-3, 0.0013498980316300933),
      (-1, 0.15865525393145707), (0, 0.5), (0.5, 0.6914624612740131), (1.96, 0.9750021048517795),
      (3, 0.9986501019683699), (5, 0.9999997133484281), (8.9, 1), (40, 1), (-40, 0),
      (.infinity, 1), (-.infinity, 0),
    ])
  func share(z: Double, share: Double) { #expect(abs(Normal.share(below: z) - share) <= 1e-15) }

  @Test(
    "its inverse is exact to 1e-10, and to 1e-6 far out",
    arguments: [
      (1e-9, -5.9978070150076865, 1e-6), (1e-7, -5.1993375821928165, 1e-8),
      (1e-5, -4.264890793922825, 1e-10), (0.001, -3.090232306167813, 1e-12),
      (0.025, -1.9599639845400545, 1e-14), (0.3, -0.5244005127080409, 1e-15), (0.5, 0, 0),
      (0.975, 1.959963984540054, 1e-14),
    ])
  func quantile(share: Double, z: Double, error: Double) {
    #expect(abs(Normal.quantile(share) - z) <= error)
  }

  @Test("the exponential is at most 2 ULP off below 0")
  func exponential() {
    for x in stride(from: 0.0, to: -699, by: -0.037) {
      let expected = exp(x)
      #expect(abs(Resampling.exponential(x) - expected) <= 2 * expected.ulp)
    }
  }
}
