internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling

extension Record {
  /// What came of a check for one class, or for one number.
  struct Checked: Encodable {
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
    var reason: String

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
      reason = result.reason.plain
    }
  }
}
