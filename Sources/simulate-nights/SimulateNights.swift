import NightSimulation

/// How often change points are found and how often there is none: `simulate-nights [histories]`.
@main
struct SimulateNights {
  static func main() {
    let histories = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
    print(
      "| noise | false alarms a year | drift alarms | night 20 | 30 | 60 | 60–350 | place exact |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for noise in Noise.allCases {
      let quiet = falseAlarms(of: noise, histories: histories, seed: 1)
      let found = [20...20, 30...30, 60...60, 60...350].map {
        planted(in: noise, at: $0, histories: histories, seed: 2)
      }
      let shares = found.map { text($0.found) } + [text(found.last?.exact ?? 0)]
      print(
        "| \(noise) | \(text(quiet.steps)) | \(text(quiet.drifts)) | "
          + shares.joined(separator: " | ") + " |")
    }
    for slope in [0.03, 0.06, 0.1] {
      let drift = falseAlarms(of: .normal, slope: slope, histories: histories, seed: 3)
      print(
        "drift of \(slope) σ a night over 100: \(text(drift.steps)) steps, "
          + "\(text(drift.drifts)) drifts a year")
    }
    for size in [3.0, 4, 5] {
      let twice = planted(
        in: .normal, at: 60...350, size: size, back: 10, histories: histories, seed: 4)
      print(
        "there and back after 10 nights, \(size) σ: \(text(twice.found)) and \(text(twice.second))")
    }
    print("after a break: \(text(falseAlarmsAfterBreak(histories: 4 * histories, seed: 6))) a year")
    for size in [4.0, 10, 30] {
      print(
        "one night \(size) σ out: "
          + text(outlier(size: size, histories: histories, seed: 5)) + " taken for a step")
    }
  }

  private static func text(_ share: Double) -> String {
    let digits = String(Int((share * 1000).rounded()))
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return padded.dropLast(3) + "." + padded.suffix(3)
  }
}
