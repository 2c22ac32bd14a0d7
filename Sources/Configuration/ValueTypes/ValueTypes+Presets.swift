internal import Core
internal import Tables

/// `presets`: those that are named, or all that fit.
enum RequestedPresets: Sendable {
  case fitting
  case named([Placed<Preset>])
}

extension ValueTypes {
  static let presets: ValueType<RequestedPresets> = either(
    ValueType("`all`", ["const": "all"]) { _ in .fitting }, if: { $0.isText("all") },
    or: list(of: preset).map { .named($0) }
  ).called("`all`, or a list of names of presets")

  private static let trainers = Trainer.all.map { $0.name.replacing(".", with: "\\.") }
    .joined(separator: "|")
  private static let libraries = Library.all.map(\.name).joined(separator: "|")

  /// The name of a preset.
  static let preset: ValueType<Placed<Preset>> = ValueType(
    "the name of a preset",
    [
      "anyOf": [
        ["enum": .list(Preset.all.map { .text($0.id) })],
        // Any version of a library whose versions are known.
        ["type": "string", "pattern": .text("^(\(libraries))-[0-9][0-9.]*\\..+$")],
        // As a trainer logs it.
        ["type": "string", "pattern": .text("^(\(trainers))\\(.+\\)$")],
      ]
    ]
  ) { setting throws(Problem) in
    let id = try setting.string
    guard let preset = Preset.named(id) else {
      let (what, remedy) = unknownPreset(id)
      throw setting.problem(what, remedy: remedy)
    }
    return Placed(value: preset, setting: setting)
  }
}
