extension Preset {
  /// A number that is another since a version of its library, of the same data.
  package struct Move: Sendable {
    package var library: Library
    /// The preset of today's number, or the name that it would have.
    package var preset: String
    /// The call whose number it is.
    package var call: String
    /// The first version that prints the later number.
    package var since: Version
    /// What was printed before.
    package var before: Side
    package var why: String
    /// Where it is said, or what was run.
    package var source: String

    package enum Side: Sendable {
      case preset(Preset)
      /// Nothing here computes it, for a reason.
      case withheld(String)
    }
  }
}

extension Preset.Move.Side {
  package var preset: Preset? { if case .preset(let preset) = self { preset } else { nil } }
}

extension Preset.Move {
  /// A row: what today's preset was in the versions before, named after the last of them.
  ///
  /// - Parameters:
  ///   - id: today's preset.
  ///   - last: what the older preset's name says behind the library's: `0.5`.
  ///   - held: the versions that print it, and which of them were run.
  ///   - change: what was otherwise.
  static func row(
    _ id: String, since: Version, last: String, held: String, why: String, source: String,
    _ change: (inout Preset) -> Void
  ) -> Self? {
    guard var preset = Preset.today.first(where: { $0.id == id }),
      let library = Library.named(preset.framework)
    else { return nil }
    let (call, framework) = (preset.call, preset.framework)
    preset.id = "\(framework)-\(last)\(id.dropFirst(framework.count))"
    preset.versions = held
    preset.note = why
    preset.source = source
    change(&preset)
    return Self(
      library: library, preset: id, call: call, since: since, before: .preset(preset), why: why,
      source: source)
  }

  /// A number that moved and that nothing here computes as it was.
  static func withheld(
    _ id: String, _ call: String, since: Version, _ reason: String, why: String, source: String
  ) -> Self? {
    guard let library = Library.named(String(id.prefix { $0 != "." })) else { return nil }
    return Self(
      library: library, preset: id, call: call, since: since, before: .withheld(reason), why: why,
      source: source)
  }
}

extension Preset {
  /// Every number that is known to have moved.
  package static let moves: [Move] =
    kerasMoves + scikitLearnMoves + smpMoves + monaiMoves + torchMetricsMoves + korniaMoves

  /// Those of older versions that stand in no other list.
  static let older: [Preset] = moves.compactMap(\.before.preset).filter { preset in
    !today.contains { $0.id == preset.id }
  }
}
