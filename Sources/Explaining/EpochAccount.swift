package import Core
internal import Counting
internal import Diagnosis
package import Pages
package import Tables

/// From the pixel to the log: what a loss is at each step of a run's batches, and what each trainer
/// prints of them.
package struct EpochAccount {
  private let name: String
  private let formula: Formula
  private let family: Trainer.Family?
  private let run: FinishedRun
  private let numbers: BatchNumbers
  private let batches: [BatchNumbers.Batch]

  /// - Parameter preset: whose loss it is; `nil` is the headline's.
  /// - Throws: Problem: the run cannot answer for it, or it has no number for each batch.
  package init(of preset: Preset?, in run: FinishedRun) throws(Problem) {
    self.run = run
    formula =
      if let preset { try run.formula(of: preset) } else { run.headline.formula }
    name = preset?.id ?? run.headline.title
    family = preset.flatMap(Trainer.family)
    guard let numbers = try run.measurements.batches(of: formula) else {
      throw Problem(
        "'\(printable(name))' has no number for each batch",
        remedy:
          "name a preset whose loss a trainer logs: unmask explain epoch keras.binary_crossentropy --from …"
      )
    }
    self.numbers = numbers
    batches = numbers.batches
  }

  package var page: Page {
    get throws(Problem) {
      [
        .title(
          "From the pixel to the log: \(name: name) of \(count: counted, "image") in \(text: run.batching.text)"
        ),
        .section("1. From the pixel to a batch", try toBatch),
        .section("2. The batches", [.table(batchTable)] + void),
        .section("3. What is printed of them", [.list(printed)] + reasons),
        .section("4. What a log may have besides", [.list(besides)]),
      ]
    }
  }
}

// MARK: - To the batch

extension EpochAccount {
  private var toBatch: [Block] {
    get throws(Problem) {
      guard let ofBatches = formula.ofBatches else { return [] }
      let steps = try run.measurements.outcome(of: ofBatches).steps
      let words = ofBatches.gauges.flatMap(\.chain.words)
      let lines = zip(words, steps).map { words, step -> Line in
        guard let (low, high) = step.range else { return words }
        return low == high
          ? "\(words) It is \(low)." : "\(words) They lie between \(low) and \(high)."
      }
      return [
        .steps(lines.count == words.count ? lines : words),
        .paragraph("That is one call on one batch. What follows is the trainer's."),
        .paragraph(
          "\(strong: "Which is combined first, classes or pixels?") \(FiveQuestions(name: name, isKeras: false, formula: ofBatches, run: run).order.joined(separator: " "))"
        ),
        .paragraph("What a class has of it: \(code: "unmask explain --class NAME --from …")."),
      ]
    }
  }

  private var batchTable: Table {
    var table = Table(["batch", "images", "pixels", "number"], textColumns: 0)
    let most = 12
    for (index, batch) in batches.enumerated() where index < most || index == batches.count - 1 {
      if index == batches.count - 1, batches.count > most + 1 { table.add(["…", "…", "…", "…"]) }
      table.add([
        "\(index + 1)", "\(batch.images)", "\(batch.pixels)", number(batch.value),
      ])
    }
    return table
  }

  /// With the digits of a single, which is what logs are printed from.
  private func number(_ value: Double?) -> Line {
    value.map { Line([.number($0, .written(shortest($0.asSingle)))]) } ?? "NaN"
  }

  private var void: [Block] {
    let empty = batches.indices.filter { batches[$0].value == nil }
    guard !empty.isEmpty else { return [] }
    let list = Line(listing: empty.map { "\($0 + 1)" }, most: 5)
    return [
      .paragraph(
        "\(text: empty.count == 1 ? "Batch" : "Batches") \(list): nothing to divide by, which is NaN. Trainers differ in what they make of it."
      )
    ]
  }
}

extension Double {
  /// The shortest number that is the same single.
  fileprivate var asSingle: Double { Double("\(Float(self))") ?? self }
}

// MARK: - To the log

extension EpochAccount {
  /// All images that the batches have, as one batch.
  private var oneCall: Double? {
    let isCut = run.batching.dropsLast && run.evidence.listed > counted
    let one = isCut ? Batching(size: max(1, listed), dropsLast: true) : Batching()
    return (try? run.measurements(in: one).outcome(of: formula))?.scalar
  }

  /// How many of the listed images are in full batches.
  private var listed: Int {
    let size = run.batching.size ?? run.evidence.listed
    return run.evidence.listed / size * size
  }

