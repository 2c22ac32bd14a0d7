extension Preset {
  /// `smp`, also of `smp-0.5.FocalLoss`.
  package var framework: String {
    Self.split(id)?.library.name ?? String(id.prefix { $0 != "." })
  }

  /// The preset of a name. Of a library whose versions are known the name may say any of them:
  /// `smp-0.5.2.FocalLoss` is the row that held then, which is today's where the number never moved.
  package static func named(_ id: String) -> Preset? {
    if let preset = all.first(where: { $0.id == id }) { return preset }
    if let logged = logged(id) { return logged }
    guard let (library, version, name) = split(id), library.knows(version) else { return nil }
    return side(of: "\(library.name).\(name)", at: version)?.preset
  }

  /// `lightning(torch.CrossEntropyLoss)`: the preset of the name in brackets, as a trainer logs it.
  private static func logged(_ id: String) -> Preset? {
    guard id.hasSuffix(")"), let open = id.firstIndex(of: "("),
      let trainer = Trainer.named(String(id[..<open])),
      // A trainer logs calls, and not what another one logs.
      case let call = id[id.index(after: open)...].dropLast(), !call.contains("("),
      let preset = named(String(call))
    else { return nil }
    return trainer.preset(of: preset)
  }

  /// What a library printed for today's preset when its version was another; `nil` where there is
  /// no such number.
  package static func side(of id: String, at version: Version) -> Move.Side? {
    let moves = moves.filter { $0.preset == id }
    if let next = moves.filter({ version < $0.since }).min(by: { $0.since < $1.since }) {
      return next.before
    }
    if let preset = today.first(where: { $0.id == id }) { return .preset(preset) }
    return moves.last?.before
  }

  /// `smp-0.5.FocalLoss`, in three; `nil` where it says no version of a library that is known.
  private static func split(_ id: String) -> (library: Library, version: Version, name: Substring)?
  {
    for library in Library.all where id.hasPrefix("\(library.name)-") {
      let rest = id.dropFirst(library.name.count + 1)
      let number = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
      guard number.last == ".", let version = Version(parsing: number.dropLast()) else { continue }
      return (library, version, rest.dropFirst(number.count))
    }
    return nil
  }

  /// For rows of older versions: another chain for all of its parts.
  mutating func replaceChain(_ chain: String) { changeParts { $0.chainText = chain } }

  /// The same of their parameters.
  mutating func replaceParameters(_ change: ([String: Double]) -> [String: Double]) {
    changeParts { $0.parameters = change($0.parameters) }
  }

  mutating func changeParts(_ change: (inout Part) -> Void) {
    for term in terms.indices {
      for part in terms[term].parts.indices { change(&terms[term].parts[part]) }
    }
  }
}
