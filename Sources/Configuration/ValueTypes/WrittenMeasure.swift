internal import Core
internal import Counting
internal import Expressions

/// A loss that the configuration writes down:
///
///     {name: mine, loss: "-w * (t*log(p) + (1-t)*log(1-p))", clip: 1e-7, weights: {pole: 1000, else: 1}}
struct WrittenMeasure: Sendable {
  private var name: String
  private var loss: Setting
  private var clip: Double?
  private var weights: ClassNumbers?
  private(set) var parameters: [String: Double] = [:]
}

extension WrittenMeasure {
  fileprivate static let keys = ["name", "loss", "clip", "weights", "weight_by", "parameters"]

  /// `nil` where something is wrong, which is noted.
  init?(_ setting: Setting, _ entries: [Setting.Entry], noting mistakes: inout Mistakes) {
    func value(_ key: String) -> Setting? { entries.first { $0.key == key }?.value }
    var isRight = true
    for entry in entries where !WrittenMeasure.keys.contains(entry.key) {
      isRight = false
      mistakes.note(
        entry.value.problem(
          "a written loss has no key '\(printable(entry.key))'",
          remedy: suggestion(
            for: entry.key, among: WrittenMeasure.keys, called: "the keys are")))
    }
    guard let loss = value("loss"), let named = value("name") else {
      mistakes.note(
        setting.problem(
          "the loss has no name", remedy: "add name: mine, by which reports call it"))
      return nil
    }
    self.loss = loss
    let name = mistakes.noting { () throws(Problem) in try named.expectedMeasureName }
    let clip = mistakes.noting { () throws(Problem) in try value("clip")?.expectedClip }
    let parameters = mistakes.noting { () throws(Problem) in
      try value("parameters")?.expectedParameters ?? [:]
    }
    mistakes.noting { () throws(Problem) in try value("weight_by")?.expectClass() }
    if let given = value("weights") {
      weights = ValueTypes.classWeights.read(given, &mistakes)
      isRight = isRight && weights != nil
    }
    guard isRight, let name, let clip, let parameters else { return nil }
    (self.name, self.clip, self.parameters) = (name, clip, parameters)
  }

  /// - Parameter classes: `nil` where they are not known yet.
  /// - Throws: Problem: the text is no expression, or the weights are not those of the classes.
  func measure(of classes: ClassList?) throws(Problem) -> Measure {
    let text = try loss.string
    var formula = WrittenFormula(text, clip: clip, classes: classes?.count ?? 1)
    if let classes, let weights { formula.weights = try weights.weights(of: classes) }
    try expectUses(in: text)
    do throws(ExpressionFault) {
      return try Measure(written: formula, called: name, parameters: parameters)
    } catch {
      var problem = loss.problem(error.what, remedy: error.remedy)
      problem.excerpt = error.excerpt(of: text)
      throw problem
    }
  }
}

extension WrittenMeasure {
  /// What is given and never read would be ignored silently.
  fileprivate func expectUses(in text: String) throws(Problem) {
    let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    if let unused = parameters.keys.sorted().first(where: { !words.contains($0) }) {
      throw loss.problem(
        "the parameter '\(printable(unused))' is not in the formula",
        remedy: "name it there, or take it out of parameters")
    }
    if weights != nil, !words.contains("w") {
      throw loss.problem(
        "weights are given, and w is not in the formula",
        remedy: "multiply by it, w * (…), or take weights out")
    }
  }
}

extension ExpressionFault {
  /// The formula around what is wrong, and `   ^^^` under it.
  func excerpt(of text: String) -> [String] {
    let characters = text.map { $0.isNewline ? " " : $0 }
    let first = max(0, place.lowerBound - 60)
    let shown = String(characters.dropFirst(first).prefix(120))
    return [
      shown,
      String(repeating: " ", count: place.lowerBound - first)
        + String(repeating: "^", count: max(1, min(place.count, 60))),
    ]
  }
}

extension Setting {
  /// Of a loss or a combination of one's own.
  var expectedMeasureName: String {
    get throws(Problem) {
      let name = try string
      let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
      guard isPlain, name.first?.isLetter ?? false else {
        throw problem(
          "'\(printable(name))' is no name for a loss",
          remedy: "take letters, digits and hyphens, a letter first")
      }
      guard Catalogue.definition(named: name) == nil else {
        throw problem(
          "'\(name)' is a measure of the program's own", remedy: "give yours another name")
      }
      return name
    }
  }

  fileprivate var expectedClip: Double {
    get throws(Problem) {
      let clip = try double
      guard (1e-45...0.5).contains(clip) else {
        throw problem(
          "clip is \(shortest(clip))", remedy: "it is how far p is kept from 0 and 1: clip: 1e-7")
      }
      return clip
    }
  }

  fileprivate var expectedParameters: [String: Double] {
    get throws(Problem) {
      var numbers: [String: Double] = [:]
      for entry in try entries {
        let isTaken =
          Expression.Variable(rawValue: entry.key) != nil
          || Expression.functionNames.contains(entry.key)
        guard !isTaken else {
          throw entry.value.problem(
            "'\(entry.key)' has a meaning in formulas already", remedy: "give it another name")
        }
        numbers[entry.key] = try entry.value.double
      }
      return numbers
    }
  }

  /// Weights of pixels are the run's, because chains multiply by them.
  fileprivate func expectClass() throws(Problem) {
    let by = try string
    guard by != "class" else { return }
    throw problem(
      "a formula's w is its class's, and not that of '\(printable(by))'",
      remedy: by == "truth-class"
        ? "write sample_weight: {first_class: {pole: 1000, else: 1}}, take w out of the formula, and name sample-weights in the chain: mean(class) > mean(pixel, image, batch, times: sample-weights)"
        : "write sample_weight: {pixels: \"weights/{image}.npy\"}, take w out of the formula, and name sample-weights in the chain: mean(class) > mean(pixel, image, batch, times: sample-weights)"
    )
  }
}

extension JSON {
  /// An object with a name and a formula.
  static var writtenMeasure: JSON {
    let number: JSON = ["type": "number"]
    return [
      "type": "object",
      "description": "a loss of your own; docs/losses.md",
      "required": ["name", "loss"],
      "additionalProperties": false,
      "properties": [
        "name": ["type": "string", "description": "by which reports call it"],
        "loss": [
          "type": "string",
          "description":
            "t truth, p probability, x logit, w weight, c class index, q the true class's probability; + - * / ^, comparisons, if, log, exp, sqrt, abs, min, max, clip, sigmoid, softplus, pow",
        ],
        "clip": ["type": "number", "description": "how far p is kept from 0 and 1"],
        "weights": [
          "description": "w, one a class",
          "anyOf": [
            ["type": "array", "items": number],
            ["type": "object", "additionalProperties": number],
          ],
        ],
        "weight_by": ["enum": ["class"]],
        "parameters": [
          "type": "object", "additionalProperties": number,
          "description": "numbers by names of your own",
        ],
      ],
    ]
  }
}
