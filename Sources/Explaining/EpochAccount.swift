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
    name = preset?.id ?? run.headline.name
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
          "From the pixel to the log: \(name: name) of \(count: run.evidence.images.count, "image") in \(text: run.batching.text)"
        ),
        .section("1. From the pixel to a batch", try toBatch),
        .section("2. The batches", [.table(batchTable)] + void),
        .section("3. What is printed of them", [.table(rules)] + reasons),
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
        .paragraph("That is one call of the loss on one batch. What follows is the trainer's."),
      ]
    }
  }

  private var batchTable: Table {
    var table = Table(["batch", "images", "counted pixels", "loss"], textColumns: 0)
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
  private var oneCall: Double? {
    (try? run.measurements(in: Batching()).outcome(of: formula))?.scalar
  }

  private var rules: Table {
    var table = Table(["printed", "of the batches in their order", "by"], textColumns: 3)
    for (step, trainers) in Trainer.byRule(for: family) {
      let names = trainers.map { trainer -> Line in
        "\(name: trainer.name) (\(name: trainer.printedAs))"
      }
      table.add([
        number(numbers.made(oneBy: step)), "\(code: "\(step)")",
        Line(listing: names, most: trainers.count),
      ])
    }
    table.add([number(oneCall), "all images in one call", "no trainer"])
    return table
  }

  /// The part that the last batch has in each of the means.
  private var reasons: [Block] {
    guard let last = batches.last, batches.count > 1, let first = batches.first else { return [] }
    let images = batches.reduce(0) { $0 + $1.images }
    let pixels = batches.reduce(0) { $0 + $1.pixels }
    let share = (
      images: Double(last.images) / Double(images), batches: 1 / Double(batches.count),
      pixels: pixels > 0 ? Double(last.pixels) / Double(pixels) : 0
    )
    var lines: [Line] = []
    if last.images != first.images {
      lines.append(
        "The last batch has \(last.images) of \(images) images. By images its loss has \(percent: share.images) of the number, and where every batch counts alike \(percent: share.batches)."
      )
    }
    if (share.pixels - share.images).magnitude > 0.001 {
      lines.append(
        "It has \(percent: share.pixels) of the counted pixels, which is what it has in one call on all images: no trainer weighs losses by pixels."
      )
    }
    if lines.isEmpty {
      lines.append("All batches have as many images and pixels, so every mean of them is the same.")
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
