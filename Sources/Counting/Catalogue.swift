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
    GeneralizedDice.definition,
    SoftGeneralizedDice.definition,
  ]

  package static func definition(named name: String) -> MeasureDefinition? {
    measures.first { $0.name == name }
  }
}
