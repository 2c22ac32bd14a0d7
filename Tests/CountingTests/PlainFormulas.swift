import Foundation
import TestSupport

/// What a plain reader of the same text makes of it: a second parser and evaluator, in doubles, which
/// shares nothing with the first.
struct PlainReader {
  private let text: [Character]
  private var index = 0
  let names: [String: Double]

  init(_ text: String, _ names: [String: Double]) {
    self.text = text.filter { $0 != " " }
    self.names = names
  }

  static func value(of text: String, _ names: [String: Double]) -> Double {
    var reader = PlainReader(text, names)
    return reader.comparison()
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[index...].starts(with: word) else { return false }
    index += word.count
    return true
  }

  private mutating func comparison() -> Double {
    let left = sum()
    if take("<=") { return left <= sum() ? 1 : 0 }
    if take(">=") { return left >= sum() ? 1 : 0 }
    if take("==") { return left == sum() ? 1 : 0 }
    if take("!=") { return left != sum() ? 1 : 0 }
    if take("<") { return left < sum() ? 1 : 0 }
    if take(">") { return left > sum() ? 1 : 0 }
    return left
  }

  private mutating func sum() -> Double {
    var value = product()
    while true {
      if take("+") {
        value += product()
      } else if take("-") {
        value -= product()
      } else {
        return value
      }
    }
  }

  private mutating func product() -> Double {
    var value = signed()
    while true {
      if take("*") {
        value *= signed()
      } else if take("/") {
        value /= signed()
      } else {
        return value
      }
    }
  }

  private mutating func signed() -> Double { take("-") ? -signed() : raised() }

  private mutating func raised() -> Double {
    let base = primary()
    return take("^") ? pow(base, signed()) : base
  }

  private mutating func primary() -> Double {
    if take("(") {
      let value = comparison()
      _ = take(")")
      return value
    }
    var word = ""
    while index < text.count, text[index].isLetter || text[index].isNumber || text[index] == "." {
      word.append(text[index])
      index += 1
    }
    guard take("(") else { return Double(word) ?? names[word] ?? .nan }
    var arguments = [comparison()]
    while take(",") { arguments.append(comparison()) }
    _ = take(")")
    let a = arguments[0]
    let b = arguments.count > 1 ? arguments[1] : 0
    return switch word {
    case "log": log(a)
    case "exp": exp(a)
    case "sqrt": a.squareRoot()
    case "abs": abs(a)
    case "min": Swift.min(a, b)
    case "max": Swift.max(a, b)
    case "clip": Swift.min(Swift.max(a, b), arguments[2])
    case "sigmoid": 1 / (1 + exp(-a))
    case "softplus": Swift.max(a, 0) + log1p(exp(-abs(a)))
    case "pow": pow(a, b)
    case "if": a != 0 ? b : arguments[2]
    default: .nan
    }
  }
}

/// Formulas that nobody would write, of every part of the language.
struct FormulaWriter {
  var generator: SeededGenerator

  mutating func formula(depth: Int) -> String {
    guard depth > 0, Int.random(in: 0..<8, using: &generator) > 0 else { return leaf() }
    let (a, b) = (formula(depth: depth - 1), formula(depth: depth - 1))
    switch Int.random(in: 0..<18, using: &generator) {
    case 0, 1: return "(\(a) + \(b))"
    case 2, 3: return "(\(a) - \(b))"
    case 4, 5: return "\(factor(a))*\(factor(b))"
    case 6: return "\(factor(a)) / (1 + abs(\(b)))"
    case 7: return "-\(factor(a))"
    case 8: return "log(0.1 + abs(\(a)))"
    case 9: return "exp(-abs(\(a)))"
    case 10: return "sqrt(0.5 + abs(\(a)))"
    case 11: return "min(\(a), \(b))"
    case 12: return "max(\(a), \(b))"
    case 13: return "clip(\(a), -1, 0.75)"
    case 14: return "sigmoid(\(a))"
    case 15: return "softplus(\(a))"
    case 16: return "if(\(a) < \(b), \(b), \(a))"
    default:
      return
        "(0.25 + abs(\(a)))^\(["2", "3", "0.5", "1.7", "-1", "(1 + p)"].randomElement(using: &generator) ?? "2")"
    }
  }

  private mutating func leaf() -> String {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0, 1, 2: return "p"
    case 3: return "x"
    case 4: return "w"
    default:
      return ["0", "1", "2", "0.5", "0.01", "3.25", "gamma"].randomElement(using: &generator) ?? "1"
    }
  }

  private func factor(_ text: String) -> String { "(\(text))" }
}
