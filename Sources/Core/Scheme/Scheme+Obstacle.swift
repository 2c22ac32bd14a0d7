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
    (scheme.ties, scheme.weighsRepairs) = (other.ties, other.weighsRepairs)
    scheme.distances = other.distances
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
      for side in Side.allCases where own.labels[side] != theirs.labels[side] {
        let place = own.labels.isSame && theirs.labels.isSame ? "" : " in the \(side.rawValue)"
        return (
          "the value \(text(own.labels[side])) for the class \(name)\(place)",
          text(theirs.labels[side])
        )
      }
      return (
        "\(own.colors.isEmpty ? "no colour" : "the colour \(text(own.colors))") for the class \(name)",
        theirs.colors.isEmpty ? "none" : text(theirs.colors)
      )
    }
    return nil
  }

  private func decodingDifference(_ asked: Scheme) -> Difference? {
    if lacksTruth != asked.lacksTruth {
      let (own, theirs) = ("no truth", "what needs one")
      return lacksTruth == true ? (own, theirs) : ("a truth", "predictions alone")
    }
    if kind != asked.kind {
      return ("predictions read as \(kind.rawValue)", asked.kind.rawValue)
    }
    if activation != asked.activation {
      return ("the activation \(activation.rawValue)", asked.activation.rawValue)
    }
    for side in Side.allCases where coding[side] != asked.coding[side] {
      return ("\(coding[side]) of the \(side.rawValue)", "\(asked.coding[side])")
    }
    if unclassed != asked.unclassed {
      return ("unclassed: \(unclassed)", "\(asked.unclassed)")
    }
    if colorTolerance != asked.colorTolerance {
      return ("a colour tolerance of \(colorTolerance)", "one of \(asked.colorTolerance)")
    }
    if hasValidity != asked.hasValidity {
      return hasValidity
        ? ("files that say which pixels exist (valid)", "all pixels")
        : ("all pixels", "those that exist (valid)")
    }
    for side in Side.allCases where maskFiles[side] != asked.maskFiles[side] {
      let (own, theirs) = (maskFiles[side], asked.maskFiles[side])
      return own.parts != theirs.parts
        ? ("parts: \(own.parts.rawValue) of the \(side.rawValue)", theirs.parts.rawValue)
        : ("absent: \(own.absent.rawValue) of the \(side.rawValue)", theirs.absent.rawValue)
    }
    if truthThreshold != asked.truthThreshold {
      return (
        truthThreshold.map { "a truth cut at \(shortest($0))" } ?? "a truth of yes and no",
        asked.truthThreshold.map { "one cut at \(shortest($0))" } ?? "one of yes and no"
      )
    }
    if hasShares != asked.hasShares {
      let (own, theirs) = ("losses against a soft truth", "losses against one that is cut")
      return hasShares ? (own, theirs) : (theirs, own)
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
    for side in Side.allCases where dtype[side] != asked.dtype[side] {
      return (
        dtype[side].map { "dtype: \($0) of the \(side.rawValue)" }
          ?? "the types that the files of the \(side.rawValue) say",
        asked.dtype[side] ?? "those that the files say"
      )
    }
    for (side, own, theirs) in [
      ("predictions", orientation.predictions, asked.orientation.predictions),
      ("truth", orientation.truth, asked.orientation.truth),
    ] where own != theirs {
      return ("the orientation '\(own.rawValue)' of the \(side)", "'\(theirs.rawValue)'")
    }
    if voxels != asked.voxels {
      return ("voxels: \(voxels.rawValue)", asked.voxels.rawValue)
    }
    for side in Side.allCases where resize[side] != asked.resize[side] {
      return (
        resize[side].map { "\(side.rawValue) resized by \($0.name)" }
          ?? "\(side.rawValue) of the size that they had",
        asked.resize[side].map { "resized by \($0.name)" } ?? "the size that they had"
      )
    }
    for side in Side.allCases {
      // Where nothing is asked for, it is as the files had it.
      guard let theirs = asked.palettes[side], theirs != palettes[side] ?? .index else { continue }
      return (
        "palettes of the \(side.rawValue) read by \((palettes[side] ?? .index).rawValue)",
        theirs.rawValue
      )
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
    // A report without gradients says so; it is no reason to refuse all others.
    if let missing = asked.losses.first(where: { $0.derivative == nil && !losses.contains($0) }) {
      // Parameters matter to the reader where the loss was counted with others.
      if let other = losses.first(where: { $0.name == missing.name && $0.derivative == nil }) {
        return (other.description(besides: missing), missing.description(besides: other))
      }
      let counted = losses.filter { $0.derivative == nil }.map(\.name).joined(separator: ", ")
      return (losses.isEmpty ? "no loss" : "the losses \(counted)", missing.name)
    }
    if asked.softSums, !softSums { return ("no soft sums", "a loss that is made of them") }
    if let repaired = asked.repaired,
      (repaired, asked.weighsRepairs) != (self.repaired, weighsRepairs)
    {
      func words(_ loss: LossDefinition?, _ weighed: Bool) -> String {
        "\(loss.map(\.description) ?? "no loss")\(loss != nil && weighed ? " with sample weights" : "")"
      }
      return (
        "the repair of \(words(self.repaired, weighsRepairs))",
        "that of \(words(repaired, asked.weighsRepairs))"
      )
    }
    return nil
  }

  private func extraDifference(_ asked: Scheme) -> Difference? {
    if asked.ties, !ties { return ("no counts of what is exactly at the threshold", "them") }
    if asked.distances, !distances { return ("no distances between boundaries", "them") }
    if asked.levels, !levels { return ("no counts of levels (curves)", "them") }
    if let border = asked.border, border != self.border {
      return (self.border.map { "a border of \($0) pixels" } ?? "no border", "one of \(border)")
    }
    if let tile = asked.tile, tile != self.tile {
      return (self.tile?.description ?? "no tiles", "\(tile)")
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

/// One as it is, several as a list.
private func text<Item: CustomStringConvertible>(_ items: [Item]) -> String {
  let list = items.map(\.description).joined(separator: ", ")
  return items.count == 1 ? list : "[\(list)]"
}

extension LossDefinition {
  /// `bce(label_smoothing: 0.1)`: with the parameters that tell it from another of its name.
  fileprivate func description(besides other: LossDefinition) -> String {
    if formula != other.formula { return detailed }
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
    let items = labels.map(String.init) + colors.map(\.description)
    if unlisted, items.isEmpty { return "unlisted" }
    return "[\((items + (unlisted ? ["unlisted"] : [])).joined(separator: ", "))]"
  }
}

extension Scheme.Decision: CustomStringConvertible {
  package var description: String {
    switch self {
    case .mostProbable: "one class a pixel"
    case .above(let threshold): "decisions above \(shortest(threshold))"
    case .aboveEach(let thresholds):
      "decisions above [\(thresholds.map(shortest).joined(separator: ", "))]"
    }
  }
}

extension Scheme.SampleWeights: CustomStringConvertible {
  package var description: String {
    let list = firstClass.map { "[\($0.map(shortest).joined(separator: ", "))]" }
    let parts = [
      list.map { "\($0) by first class (\(shortest(noClass)) without one)" },
      images.map { "of images (digest \($0))" },
      hasPixels ? "of pixels" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: " and ")
  }
}
