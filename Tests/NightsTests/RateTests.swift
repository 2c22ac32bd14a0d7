import NightSimulation
import Nights
import Testing

/// Fixed seeds, so these pass or fail for good.
@Suite("How often change points are found in simulated nights")
struct RateTests {
  @Test("at least 95 % of breaks of 3 σ within three nights, and more of larger ones")
  func found() {
    let smallest = planted(in: .normal, at: 60...350, histories: 2000, seed: 21)
    #expect(smallest.found >= 0.95)
    #expect(planted(in: .heavy, at: 60...350, histories: 500, seed: 22).found >= 0.94)
    #expect(planted(in: .normal, at: 30...350, size: 4, histories: 500, seed: 23).found >= 0.975)
  }

  @Test("at most one false alarm in 365 nights")
  func falseAlarm() {
    let quiet = falseAlarms(of: .normal, histories: 500, seed: 24)
    // 500 years: three standard errors of the mean count are about 0.11.
    #expect(abs(quiet.steps + quiet.drifts - ChangePoints.falseAlarmsPerYear) < 0.15)
    let heavy = falseAlarms(of: .heavy, histories: 500, seed: 25)
    #expect(heavy.steps + heavy.drifts <= 1)
  }

  @Test("a trend over 100 nights gives a few alarms, about half of them called a drift")
  func drift() {
    let trend = falseAlarms(of: .normal, slope: 0.06, histories: 500, seed: 27)
    #expect(trend.steps + trend.drifts <= 4)
    #expect(trend.drifts >= 1)
  }

  @Test("one night far out is seldom taken for a step")
  func outlier() { #expect(NightSimulation.outlier(size: 10, histories: 500, seed: 26) <= 0.12) }
}
