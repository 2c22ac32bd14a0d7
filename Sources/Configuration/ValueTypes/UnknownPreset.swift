internal import Core
internal import Tables

/// What to say of a name that no preset has: which part of it is unknown, and what was meant.
///
/// - Parameter others: further names that may stand in its place.
package func unknownPreset(
  _ id: String, orNamed others: [String] = []
) -> (what: String, remedy: String) {
  let list = "`unmask presets` lists them"
  func meant(_ word: String, _ names: [String], as form: (String) -> String = { $0 }) -> String {
    nearest(to: word, among: names).map { "did you mean '\(form($0))'? \(list)" } ?? list
  }
  let ids = Preset.all.map(\.id)
  if let trainer = Trainer.named(id) {
    return (
      "'\(printable(id))' is a trainer, which logs a call",
      "write the call in brackets: \(trainer.name)(\(trainer.families.contains(.pyTorch) ? "torch.BCELoss" : "keras.binary_crossentropy"))"
    )
  }
  guard let open = id.firstIndex(of: "("), id.hasSuffix(")") else {
    return ("unknown preset '\(printable(id))'", meant(id, ids + others))
  }
  let name = String(id[..<open])
  let call = String(id[id.index(after: open)...].dropLast())
  if call.contains("(") {
    return (
      "'\(printable(id))' is a trainer of what another trainer logs",
      "write one trainer with the call of a loss: \(printable(name))(torch.BCELoss)"
    )
  }
  guard Trainer.named(name) != nil else {
    return (
      "unknown trainer '\(printable(name))'",
      meant(name, Trainer.all.map(\.name)) { "\($0)(\(printable(call)))" }
    )
  }
  return (
    "unknown preset '\(printable(call))' in '\(printable(id))'",
    meant(call, ids) { "\(name)(\($0))" }
  )
}
