package import Core

/// What the files of a run mean: the `decode` part of the configuration, resolved.
package struct DecodeRules: Sendable {
  package var classes: ClassList
  package var kind: Kind
  package var activation: Activation
  /// Truth labels that do not count.
  package var ignored: Set<Int64>
  /// Whether every truth label that no class has is ignored.
  package var ignoresUnlisted: Bool
  /// Whether the predictions are one mask or plane a class, and not one label map.
  package var hasClassPlanes: Bool
  package var predictionAxes: AxisOrder?
  package var truthAxes: AxisOrder?
  /// Who decodes PNG files.
  package var decoder: PNGDecoder

  package enum Kind: String, CaseIterable, Codable, Sendable {
    case labels, probabilities, logits
  }

  package enum Activation: String, CaseIterable, Codable, Sendable {
    /// Classes are independent and may overlap.
    case sigmoid
    /// Classes exclude each other.
    case softmax
  }

  package init(
    classes: ClassList, kind: Kind, activation: Activation, ignored: Set<Int64> = [],
    ignoresUnlisted: Bool = false, hasClassPlanes: Bool, predictionAxes: AxisOrder? = nil,
    truthAxes: AxisOrder? = nil, decoder: PNGDecoder = .fast
  ) {
    self.classes = classes
    self.kind = kind
    self.activation = activation
    self.ignored = ignored
    self.ignoresUnlisted = ignoresUnlisted
    self.hasClassPlanes = hasClassPlanes
    self.predictionAxes = predictionAxes
    self.truthAxes = truthAxes
    self.decoder = decoder
  }

  /// Whether a pixel is predicted as one class.
  package var areClassesExclusive: Bool {
    kind == .labels ? !hasClassPlanes : activation == .softmax
  }
}
