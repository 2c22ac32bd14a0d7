package import Core

/// Something that is measured: a loss or score with its parameters.
package struct Measure: Sendable {
  /// As reports write it: `bce`, `focal(gamma: 3)`.
  package var name: String
  package var definition: MeasureDefinition
  /// The value of each parameter that has one.
  package var parameters: [String: Double]
  package var form: Form

  package enum Form: Sendable {
    /// A loss at every pixel and class, judged class by class.
    case separable(any SeparableLoss)
    /// A loss at every pixel, made from all its classes.
    case categorical(CategoricalCrossEntropy)
    /// A loss or a score that exists only for many pixels together.
    case ratio(any AnyRatio)

    /// A score of decisions, larger is better.
    ///
    /// - Parameter ties: whether a probability exactly at the threshold counts as predicted.
    static func score(_ ratio: Ratio<Overlap>, ties: Bool = false) -> Form {
      ties ? .ratio(ratio.takingTies) : .ratio(ratio)
    }
    /// Of the boundaries of truth and prediction, for a class; larger is worse unless it says so.
    static func distance(
      worst: Worst = .largest, _ value: @escaping @Sendable (SurfaceDistances) -> Double?
    ) -> Form {
      .ratio(TurnedRatio(.each(value), worst: worst))
    }
    /// A loss of probabilities.
    ///
    /// - Parameter slope: its derivative by the probability of one pixel, where each probability enters
    ///   alike; `nil` where it is not given.
    static func softRatio(_ ratio: Ratio<SoftSums>, slope: SoftRatio.Slope? = nil) -> Form {
      .ratio(SoftRatio(ratio: ratio, slope: slope))
    }
  }

  /// Whether the measure has a value at a pixel; its chains then take no `score`.
  package var isElementwise: Bool {
    switch form {
    case .separable, .categorical: true
    case .ratio: false
    }
  }

  /// Whether a pixel has one loss, that of its true class.
  package var isCategorical: Bool { if case .categorical = form { true } else { false } }

  /// The key of its sums in evidence; `nil` where it has no value at a pixel.
  package var loss: LossDefinition? {
    isElementwise
      ? LossDefinition(definition.name, parameters, formula: definition.written) : nil
  }

  /// Whether it is made of sums of probabilities.
  package var readsSoftSums: Bool { ratio?.reads(SoftSums.self) ?? false }

  /// Whether it is made of distances between boundaries.
  package var readsDistances: Bool { ratio?.reads(SurfaceDistances.self) ?? false }

  /// Whether it takes what is exactly at the threshold.
  package var readsTies: Bool { ratio?.reads(TiedOverlap.self) ?? false }

  /// Whether it says anything of predictions; a bare weight does not.
  package var readsPredictions: Bool { definition.name != "one" }

  package var ratio: (any AnyRatio)? { if case .ratio(let ratio) = form { ratio } else { nil } }

  package var worst: Worst { ratio?.worst ?? .largest }

  /// Whether it needs probabilities or logits; otherwise decisions are enough.
  package var needsProbabilities: Bool { !(ratio?.countsDecisions ?? false) }

  /// What it makes of the decisions of one class; `nil` where it reads something else.
  package var scoreOfClass: (@Sendable (Overlap) -> Double?)? {
    if case .each(let score)? = ratio as? Ratio<Overlap> { score } else { nil }
  }
}

/// A kind of measure: what it is called, what it computes, where that comes from, and what can be
/// set.
package struct MeasureDefinition: Sendable {
  package var name: String
  package var title: String
  package var formula: String
  package var source: String
  package var parameters: [Parameter]
  /// What the configuration writes down; `nil` for a measure of the catalogue.
  package var written: WrittenFormula?
  private var form: @Sendable (Arguments) -> Measure.Form

  package struct Parameter: Sendable {
    package var name: String
    /// `nil` where leaving it out means something of its own.
    package var standard: Double?
    package var range: ClosedRange<Double>
    package var summary: String

    init(_ name: String, _ standard: Double?, in range: ClosedRange<Double>, _ summary: String) {
      self.name = name
      self.standard = standard
      self.range = range
      self.summary = summary
    }
  }

  /// The parameters of one measure, and what it must know of the run.
  package struct Arguments: Sendable {
    fileprivate var values: [String: Double]
    package var areClassesExclusive: Bool

    subscript(name: String) -> Double { values[name] ?? 0 }
    subscript(optional name: String) -> Double? { values[name] }

    /// Whether `ties` says so; of exclusive classes the most probable one is predicted.
    var takesTies: Bool { self["ties"] == 1 && !areClassesExclusive }
  }

  init(
    name: String, title: String, formula: String, source: String, parameters: [Parameter] = [],
    form: @escaping @Sendable (Arguments) -> Measure.Form
  ) {
    self.name = name
    self.title = title
    self.formula = formula
    self.source = source
    self.parameters = parameters
    self.form = form
  }

  /// The measure with the parameters in `given`, and the defaults of all others.
  ///
  /// - Throws: Problem: a parameter is unknown or out of range; the caller adds the place.
  package func measure(
    given: [String: Double], areClassesExclusive: Bool
  ) throws(Problem) -> Measure {
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw Problem(
          "'\(self.name)' has no parameter '\(name)'",
          remedy: parameters.isEmpty
            ? "it has none" : "it has \(parameters.map(\.name).joined(separator: ", "))")
      }
      guard parameter.range.contains(value) else {
        let (low, high) = (parameter.range.lowerBound, parameter.range.upperBound)
        throw Problem(
          "\(self.name).\(name) is \(shortest(value))",
          remedy: "it must lie between \(shortest(low)) and \(shortest(high)): \(parameter.summary)"
        )
      }
    }
    var values: [String: Double] = [:]
    for parameter in parameters {
      values[parameter.name] = given[parameter.name] ?? parameter.standard
    }
    let changed = parameters.filter { given[$0.name] != nil && given[$0.name] != $0.standard }
    let brackets = changed.map { "\($0.name): \(shortest(given[$0.name] ?? 0))" }
    return Measure(
      name: brackets.isEmpty ? name : "\(name)(\(brackets.joined(separator: ", ")))",
      definition: self, parameters: values,
      form: form(Arguments(values: values, areClassesExclusive: areClassesExclusive)))
  }
}
