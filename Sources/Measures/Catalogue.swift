/// Every measure there is. A new one is a file with its definition, and its name here.
package enum Catalogue {
  package static let measures: [MeasureDefinition] = [
    BinaryCrossEntropy.definition,
    TFKerasBinaryCrossEntropy.definition,
    TorchBinaryCrossEntropy.definition,
    Focal.definition,
    SquaredError.definition,
    AbsoluteError.definition,
    CategoricalCrossEntropy.definition,
    CategoricalCrossEntropy.sparseDefinition,
    SoftDice.definition,
    SoftJaccard.definition,
    Tversky.definition,
    IoU.definition,
    Dice.definition,
    Precision.definition,
    Recall.definition,
    Accuracy.definition,
  ]

  package static func definition(named name: String) -> MeasureDefinition? {
    measures.first { $0.name == name }
  }
}
