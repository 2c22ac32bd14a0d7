package import Core
internal import Expressions

/// Every measure there is. A new one is a file with its definition, and its name here.
package enum Catalogue {
  package static let measures: [MeasureDefinition] = [
    BinaryCrossEntropy.definition,
    TFKerasBinaryCrossEntropy.definition,
    TorchBinaryCrossEntropy.definition,
    KerasTwoBinaryCrossEntropy.definition,
    LogLoss.definition,
    Focal.definition,
    SquaredError.definition,
    AbsoluteError.definition,
    Brier.definition,
    WeightAlone.definition,
    CategoricalCrossEntropy.definition,
    CategoricalCrossEntropy.sparseDefinition,
    CategoricalCrossEntropy.logLossDefinition,
    CategoricalCrossEntropy.focalDefinition,
    SoftDice.definition,
    SoftJaccard.definition,
    Tversky.definition,
    IoU.definition,
    Dice.definition,
    Precision.definition,
    Recall.definition,
    Accuracy.definition,
    BinaryAccuracy.definition,
    BalancedAccuracy.definition,
    Specificity.definition,
    BinaryIoU.definition,
    MatthewsCorrelation.definition,
    CohensKappa.definition,
    GeneralizedDice.definition,
    SoftGeneralizedDice.definition,
    Hausdorff.definition,
    Hausdorff95.definition,
    AverageSurfaceDistance.definition,
    AverageSymmetricSurfaceDistance.definition,
    MeanAverageSurfaceDistance.definition,
    SurfaceDice.definition,
  ]

  package static func definition(named name: String) -> MeasureDefinition? {
    measures.first { $0.name == name }
  }

  /// The measure that a definition records.
  ///
  /// - Throws: Problem: there is none, or none with such parameters.
  package static func measure(_ loss: LossDefinition) throws(Problem) -> Measure {
    if let formula = loss.formula {
      do throws(ExpressionFault) {
        return try Measure(written: formula, called: loss.name, parameters: loss.parameters)
      } catch {
        throw Problem(error.what, remedy: "use the version of unmask that counted it")
      }
    }
    guard let definition = definition(named: loss.name) else {
      throw Problem(
        "no loss is called '\(printable(loss.name))'",
        remedy: "use the version of unmask that counted it")
    }
    return try definition.measure(given: loss.parameters, areClassesExclusive: false)
  }

  static func loss(_ definition: LossDefinition) throws(Problem) -> Needs.Loss {
    switch (try measure(definition).form, definition.derivative) {
    case (.separable(let loss), nil): return .separable(loss)
    case (.separable(let loss), let part?): return .separable(Slope(loss: loss, part: part))
    case (.categorical(let loss), nil): return .categorical(loss)
    case (.categorical(let loss), let part?):
      return .categoricalSlope(loss, part, classWeights: definition.classWeights)
    case (.ratio, _):
      throw Problem(
        "'\(printable(definition.name))' has no value at a pixel",
        remedy: "use the version of unmask that counted it")
    }
  }
}
