package import Core

/// What one framework prints: its loss or score with its constants, and its order of reduction.
///
/// A preset is a row of a table and nothing else. What it prints for a run is its chain applied to
/// its measure, like any other.
package struct Preset: Sendable {
  /// `keras.binary_crossentropy`
  package var id: String
  /// The call whose number it is, as the framework's users write it.
  package var call: String
  /// The versions that print it so.
  package var versions: String
  package var measureName: String
  package var parameters: [String: Double]
  package var chainText: String
  package var domain: Domain
  /// What a user of the framework should know and may not expect; empty where there is nothing.
  package var note: String
  /// Where the formula and the order were read.
  package var source: String
  /// What the framework itself printed for `samples/street/run-a` in batches of 16, the most
  /// probable class deciding where the call takes exclusive classes.
  package var printed: Double?

  /// The predictions that the call takes.
  package enum Domain: Sendable {
    case any
    /// Probabilities or decisions of independent classes.
    case independent
    /// One class a pixel.
    case exclusive
    /// Logits of exclusive classes.
    case exclusiveLogits
    /// Logits of independent classes.
    case independentLogits
  }

  init(
    _ id: String, _ call: String, versions: String, _ measure: String,
    with parameters: [String: Double] = [:], _ chain: String, for domain: Domain = .any,
    note: String = "", source: String, printed: Double? = nil
  ) {
    self.id = id
    self.call = call
    self.versions = versions
    measureName = measure
    self.parameters = parameters
    chainText = chain
    self.domain = domain
    self.note = note
    self.source = source
    self.printed = printed
  }

  package var framework: String { String(id.prefix { $0 != "." }) }

  package var chain: Chain {
    get throws(Problem) { try Chain(parsing: chainText) }
  }

  package func measure(areClassesExclusive: Bool) throws(Problem) -> Measure {
    guard let definition = Catalogue.definition(named: measureName) else {
      throw Problem("preset '\(id)' names no measure", remedy: "this is a fault of the program")
    }
    return try definition.measure(given: parameters, areClassesExclusive: areClassesExclusive)
  }

  /// Whether the number depends on which images make a batch.
  package var dependsOnBatches: Bool {
    guard let chain = try? chain else { return false }
    // A mean over batches by their images is the mean over all images, unless something that is
    // no mean was done within each batch.
    let last = chain.reductions.last { $0.axes.contains(.batch) }
    guard let last, last.axes == [.batch] else { return false }
    return chain.hasScore || last.weight != .images
  }

  /// Why the preset says nothing of some predictions; `nil` where it does.
  package func obstacle(hasLogits: Bool, hasLabels: Bool, areClassesExclusive: Bool) -> String? {
    let measure = try? measure(areClassesExclusive: areClassesExclusive)
    if hasLabels, measure?.needsProbabilities != false { return "it needs probabilities" }
    return switch domain {
    case .any: nil
    case .independent: areClassesExclusive ? "it takes independent classes" : nil
    case .exclusive: areClassesExclusive ? nil : "it takes exclusive classes"
    case .exclusiveLogits:
      hasLogits && areClassesExclusive ? nil : "it takes logits of exclusive classes"
    case .independentLogits:
      hasLogits && !areClassesExclusive ? nil : "it takes logits of independent classes"
    }
  }
}

/// Every preset there is. A new one is a row in the file of its framework.
extension Preset {
  package static let all: [Preset] =
    keras + pyTorch + monai + segmentationModels + torchMetrics + benchmarks + fineGrained

  package static func named(_ id: String) -> Preset? { all.first { $0.id == id } }
}
