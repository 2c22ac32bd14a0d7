package import Core
package import Expressions

extension Measure {
  /// A loss that the configuration writes down.
  ///
  /// - Throws: ExpressionFault: the text is no expression.
  package init(
    written formula: WrittenFormula, called name: String, parameters: [String: Double]
  ) throws(ExpressionFault) {
    let loss = try WrittenLoss(formula, parameters: parameters)
    var definition = MeasureDefinition(
      name: name, title: "a loss of the configuration", formula: formula.text,
      source: "the configuration"
    ) { _ in .separable(loss) }
    definition.written = formula
    self.init(
      name: name, definition: definition, parameters: parameters, form: .separable(loss))
  }

  /// Whether it takes logits and nothing else.
  package var readsLogits: Bool {
    if case .separable(let loss as WrittenLoss) = form { loss.readsLogits } else { false }
  }
}
