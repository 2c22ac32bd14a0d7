/// How evidence was counted: everything that decides which integers an image contributes.
///
/// Evidence of equal schemes adds up, and answers exactly what its scheme counted. What is decided
/// after the counting (chains, scores, batches, the weights of classes, the headline) is not part of
/// it.
package struct Scheme: Hashable, Codable, Sendable {
  /// Names, label values and colours, in the order in which a `Tally` has its classes.
  package var classes: ClassList
  package var kind: Kind
  package var activation: Activation
  package var decision: Decision
  package var ignored: Ignored
  /// Truth labels that are no class and count, where labels may be several classes.
  package var unclassed: [Int64] = []
  /// How numbers of label maps become labels.
  package var coding: PerSide<LabelCoding>
  /// By how much each part of a colour may differ from a class's.
  package var colorTolerance = 0
  /// Whether files say which pixels exist.
  package var hasValidity = false
  /// How many files the masks of classes have.
  package var maskFiles: PerSide<MaskFiles>
  /// Above what share a soft truth is true; `nil` where masks say yes or no.
  package var truthThreshold: Double?
  /// Whether losses are against the shares of a soft truth, and not against the truth that is cut.
  package var hasShares = false
  /// Whether the headers of volumes say in which order their voxels are.
  package var voxels = Voxels.header
  /// The order of an array's axes, where the configuration says it: `NHWC`.
  package var axes: PerSide<String?>
  /// What the numbers of arrays are whose files do not say it: `bfloat16`.
  package var dtype: PerSide<String?>
  /// How the files of each side lie compared with the scene.
  package var orientation: PerSide<Turn>
  /// By which function a side is brought to the other's size; `nil` where sizes must be the same.
  package var resize: PerSide<Interpolation?>
  /// What of pictures with few colours are labels; `nil` where that is left to the files, and in
  /// evidence where none can be read in two ways.
  package var palettes: PerSide<PaletteReading?>
  /// How planes of levels were written.
  package var quantisation: Quantisation
  /// The elementwise losses, in the order in which a `ClassTally` has their sums.
  package var losses: [LossDefinition]
  /// The categorical loss whose repair was counted, of which an exact counterfactual is made.
  package var repaired: LossDefinition?
  /// Whether that repair was counted with the pixels' sample weights.
  package var weighsRepairs = false
  package var softSums: Bool
  /// Whether probabilities that are exactly at the threshold were counted.
  package var ties = false
  /// Whether it was counted how far boundaries of truth and prediction are from each other.
  package var distances = false
  /// Whether it was counted how often each probability occurs, also of planes that are not 8-bit.
  package var levels: Bool
  /// Within how many pixels of a class's border errors were counted apart.
  package var border: Int?
  /// The tiles that were counted.
  package var tile: Tiling?
  /// What pixels weighed, where they had weights.
  package var sampleWeights: SampleWeights?
  /// `true` where there was no truth, so that only what is predicted was counted; `nil` where there was, and evidence is
  /// as it was before there were runs without.
  package var lacksTruth: Bool?

  package init(
    classes: ClassList, kind: Kind = .probabilities, activation: Activation = .sigmoid,
    decision: Decision = .above(0.5), losses: [LossDefinition] = [],
    repaired: LossDefinition? = nil, softSums: Bool = false, quantisation: Quantisation = .round
  ) {
    self.classes = classes
    self.kind = kind
    self.activation = activation
    self.decision = decision
    ignored = Ignored()
    coding = PerSide(both: LabelCoding())
    maskFiles = PerSide(both: MaskFiles())
    axes = PerSide(both: nil)
    dtype = PerSide(both: nil)
    orientation = PerSide(both: .none)
    resize = PerSide(both: nil)
    palettes = PerSide(both: nil)
    self.quantisation = quantisation
    self.losses = losses
    self.repaired = repaired
    self.softSums = softSums
    levels = false
  }

  /// Whether the truth is shares, and no labels or masks.
  package var hasSoftTruth: Bool { hasShares || truthThreshold != nil }

  /// Whether a pixel has one class.
  package var areClassesExclusive: Bool { decision == .mostProbable }

  /// Above which probability a class is predicted; `nil` where something else decides.
  package var threshold: Double? {
    if case .above(let threshold) = decision, kind != .labels { threshold } else { nil }
  }

  /// The same of one class, where each has its own too.
  package func threshold(of c: Int) -> Double? {
    guard kind != .labels else { return nil }
    return switch decision {
    case .mostProbable: nil
    case .above(let threshold): threshold
    case .aboveEach(let thresholds): thresholds.indices.contains(c) ? thresholds[c] : nil
    }
  }

  /// What the numbers in the prediction files are.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case labels, probabilities, logits
  }

  /// In which order the voxels of both sides are compared.
  package enum Voxels: String, CaseIterable, Codable, Sendable {
    /// As their headers place them in space.
    case header
    /// As they are stored.
    case stored
  }

  package enum Activation: String, CaseIterable, Codable, Sendable {
    /// Classes are independent and may overlap.
    case sigmoid
    /// Classes exclude each other.
    case softmax
  }

  /// When a class counts as predicted.
  package enum Decision: Hashable, Codable, Sendable {
    /// Classes exclude each other: the label, or the most probable class.
    case mostProbable
    /// Each class is asked apart: above this probability.
    case above(Double)
    /// The same with a probability a class.
    case aboveEach([Double])
  }

  /// Truth labels whose pixels do not count.
  package struct Ignored: Hashable, Codable, Sendable {
    /// In order, each once, so that the same rule is the same bytes.
    package let labels: [Int64]
    /// Whether every truth label that no class has is ignored.
    package let unlisted: Bool
    /// In order, each once, of label maps that are pictures.
    package let colors: [ClassList.Color]

    package init(
      labels: Set<Int64> = [], unlisted: Bool = false, colors: Set<ClassList.Color> = []
    ) {
      self.colors = colors.sorted()
      self.labels = labels.sorted()
      self.unlisted = unlisted
    }
  }

  /// What each pixel counts in losses, beside what its class does.
  ///
  /// A pixel's weight is its image's times that of the first class of the list that is true there:
  /// the lookup by arg max of the truth that Keras users write.
  package struct SampleWeights: Hashable, Codable, Sendable {
    /// One a class; `nil` where the truth plays no part.
    package var firstClass: [Double]?
    /// The weight of a pixel without a class; the arg max of zeros is the first class.
    package var noClass: Double
    /// A digest of the file with the images' weights, where there is one.
    package var images: String?
    /// Whether files give each pixel a weight.
    package var hasPixels: Bool

    package init(
      firstClass: [Double]? = nil, noClass: Double? = nil, images: String? = nil,
      hasPixels: Bool = false
    ) {
      self.hasPixels = hasPixels
      self.firstClass = firstClass
      self.noClass = noClass ?? firstClass?.first ?? 1
      self.images = images
    }
  }
}

