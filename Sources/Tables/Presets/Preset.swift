package import Core
package import Counting

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
  /// What is added up; one term in most presets.
  package var terms: [Term]
  /// What makes one number of the batches' sums, where the terms leave the batches; often empty.
  package var restText: String
  package var domain: Domain
  /// What a user of the framework should know and may not expect; empty where there is nothing.
  package var note: String
  /// Where the formula and the order were read.
  package var source: String
  /// What the framework prints where the terms have no value.
  package var ifUndefined: Double?
  /// Runs of which it prints another number than the terms, or none.
  package var exceptions: [Exception] = []

  /// A product of reductions with a factor, as in λ · Dice.
  package struct Term: Sendable {
    package var factor: Double
    /// A term without parts is the number itself.
    package var parts: [Part]

    package init(_ factor: Double = 1, _ parts: Part...) {
      self.factor = factor
      self.parts = parts
    }
  }

  /// A measure by a chain.
  package struct Part: Sendable {
    package var measureName: String
    package var parameters: [String: Double]
    package var chainText: String

    package init(
      _ measure: String, with parameters: [String: Double] = [:], _ chain: String
    ) {
      measureName = measure
      self.parameters = parameters
      chainText = chain
    }

    /// `iou(ties: 1)`: with the parameters that are not the usual ones.
    package var measureText: String {
      let list = parameters.sorted { $0.key < $1.key }.map { "\($0.key): \(shortest($0.value))" }
      return list.isEmpty ? measureName : "\(measureName)(\(list.joined(separator: ", ")))"
    }
  }

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
    note: String = "", source: String
  ) {
    self.init(
      id, call, versions: versions, sum: [Term(1, Part(measure, with: parameters, chain))],
      for: domain, note: note, source: source)
  }

  init(
    _ id: String, _ call: String, versions: String, sum terms: [Term], rest: String = "",
    for domain: Domain = .any, note: String = "", source: String
  ) {
    self.id = id
    self.call = call
    self.versions = versions
    self.terms = terms
    restText = rest
    self.domain = domain
    self.note = note
    self.source = source
  }

  package var parts: [Part] { terms.flatMap(\.parts) }

  /// The measure and chain, where the preset is nothing but one of each.
  package var single: Part? {
    terms.count == 1 && terms[0].factor == 1 && restText.isEmpty && parts.count == 1
      ? parts[0] : nil
  }

  /// What is computed, in the notation of configurations.
  package var text: String {
    let sum = terms.map { term in
      let factors = term.factor == 1 && !term.parts.isEmpty ? [] : [shortest(term.factor)]
      return (factors + term.parts.map { "\($0.measureText): \($0.chainText)" })
        .joined(separator: " · ")
    }.joined(separator: " + ")
    return restText.isEmpty ? sum : "[\(sum)] > \(restText)"
  }

  /// - Throws: Problem: the row names a measure, a parameter or a chain that there is not.
  package func formula(areClassesExclusive: Bool) throws(Problem) -> Formula {
    var formula = try Formula(terms, rest: restText, areClassesExclusive: areClassesExclusive)
    formula.ifUndefined = ifUndefined
    formula.exceptions = exceptions
    return formula
  }

  /// Whether pixels need weights for it.
  package var needsSampleWeights: Bool {
    parts.contains { (try? $0.chain)?.weighsSamples ?? false }
  }

  /// Why the preset says nothing of some predictions; `nil` where it does.
  package func obstacle(
    hasLogits: Bool, hasLabels: Bool, areClassesExclusive: Bool, hasSampleWeights: Bool,
    hasShares: Bool
  ) -> String? {
    let measures = parts.map { try? $0.measure(areClassesExclusive: areClassesExclusive) }
    if hasLabels, measures.contains(where: { $0?.needsProbabilities != false }) {
      return "it needs probabilities"
    }
    if hasShares, measures.contains(where: { $0?.readsShares != false }), !takesShares {
      return "it was not run with a soft truth, or takes none"
    }
    if !hasSampleWeights, needsSampleWeights { return "it needs sample_weight" }
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
  package static let all: [Preset] = today + older

  /// Of the versions that were run last, and of Keras' of its own.
  static let today: [Preset] =
    keras + kerasElsewhere + kerasBefore + question + pyTorch + monai + monaiMetrics + distances
    + segmentationModels
    + segmentationModelsMetrics + mmSegmentation + torchMetrics + benchmarks + scikitLearn
    + fineGrained + little + segmentationModelsKeras
}

extension Formula {
  /// Resolves the names in a preset's terms.
  ///
  /// - Throws: Problem: they name a measure, a parameter or a chain that there is not.
  package init(
    _ terms: [Preset.Term], rest: String = "", areClassesExclusive: Bool
  ) throws(Problem) {
    self.init(terms: [])
    for term in terms {
      var gauges: [Gauge] = []
      for part in term.parts {
        let chain = try part.chain
        gauges.append(Gauge(try part.measure(areClassesExclusive: areClassesExclusive), chain))
        guard !rest.isEmpty else { continue }
        let whole = try Chain(parsing: "\(part.chainText) > \(rest)")
        self.rest = Array(whole.reductions.dropFirst(chain.reductions.count))
      }
      self.terms.append(Term(factor: term.factor, gauges: gauges))
    }
  }
}

extension Preset.Part {
  /// - Throws: Problem: the text is not a chain.
  package var chain: Chain {
    get throws(Problem) { try Chain(parsing: chainText) }
  }

  /// - Throws: Problem: there is no measure of that name, or it has no such parameter.
  package func measure(areClassesExclusive: Bool) throws(Problem) -> Measure {
    guard let definition = Catalogue.definition(named: measureName) else {
      throw Problem("a preset names '\(measureName)'", remedy: "this is a fault of the program")
    }
    return try definition.measure(given: parameters, areClassesExclusive: areClassesExclusive)
  }
}
