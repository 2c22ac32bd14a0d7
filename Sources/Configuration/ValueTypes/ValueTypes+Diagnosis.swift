internal import Core
internal import Counting
internal import Tables

/// `diagnose.poor`: a score, and the bound below which a class is poor.
struct Bound: Sendable {
  var definition: MeasureDefinition
  var limit: Double
}

/// `diagnose.headline`: one of the file's measures by one of its chains, or a preset.
enum RequestedHeadline: Sendable {
  case chain(Section<Keys.Headline>)
  case preset(Placed<Preset>)
}

extension ValueTypes {
  /// `keras.binary_crossentropy`, or `{measure: bce, reduce: keras}`.
  static let headline: ValueType<RequestedHeadline> = either(
    preset.map { .preset($0) }, if: \.isScalar, or: section(Keys.Headline()).map { .chain($0) })

  /// `iou < 0.5`
  static let poor: ValueType<Bound> = text("a score and a bound, as `iou < 0.5`", for: "dice < 0.7")
    .parsed { text, setting throws(Problem) in
      let words = text.split(separator: "<", omittingEmptySubsequences: false)
        .map { $0.split(separator: " ").joined(separator: " ") }
      guard words.count == 2, let limit = Double(words[1]), (0...1).contains(limit),
        let definition = Catalogue.definition(named: words[0]), definition.isScoreOfClasses
      else {
        throw setting.problem(
          "'\(printable(text))' is no bound on a score",
          remedy: "write 'iou < 0.5'; the scores are iou, dice, precision, recall, accuracy")
      }
      return Bound(definition: definition, limit: limit)
    }
}

extension MeasureDefinition {
  /// Whether each class has a score of its own.
  fileprivate var isScoreOfClasses: Bool {
    (try? measure(given: [:], areClassesExclusive: false))?.scoreOfClass != nil
  }
}
