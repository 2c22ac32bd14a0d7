internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

/// The questions that people ask of a loss whose classes went missing in one number.
///
/// Every answer is read off the loss's own chain; with a run it has the run's numbers.
struct FiveQuestions {
  var name: String
  /// Whether the call is one of Keras, whose arrays have the classes in their last axis.
  var isKeras: Bool
  var formula: Formula
  var run: FinishedRun?

  /// - Throws: Problem: a part of the formula has no value on the run.
  var page: Page {
    get throws(Problem) {
      let answers: [(question: Line, answer: [Line])] = [
        ("Which is combined first: the classes of a pixel, or the pixels of a class?", order),
        ("Where is it a sum, and where a mean?", operations),
        ("Is axis=-1 the pixels or the classes?", lastAxis),
        ("\"The total loss is the sum of all individual losses\": the classes' losses?", total),
      ]
      let whereabouts = try whereabouts
      let questions =
        answers.enumerated().map { index, pair in
          Block.section("\(index + 1). \(pair.question)", pair.answer.map(Block.paragraph))
        } + [.section("5. Where did the loss of a class go?", whereabouts)]
      return [.section("The five questions", questions)]
    }
  }

  /// The gauges that look at predictions; the others are weights.
  private var gauges: [Gauge] {
    formula.gauges.filter(\.measure.readsPredictions)
  }

  /// A sentence for each part, with its name where there are several; said once where all say the
  /// same.
  private func each(_ sentence: (Gauge) -> Line) -> [Line] {
    let sentences = gauges.map { (name: $0.measure.definition.name, line: sentence($0)) }
    if Set(sentences.map(\.line)).count == 1 { return [sentences[0].line] }
    return sentences.map { "\(name: $0.name): \($0.line)" }
  }
}

// MARK: - The order

extension FiveQuestions {
  /// Which goes first, classes or pixels.
  var order: [Line] {
    var sentences = each(\.orderText)
    guard let part = formula.single else { return sentences }
    if run == nil, part.chain.isPlainMean {
      sentences.append("With images of one size every order of these means gives the same number.")
    }
    if let run, let turned = part.chain.turned {
      let table = run.measurements.table(
        of: part.measure, byTile: part.chain.axes.contains(.tile))
      if table.obstacle(to: turned) == nil, let value = table.reduced(by: part.chain).scalar,
        let other = table.reduced(by: turned).scalar
      {
        let isSame = (value - other).magnitude <= 1e-12 * value.magnitude
        sentences.append(
          "The other way round, \(code: "\(turned)"), it is \(other)\(isSame ? " as well" : " and not \(value)")."
        )
      }
    }
    return sentences
  }
}

extension Chain {
  /// The pixels of a class before the classes of a pixel, or the reverse; `nil` where one step takes
  /// both, or where a ratio needs its pixels first.
  fileprivate var turned: Chain? {
    var turned = reductions
    guard !hasScore, let classStep = turned.firstIndex(where: { $0.axes.contains(.class) }),
      let pixelStep = turned.firstIndex(where: { $0.axes.contains(.pixel) }),
      classStep != pixelStep
    else { return nil }
    turned.insert(turned.remove(at: classStep), at: classStep < pixelStep ? pixelStep : 0)
    return try? Chain(parsing: turned.map(\.description).joined(separator: " > "))
  }
}

extension Gauge {
  /// What goes first, and what follows.
  fileprivate var orderText: Line {
    let steps = chain.reductions
    if chain.hasScore { return ratioText(steps) }
    let pixelStep = steps.firstIndex { $0.axes.contains(.pixel) } ?? 0
    let classStep = steps.firstIndex { $0.axes.contains(.class) } ?? steps.endIndex
    if classStep == pixelStep {
      return
        "Neither: \(listed(steps[pixelStep].axesText)) go in one step, \(text: steps[pixelStep].isPlain ? "in which every value counts alike" : "each with its weight").\(followers(of: pixelStep))"
    }
    if classStep < pixelStep {
      return
        "The classes: at each pixel \(steps[classStep].verb) over them is taken.\(followers(of: classStep))"
    }
    return
      "The pixels: \(steps[pixelStep].verb) over \(listed(steps[pixelStep].axesText)) is taken for each class.\(followers(of: pixelStep))"
  }

