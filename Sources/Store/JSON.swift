package import Core
import Foundation

extension Scheme {
  /// The same scheme is the same text.
  package var json: String { get throws(Problem) { try text(of: self) } }

  /// - Throws: Problem: the text is no scheme, or one that no run can have.
  init(json: String) throws(Problem) {
    self = try value(of: json, "how it was counted")
    guard classes.count <= Limits.classes.most else {
      throw .damaged("\(Figure.count(classes.count, "class", "classes"))")
    }
    if let border, border < 0 { throw .damaged("a border of \(border) pixels") }
    if let weights = sampleWeights?.firstClass, weights.count != classes.count {
      throw .damaged(
        "\(weights.count) weights for \(Figure.count(classes.count, "class", "classes"))")
    }
    if case .aboveEach(let each) = decision, each.count != classes.count {
      throw .damaged(
        "\(each.count) thresholds for \(Figure.count(classes.count, "class", "classes"))")
    }
  }
}

/// The same value is the same text.
///
/// - Throws: Problem: it holds a number that JSON cannot.
func text(of value: some Encodable) throws(Problem) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  } catch {
    throw Problem("cannot keep it: \(error)", remedy: "this is a fault of the program")
  }
}

/// - Throws: Problem: the text is none of these values.
func value<Value: Decodable>(of json: String, _ what: String) throws(Problem) -> Value {
  do {
    return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
  } catch {
    throw .damaged("\(what) cannot be read")
  }
}
