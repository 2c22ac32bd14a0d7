import Expressions
import TestSupport
import Testing

@Suite("Formulas")
struct ExpressionTests {
  @Test("what is multiplied by 0 is not there, and equal parts are one")
  func simplification() throws {
    let bce = try Expression(parsing: "-w*(t*log(p) + (1-t)*log(1-p))")
    #expect(bce.variables == [.truth, .probability, .weight])
    let own = bce.substituting([.truth: 1, .weight: 7])
    let other = bce.substituting([.truth: 0, .weight: 7])
    #expect(own.logFactor(ofComplement: false) == -7)
    #expect(other.logFactor(ofComplement: true) == -7)
    #expect(own.logFactor(ofComplement: true) == nil)
    let twice = try Expression(parsing: "log(p)*log(p) + log(p)")
    #expect(twice.reachable.count == 4)
  }

  struct Fault: Sendable {
    var text: String
    var place: Range<Int>
    var what: String
  }

  @Test(
    "errors say what and where",
    arguments: [
      Fault(text: "-w*lgo(p)", place: 3..<6, what: "there is no function 'lgo'"),
      Fault(text: "t*log(y)", place: 6..<7, what: "'y' is not known"),
      Fault(text: "t*(log(p)", place: 2..<3, what: "this bracket is not closed"),
      Fault(text: "t*log(p))", place: 8..<9, what: "')' is not expected here"),
      Fault(text: "t p", place: 2..<3, what: "'p' is not expected here"),
      Fault(
        text: "t +", place: 3..<4, what: "the formula ends where a number or a name is expected"),
      Fault(text: "", place: 0..<1, what: "the formula ends where a number or a name is expected"),
      Fault(text: "t ? p", place: 2..<3, what: "'?' means nothing here"),
      Fault(text: "1.2.3", place: 0..<5, what: "'1.2.3' is no number"),
      Fault(text: "1e999", place: 0..<5, what: "'1e999' is no number"),
      Fault(text: "clip(p, 1)", place: 0..<4, what: "clip has 2 arguments"),
      Fault(text: "log", place: 0..<3, what: "log is a function"),
      Fault(text: "p = 1", place: 2..<3, what: "'=' is not expected here"),
    ])
  func faults(fault: Fault) {
    let found = #expect(throws: ExpressionFault.self) { try Expression(parsing: fault.text) }
    #expect(found?.what == fault.what)
    #expect(found?.place == fault.place)
    #expect(found?.remedy.isEmpty == false)
  }

  @Test("that are too deep or too long are refused, and end nothing")
  func depth() throws {
    for text in [
      String(repeating: "(", count: 3000), String(repeating: "-", count: 3000) + "p",
      String(repeating: "p^", count: 1500) + "p", String(repeating: "log(", count: 900),
      String(repeating: "p+", count: 4000), String(repeating: "1", count: 400) + "e1",
    ] {
      _ = try? Expression(parsing: text)
    }
    #expect(throws: ExpressionFault.self) {
      try Expression(
        parsing: String(repeating: "(", count: 200) + "p" + String(repeating: ")", count: 200))
    }
    // A derivative of many products shares its parts.
    let product = try Expression(
      parsing: [String](repeating: "(p+x)", count: 400).joined(separator: "*"))
    #expect(product.derivative.reachable.count < 4000)
  }

  @Test("of any signs in any order end nothing, and have derivatives")
  func anySigns() {
    var generator = SeededGenerator(seed: 25)
    let signs = [
      "t", "p", "x", "w", "c", "q", "1", "0", "1e-7", ".5", "+", "-", "*", "/", "^", "(", ")", ",",
      "<", "<=", "==", "log(", "exp(", "sqrt(", "abs(", "min(", "max(", "clip(", "sigmoid(", "pow(",
      "softplus(", "if(", " ", "é", "1e400", "=",
    ]
    var read = 0
    for _ in 0..<60_000 {
      let count = Int.random(in: 1...14, using: &generator)
      let text = (0..<count).map { _ in signs.randomElement(using: &generator) ?? "t" }.joined()
      guard let expression = try? Expression(parsing: text) else { continue }
      read += 1
      let slope = expression.derivative
      #expect(slope.variables.subtracting(expression.variables).isEmpty, "\(text)")
    }
    #expect(read > 1000)
  }
}