  private func ratioText(_ steps: [Chain.Reduction]) -> Line {
    let pooled = steps.prefix { $0.operation == .pool }
    let axes = AxisSet(pooled.flatMap(\.axes))
    let names = listed(axes.outsideIn.reversed().map(\.plural))
    return axes.contains(.class)
      ? "Neither: over \(names) together p and t are added up, and one ratio is taken of the sums.\(followers(of: pooled.endIndex - 1))"
      : "The pixels: over \(names) p and t are added up for each class, and a ratio is taken of the sums.\(followers(of: pooled.endIndex - 1))"
  }

  /// ` Then go pixels and images, then batches.`
  private func followers(of index: Int) -> Line {
    let rest = chain.reductions[(index + 1)...].map { listed($0.axesText) }
    return rest.isEmpty ? "" : " Then go \(rest.joined(separator: ", then "))."
  }
}

// MARK: - Sums and means

extension FiveQuestions {
  private var operations: [Line] {
    var sentences = each { part in
      part.operationText(part.divisors(in: run.map { $0.measurements }))
    }
    for step in formula.rest {
      sentences.append("At last \(step.verb) over \(listed(step.axesText)): \(code: "\(step)").")
    }
    if formula.terms.count > 1 {
      sentences.append(
        "The \(formula.terms.count) terms of the loss are added, each with its factor.")
    }
    return sentences
  }
}

extension Gauge {
  /// What each reduction divides by, in a run's numbers or in words; `nil` where it does not divide.
  fileprivate func divisors(in run: Measurements?) -> [Line?] {
    guard let run else { return chain.reductions.map(\.divisorLine) }
    let table = run.table(of: measure, byTile: chain.axes.contains(.tile))
    let steps = table.reduced(by: chain).steps.filter { !$0.step.axes.isEmpty }
    return zip(chain.reductions, steps).map { step, result in
      result.divisor.map { .text($0.text) } ?? step.divisorLine
    }
  }

  /// `A mean at every step: …`
  fileprivate func operationText(_ divisors: [Line?]) -> Line {
    let steps = zip(chain.reductions, divisors).map { step, divisor -> Line in
      "\(code: "\(step)") \(divisor.map { "÷ \($0)" } ?? step.plainWords)"
    }
    let operations = chain.reductions.map(\.operation)
    let opening: Line =
      if operations.allSatisfy({ $0 == .mean }) {
        "A mean at every step, nothing is summed"
      } else if chain.hasScore {
        "Sums before the ratio is taken, \(text: operations.contains(.mean) ? "means" : "nothing") after it"
      } else if operations.allSatisfy({ $0 == .sum }) {
        "A sum at every step, nothing is divided"
      } else if operations.contains(where: \.isOrdered) {
        "First within each batch, then of the batches in their order"
      } else {
        "Both"
      }
    return "\(opening): \(steps.joined(separator: ", "))."
  }
}

// MARK: - The last axis

extension FiveQuestions {
  private var lastAxis: [Line] {
    return each { part in part.lastAxisText(isKeras: isKeras) }
      + (isKeras && gauges.allSatisfy(\.takesClassesFirst)
        ? [
          "With channels first axis=-1 is the columns of an image, and classes go with the pixels instead.\(text: formula.single?.chain.isPlainMean == true ? " The number stays the same, as long as images have one size." : "")"
        ] : [])
  }
}

extension Gauge {
  fileprivate var takesClassesFirst: Bool {
    !chain.hasScore && chain.reductions.first?.axes == [.class]
  }