/// A loss by what it computes: its name in the catalogue and the value of each of its parameters,
/// defaults included. Another default is another loss.
package struct LossDefinition: Hashable, Codable, Sendable {
  package var name: String
  package var parameters: [String: Double]
  /// What it computes, where the configuration writes it down; `nil` for a loss of the catalogue.
  package var formula: WrittenFormula?
  /// What of the loss's slope is added up in place of the loss; `nil` for the loss itself.
  package var derivative: Derivative?
  /// What a pixel of each class counts in the slope of a categorical loss, where a pixel of one class pulls
  /// at the logits of all; `nil` where all count alike, and of all else.
  package var classWeights: [Double]?

  package init(
    _ name: String, _ parameters: [String: Double] = [:], formula: WrittenFormula? = nil
  ) {
    self.name = name
    self.parameters = parameters
    self.formula = formula
  }

  /// Of ∂ℓ/∂z, z being the logit of the class.
  package enum Derivative: String, Hashable, Codable, Sendable {
    /// |∂ℓ/∂z|
    case size
    /// ∂ℓ/∂z with its sign, where that does not follow from the truth.
    case net
  }

  /// What of its slope is added up.
  package func derivative(
    _ part: Derivative, classWeights: [Double]? = nil
  ) -> LossDefinition {
    var slope = self
    slope.derivative = part
    slope.classWeights = classWeights
    return slope
  }
}

/// A loss of one pixel and class as the configuration writes it down.
package struct WrittenFormula: Hashable, Codable, Sendable {
  /// `-w * (t*log(p) + (1-t)*log(1-p))`
  package var text: String
  /// How far p is kept from 0 and 1.
  package var clip: Double?
  /// What w is, one a class; `nil` where it is 1.
  package var weights: [Double]?
  package var classes: Int

  package init(_ text: String, clip: Double? = nil, weights: [Double]? = nil, classes: Int) {
    self.text = text
    self.clip = clip
    self.weights = weights
    self.classes = classes
  }
}

extension LossDefinition {
  /// `mine: -w*log(p), clip: 1e-7, weights: [1, 1000], gamma: 2`
  package var detailed: String {
    guard let formula else { return description }
    let clip = formula.clip.map { ", clip: \(shortest($0))" } ?? ""
    let weights =
      formula.weights.map { ", weights: [\($0.map(shortest).joined(separator: ", "))]" } ?? ""
    let values = parameters.sorted { $0.key < $1.key }.map { ", \($0.key): \(shortest($0.value))" }
    return "\(name): \(formula.text)\(clip)\(weights)\(values.joined())"
  }
}

extension LossDefinition: CustomStringConvertible {
  /// `focal(alpha: 0.25, gamma: 2)`
  package var description: String {
    let values = parameters.sorted { $0.key < $1.key }.map { "\($0.key): \(shortest($0.value))" }
    if formula != nil, derivative == nil { return detailed }
    let loss = values.isEmpty ? name : "\(name)(\(values.joined(separator: ", ")))"
    let weights = classWeights.map {
      " with the weights [\($0.map(shortest).joined(separator: ", "))]"
    }
    return switch derivative {
    case nil: loss
    case .size: "|gradient of \(loss)|\(weights ?? "")"
    case .net: "gradient of \(loss)\(weights ?? "")"
    }
  }
}
