package import Core

/// Who makes one number of the losses of the batches, and how: the step from a batch to the log.
///
/// A trainer goes with any preset: `lightning(torch.CrossEntropyLoss)` is what Lightning logs of
/// PyTorch's loss. A trainer is a row of ``all`` and nothing else.
package struct Trainer: Sendable {
  /// `fastai.train`
  package var name: String
  /// Under which name the log has it: valid_loss.
  package var printedAs: String
  /// What makes one number of the batches' numbers, in the notation of chains.
  package var step: String
  /// The libraries whose losses it is used with.
  package var families: Set<Family>
  /// The versions that were run.
  package var versions: String
  /// What a user should know and may not expect; empty where there is nothing.
  package var note: String
  /// Where the rule was read.
  package var source: String
  var exceptions: [Preset.Exception] = []

  /// The libraries whose calls a trainer evaluates.
  package enum Family: Sendable { case keras, pyTorch }

  init(
    _ name: String, _ printedAs: String, _ step: String, for families: Set<Family> = [.pyTorch],
    versions: String, note: String = "", source: String, except exceptions: Preset.Exception...
  ) {
    self.name = name
    self.printedAs = printedAs
    self.step = step
    self.families = families
    self.versions = versions
    self.note = note
    self.source = source
    self.exceptions = exceptions
  }

  /// Why what it prints of a run is no function of the batches' numbers; `nil` where it is.
  package func exception(on run: Measurements) -> String? {
    exceptions.first { $0.holds(run) }?.reason
  }

  package static func named(_ name: String) -> Trainer? { all.first { $0.name == name } }

  /// A step, and who takes it.
  package typealias Rule = (step: Chain.Reduction, trainers: [Trainer])

  /// Trainers by what they make of batches, each rule in the place of its first.
  ///
  /// - Parameter family: whose losses they log; `nil` is any.
  package static func byRule(for family: Family?) -> [Rule] {
    var rules: [Rule] = []
    for trainer in all where family.map(trainer.families.contains) ?? true {
      guard let step = trainer.reduction else { continue }
      // What a trainer does besides sets it apart.
      if trainer.exceptions.isEmpty,
        let place = rules.firstIndex(where: {
          $0.step == step && $0.trainers[0].exceptions.isEmpty
        })
      {
        rules[place].trainers.append(trainer)
      } else {
        rules.append((step, [trainer]))
      }
    }
    return rules
  }

  /// `nil` where the row is no step, which a test rules out.
  package var reduction: Chain.Reduction? {
    try? Chain(parsing: "mean(class, pixel, image) > \(step)").reductions.last
  }

  /// A step that does not tell one order of the batches from another, and is no selection of them.
  package var looksAtAll: Bool { reduction?.operation == .mean }
}

extension Trainer {
  /// The preset as this trainer logs it: each batch is one call, and the trainer's step follows.
  ///
  /// - Returns: `nil` where a part has no chain without its batches.
  package func preset(of preset: Preset) -> Preset? {
    var logged = preset
    logged.id = "\(name)(\(preset.id))"
    logged.call = "\(preset.callOfBatch), logged by \(versions) as \(printedAs)"
    logged.versions = "\(versions), \(preset.versions)"
    logged.note = [note, preset.note].filter { !$0.isEmpty }.joined(separator: " ")
    logged.source = "\(source); \(preset.source)"
    logged.exceptions += exceptions
    let parts = preset.parts.map { part in part.ofBatch(preset.restText) }
    guard parts.allSatisfy({ $0 != nil }) else { return nil }
    var next = parts.compactMap(\.self)[...]
    for term in logged.terms.indices {
      logged.terms[term].parts = logged.terms[term].parts.compactMap { _ in next.popFirst() }
    }
    if let single = logged.single {
      logged.terms[0].parts[0].chainText = "\(single.chainText) > \(step)"
    } else {
      logged.restText = step
    }
    return logged
  }

  /// The libraries of a preset whose calls trainers evaluate; `nil` of published benchmarks and such.
  package static func family(of preset: Preset) -> Family? {
    // Of one as a trainer logs it, the call in brackets.
    let call = preset.id.split(separator: "(").last ?? ""
    let library = call.prefix { $0 != "." && $0 != "-" && $0 != "_" }
    return switch library {
    case "keras", "question", "tf", "segmentation", "sm": .keras
    case "torch", "smp", "monai", "mmseg", "kornia", "torchmetrics", "catalyst", "ultralytics",
      "nnunet", "huggingface", "fastai", "ignite", "pytorch", "detectron2":
      .pyTorch
    default: nil
    }
  }
}

extension Preset {
  /// The call on one batch, without what the text says of several.
  fileprivate var callOfBatch: String {
    call.replacing(", averaged over batches", with: "").replacing(" of the whole set", with: "")
  }

  /// Whether the number is that of one call on all images, which no trainer's log has.
  package var isOneCall: Bool {
    !parts.isEmpty
      && parts.allSatisfy { part in
        guard let chain = try? part.chain, !chain.hasScore else { return false }
        return chain.reductions.contains { $0.axes.contains(.batch) && $0.axes.contains(.pixel) }
      }
  }
}

extension Preset.Part {
  /// The same for each batch; what the sum of several parts does afterwards is said by `rest`.
  fileprivate func ofBatch(_ rest: String) -> Preset.Part? {
    let text = rest.isEmpty ? chainText : "\(chainText) > \(rest)"
    guard let ofBatch = (try? Chain(parsing: text))?.ofBatch else { return nil }
    var part = self
    part.chainText = ofBatch.description
    return part
  }
}