  fileprivate func lastAxisText(isKeras: Bool) -> Line {
    let index = chain.reductions.firstIndex { $0.axes.contains(.class) }
    guard let index else { return "This call combines no classes." }
    let step = chain.reductions[index]
    let others = step.axes.filter { $0 != .class }
    let company: Line = others.isEmpty ? "alone" : "together with \(listed(others.map(\.plural)))"
    let place: Line = "step \(index + 1), \(code: "\(step)"): the classes \(company)"
    if isKeras, takesClassesFirst {
      return
        "The classes: arrays are (images, rows, columns, classes), so axis=-1 is \(place). The pixels come later."
    }
    return isKeras
      ? "Neither: this call has no axis=-1. The classes go in \(place)."
      : "Neither: this call has no axis=-1, which is Keras' way to say it. The classes go in \(place)."
  }
}

// MARK: - The total

extension FiveQuestions {
  private var total: [Line] {
    var sentences: [Line] = [
      "No: the outputs'. A model with several outputs has a loss for each, and adds them, each times its loss weight."
    ]
    sentences += each { part in
      guard let step = part.chain.reductions.first(where: { $0.axes.contains(.class) }) else {
        return "The classes of an output are kept apart."
      }
      return switch step.operation {
      case .sum:
        "Within this output the classes are added, by \(code: "\(step)")\(text: part.measure.isCategorical ? ": of a pixel's classes only the true one has a loss" : "")."
      case .pool: "Within an output the classes are pooled into one ratio, by \(code: "\(step)")."
      case .mean: "Within an output the classes are averaged, by \(code: "\(step)"), and not added."
      default: "Within an output only some classes count, by \(code: "\(step)")."
      }
    }
    if formula.terms.count > 1 {
      sentences.append(
        "The \(formula.terms.count) terms of this loss are added too; they are no classes either.")
    }
    if run != nil {
      sentences.append(
        "This run has one output, so its loss is the total; `unmask total` adds several.")
    }
    return sentences
  }
}

extension Measure {
  fileprivate var isCategorical: Bool { if case .categorical = form { true } else { false } }
}

// MARK: - Words for steps

extension Chain {
  /// Whether all classes count alike, and images and batches at most by their size.
  var isUnweightedMean: Bool {
    !hasScore
      && reductions.allSatisfy { step in
        step.operation == .mean && step.factor == nil && step.substitute == nil
          && (step.weight == nil || step.weight == .images || step.weight == .pixels)
      }
  }

  /// The same where, moreover, a batch that is not full counts less than a full one.
  var isPlainMean: Bool {
    isUnweightedMean && !reductions.contains { $0.axes == [.batch] && $0.weight == nil }
  }
}

extension Chain.Reduction {
  var isPlain: Bool { weight == nil && factor == nil }

  /// From the inside out, as people say it.
  var axesText: [String] { AxisSet(axes).outsideIn.reversed().map(\.plural) }

  var verb: Line {
    switch operation {
    case .pool: "a pooled count"
    case .sum: "the sum"
    case .mean: isPlain ? "the mean" : "a weighted mean"
    case .max: "the largest value"
    case .min: "the smallest value"
    case .quantile(let q): "the quantile \(exact: q)"
    case .worst, .worstPercent: "the mean of the worst values"
    case .trailing(let trailing): trailing.words
    }
  }

  /// What a step does that divides by nothing.
  fileprivate var plainWords: Line {
    switch operation {
    case .pool, .sum: "adds up"
    default: "selects"
    }
  }

  /// What a mean divides by, where no run says how many.
  fileprivate var divisorLine: Line? {
    guard operation == .mean else { return nil }
    let terms = listed(axesText)
    return switch weight {
    case nil: axes.count == 1 ? "the number of \(terms)" : "the number of values (\(terms))"
    case .images: "the number of images"
    case .pixels: "the number of pixels"
    case .truth: "the number of the class's own pixels"
    case .balanced: "2: its own pixels and all others are two halves"
    case let weight?: "the sum of \(text: weight.rawValue)"
    }
  }
}
