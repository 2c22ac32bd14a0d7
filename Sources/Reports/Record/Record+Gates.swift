internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling

extension Record {
  /// What came of a check for one class, or for one number.
  struct Checked: Codable {
    var id: String
    var className: String?
    var state: String
    var outcome: String
    var level: String
    @Nullable var value: Double?
    @Nullable var valueLo: Double?
    @Nullable var valueHi: Double?
    @Nullable var min: Double?
    @Nullable var max: Double?
    @Nullable var imagesNeeded: Double?
    /// What the number was in the baseline, where it is held to one.
    var baseline: Double?
    var reason: String
    /// The reason with the check and the class.
    var sentence: String
    /// Where the configuration has it, from 1.
    var line: Int?
    /// How far the number lies beyond its limit, or from the baseline.
    var excess: Double

    init(_ result: GateResult) {
      id = result.gate.id
      className = result.className
      state = result.state.rawValue
      outcome = result.outcome.rawValue
      level = result.gate.level.rawValue
      value = result.value
      valueLo = result.interval?.low
      valueHi = result.interval?.high
      min = result.gate.limits?.least
      max = result.gate.limits?.most
      imagesNeeded = result.imagesNeeded
      baseline = result.baseline
      reason = result.reason.plain
      sentence = result.line.plain
      excess = result.excess + 0
      line = result.gate.line
    }
  }
}
