package import Nights
internal import TestSupport

/// Scores about 0.7, a hundredth the standard deviation.
package func scores(_ noise: [Double], step: (Int) -> Double = { _ in 0 }) -> [NightValue] {
  noise.enumerated().map { NightValue(0.7 + 0.01 * ($1 + step($0))) }
}

/// Change points a year where there is no step.
///
/// - Parameter slope: in σ a night, for 100 nights from the 100th.
package func falseAlarms(
  of noise: Noise, slope: Double = 0, histories: Int, seed: UInt64
) -> (steps: Double, drifts: Double) {
  var random = SeededGenerator(seed: seed)
  var (steps, drifts) = (0, 0)
  for _ in 0..<histories {
    let series = noise.series(365, random: &random)
    let points = ChangePoints(
      of: scores(series) { slope * Double(min(max($0 - 100, 0), 100)) }
    ).points
    steps += points.count { $0.kind == .step }
    drifts += points.count { $0.kind == .drift }
  }
  return (Double(steps) / Double(histories), Double(drifts) / Double(histories))
}

/// In which share of the histories a step is found on its night or the two after.
///
/// - Parameters:
///   - size: in σ, up or down.
///   - back: after so many nights it is taken back; `second` is how often that is found.
package func planted(
  in noise: Noise, at nights: ClosedRange<Int>, size: Double = 3, back: Int = 0, histories: Int,
  seed: UInt64
) -> (found: Double, exact: Double, second: Double) {
  var random = SeededGenerator(seed: seed)
  var (found, exact, second) = (0, 0, 0)
  for _ in 0..<histories {
    let night = Int.random(in: nights, using: &random)
    let signed = Bool.random(using: &random) ? size : -size
    let end = back == 0 ? Int.max : night + back
    let series = noise.series(night + back + 3, random: &random)
    let points = ChangePoints(
      of: scores(series) { $0 >= night && $0 < end ? signed : 0 }
    ).points
    if let point = points.first(where: { (night...night + 2).contains($0.found) }) {
      found += 1
      if point.after == night { exact += 1 }
    }
    if back > 0, points.contains(where: { (end...end + 2).contains($0.found) }) { second += 1 }
  }
  let all = Double(histories)
  return (Double(found) / all, Double(exact) / all, Double(second) / all)
}

/// In which share of the histories one night far out is taken for a step.
package func outlier(size: Double, histories: Int, seed: UInt64) -> Double {
  var random = SeededGenerator(seed: seed)
  var wrong = 0
  for _ in 0..<histories {
    let night = Int.random(in: 30...200, using: &random)
    let series = Noise.normal.series(night + 4, random: &random)
    let points = ChangePoints(of: scores(series) { $0 == night ? size : 0 }).points
    if points.contains(where: { $0.found >= night }) { wrong += 1 }
  }
  return Double(wrong) / Double(histories)
}

/// False alarms a year in the 37 nights after a break of 6 σ was found.
package func falseAlarmsAfterBreak(histories: Int, seed: UInt64) -> Double {
  var random = SeededGenerator(seed: seed)
  var (broken, wrong) = (0, 0)
  for _ in 0..<histories {
    let series = Noise.normal.series(100, random: &random)
    let points = ChangePoints(of: scores(series) { $0 >= 60 ? -6 : 0 }).points
    guard points.contains(where: { (60...62).contains($0.found) }) else { continue }
    broken += 1
    wrong += points.count { $0.found > 62 }
  }
  return Double(wrong) / Double(max(broken, 1)) * 365 / 37
}