  private var counted: Int { batches.reduce(0) { $0 + $1.images } }

  private var hasVoid: Bool { batches.contains { $0.value == nil } }

  /// By their number: who makes it, by which rule.
  private var printed: [Item] {
    var numbers: [(text: Line, rules: [(words: Line, by: [Line])])] = []
    func add(_ number: Line, _ words: Line, _ by: [Line]) {
      let place = numbers.firstIndex { $0.text == number } ?? numbers.endIndex
      if place == numbers.endIndex { numbers.append((number, [])) }
      if let rule = numbers[place].rules.firstIndex(where: { $0.words == words }) {
        numbers[place].rules[rule].by += by
      } else {
        numbers[place].rules.append((words, by))
      }
    }
    add(
      number((try? run.measurements.outcome(of: formula))?.scalar),
      "\(name: name), as this run has it", ["\(code: formula.text)"])
    for (step, trainers) in Trainer.byRule(for: family) {
      let by = trainers.map { "\(name: $0.name) (\(name: $0.printedAs))" as Line }
      if let reason = trainers[0].exception(on: run.measurements) {
        add("no number that can be told", "\(name: reason)", by)
      } else {
        add(number(self.numbers.made(oneBy: step)), step.wordsOfBatches(naming: hasVoid), by)
      }
    }
    add(number(oneCall), "all images in one call", ["no trainer"])
    return numbers.map { number, rules in
      Item(
        number,
        rules.map { rule in
          Item("\(rule.words): \(Line(listing: rule.by, most: rule.by.count))")
        })
    }
  }

  /// The part that the last batch has in each of the means.
  private var reasons: [Block] {
    guard run.batching.size != nil else {
      return [
        .paragraph(
          "The run is one batch. Write \(code: "batch: {size: N}") to see what a loader makes of it."
        )
      ]
    }
    guard let last = batches.last, batches.count > 1, let first = batches.first else { return [] }
    let pixels = batches.reduce(0) { $0 + $1.pixels }
    let share = (
      images: Double(last.images) / Double(counted), batches: 1 / Double(batches.count),
      pixels: pixels > 0 ? Double(last.pixels) / Double(pixels) : 0
    )
    var lines: [Line] = []
    if last.images != first.images {
      lines.append(
        "The last batch has \(last.images) of \(counted) images. By images it has \(percent: share.images) of the number\(text: hasVoid ? " where no batch is left out" : ""), and where every batch counts alike \(percent: share.batches)."
      )
    }
    // Only a mean over pixels goes by them in one call.
    let goesByPixels = formula.readingGauges.allSatisfy(\.measure.isElementwise)
    if goesByPixels, (share.pixels - share.images).magnitude > 0.001 {
      lines.append(
        "It has \(percent: share.pixels) of the pixels that are not ignored, which is its part in one call on all images: no trainer weighs losses by pixels. To have that number, add up the loss of each batch times its pixels, and divide by all pixels."
      )
    }
    if goesByPixels, let oneCall, !lines.isEmpty {
      lines.append(
        "Each number is a right mean, and they are means of different things: \(number(oneCall)) is that of all pixels alike."
      )
    }
    if lines.isEmpty {
      lines.append(
        "All batches have as many images and pixels, so their means by either are the same.")
    }
    return lines.map(Block.paragraph)
  }

  private var besides: [Line] {
    [
      "A number of the training: its weights move from batch to batch, and its batches are drawn anew in each epoch.",
      "Regularisation, add_loss and the losses of other outputs, which are added: `unmask total` adds outputs.",
      "With gradient accumulation, N times the number, where a model's loss is not divided by N.",
      "Some batches only: `validation_steps`, `limit_val_batches`, `drop_last`. `unmask explain --printed NUMBER --from …` tries these.",
    ]
  }
}

extension Chain.Reduction {
  /// What a trainer makes of batches, in words.
  ///
  /// - Parameter isVoidNamed: whether what becomes of a void batch is said.
  fileprivate func wordsOfBatches(naming isVoidNamed: Bool) -> Line {
    let rule: Line =
      switch operation {
      case .mean where weight == .images: "by images"
      case .mean: "every batch alike"
      case .trailing(let trailing): trailing.words
      default: "\(code: "\(self)")"
      }
    guard isVoidNamed else { return rule }
    let void: Line =
      substitute.map { ", a void batch as \(exact: $0)" }
      ?? (isUndefinedWithAny ? ", NaN stays" : ", void batches left out")
    return "\(rule)\(void)"
  }
}
