import Expressions
import FuzzingSupport

/// Formulas of losses: whatever is read has a derivative, and numbers in place of its variables leave none.
@main
enum FuzzExpression: Fuzzing {
  static let longest = 512

  static func read(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    guard let expression = try? Expression(parsing: text, parameters: ["gamma": 2]) else { return }
    let slope = expression.derivative
    claim(
      slope.variables.subtracting(expression.variables).isEmpty,
      "the derivative of '\(text)' depends on more than it")
    let values = Dictionary(uniqueKeysWithValues: Expression.Variable.allCases.map { ($0, 0.5) })
    claim(expression.substituting(values).variables.isEmpty, "'\(text)' keeps a variable")
    _ = (slope.substituting(values), expression.logFactor(ofComplement: true), expression.terms)
  }
}
