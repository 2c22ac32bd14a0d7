/// The one gatekeeper: whether a question can be asked of evidence.
extension Scheme {
  /// Why evidence of this scheme does not answer what `asked` would count; `nil` where all of that
  /// was counted, alone or beside other things.
  ///
  /// Decoding and decisions must be the same; of what is added up, `asked` may want less.
  package func obstacle(to asked: Scheme) -> Problem? {
    let difference =
      classDifference(asked) ?? decodingDifference(asked) ?? decisionDifference(asked)
      ?? lossDifference(asked) ?? extraDifference(asked)
    return difference.map { counted, wanted in
      Problem(
        "the evidence was counted with \(counted), and this asks for \(wanted)",
        remedy:
          "run again on the images for that; chains, scores, batches, the weights of classes and the headline can change without"
      )
    }
  }

  /// The same decoding and decisions, with nothing added up but what another scheme adds up.
  package func adding(_ other: Scheme) -> Scheme {
    var scheme = self
    (scheme.losses, scheme.repaired, scheme.softSums) = (
      other.losses, other.repaired, other.softSums
    )
    (scheme.levels, scheme.border) = (other.levels, other.border)
    (scheme.tile, scheme.sampleWeights) = (other.tile, other.sampleWeights)
    return scheme
  }

  private typealias Difference = (counted: String, wanted: String)

  private func classDifference(_ asked: Scheme) -> Difference? {
    let (own, theirs) = (classes.entries, asked.classes.entries)
    func list(_ entries: [ClassList.Entry]) -> String {
      entries.map { "'\(printable($0.name))'" }.joined(separator: ", ")
    }
    guard classes.names == asked.classes.names else {
      return ("the classes \(list(own))", list(theirs))
    }
    for (own, theirs) in zip(own, theirs) where own != theirs {
      let name = "'\(printable(own.name))'"
      if own.value != theirs.value {
        return ("the value \(own.value) for the class \(name)", "\(theirs.value)")
      }
      return (
        "\(own.color.map { "the colour \($0)" } ?? "no colour") for the class \(name)",
        theirs.color.map { "\($0)" } ?? "none"
      )
    }
    return nil
  }

  private func decodingDifference(_ asked: Scheme) -> Difference? {
    if kind != asked.kind {
      return ("predictions read as \(kind.rawValue)", asked.kind.rawValue)
    }
    if activation != asked.activation {
      return ("the activation \(activation.rawValue)", asked.activation.rawValue)
    }
    if ignored != asked.ignored { return ("ignore: \(ignored)", "\(asked.ignored)") }
    for (side, own, theirs) in [
      ("predictions", axes.predictions, asked.axes.predictions),
      ("truth", axes.truth, asked.axes.truth),
    ] where own != theirs {
      return (
        own.map { "the axes \($0) of the \(side)" } ?? "no order of the \(side)' axes",
        theirs ?? "none"
      )
    }
    for (side, own, theirs) in [
      ("predictions", orientation.predictions, asked.orientation.predictions),
      ("truth", orientation.truth, asked.orientation.truth),
    ] where own != theirs {
      return ("the orientation '\(own.rawValue)' of the \(side)", "'\(theirs.rawValue)'")
    }
    if quantisation != asked.quantisation {
      return ("quantised: \(quantisation.rawValue)", asked.quantisation.rawValue)
    }
    return nil
  }

  private func decisionDifference(_ asked: Scheme) -> Difference? {
    decision == asked.decision ? nil : ("\(decision)", "\(asked.decision)")
  }

  private func lossDifference(_ asked: Scheme) -> Difference? {
    if let missing = asked.losses.first(where: { !losses.contains($0) }) {
      // Parameters matter to the reader where the loss was counted with others.
      if let other = losses.first(where: { $0.name == missing.name }) {
        return (other.description(besides: missing), missing.description(besides: other))
      }
      let counted = losses.map(\.name).joined(separator: ", ")
      return (losses.isEmpty ? "no loss" : "the losses \(counted)", missing.name)
    }
    if asked.softSums, !softSums { return ("no soft sums", "a loss that is made of them") }
    if let repaired = asked.repaired, repaired != self.repaired {
      return (
        "the repair of \(self.repaired.map(\.description) ?? "no loss")", "that of \(repaired)"
      )
    }
    return nil
  }

  private func extraDifference(_ asked: Scheme) -> Difference? {
    if asked.levels, !levels { return ("no counts of levels (curves)", "them") }
    if let border = asked.border, border != self.border {
      return (self.border.map { "a border of \($0) pixels" } ?? "no border", "one of \(border)")
    }
    if let tile = asked.tile, tile != self.tile {
      return (self.tile.map { "tiles of \($0) pixels" } ?? "no tiles", "tiles of \(tile)")
    }
    if let weights = asked.sampleWeights, weights != sampleWeights {
      return (
        sampleWeights.map { "the sample weights \($0)" } ?? "no sample weights", "\(weights)"
      )
    }
    return nil
  }
}

// MARK: - As messages write them

extension LossDefinition {
  /// `bce(label_smoothing: 0.1)`: with the parameters that tell it from another of its name.
  fileprivate func description(besides other: LossDefinition) -> String {
    let own = parameters.filter { other.parameters[$0.key] != $0.value }
    return own.isEmpty ? "plain \(name)" : LossDefinition(name, own).description
  }
}

extension ClassList.Color: CustomStringConvertible {
  /// `[128, 64, 128]`
  package var description: String { "[\(red), \(green), \(blue)]" }
}

extension Scheme.Ignored: CustomStringConvertible {
  package var description: String {
    unlisted ? "unlisted" : "[\(labels.map(String.init).joined(separator: ", "))]"
  }
}

extension Scheme.Decision: CustomStringConvertible {
  package var description: String {
    switch self {
    case .mostProbable: "one class a pixel"
    case .above(let threshold): "decisions above \(shortest(threshold))"
    }
  }
}

extension Scheme.SampleWeights: CustomStringConvertible {
  package var description: String {
    let list = firstClass.map { "[\($0.map(shortest).joined(separator: ", "))]" }
    let parts = [
      list.map { "\($0) by first class (\(shortest(noClass)) without one)" },
      images.map { "of images (digest \($0))" },
    ]
    return parts.compactMap(\.self).joined(separator: " and ")
  }
}
