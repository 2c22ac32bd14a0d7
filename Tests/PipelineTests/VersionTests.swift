import Explaining
import Foundation
import Pages
import Pipeline
import Tables
import Testing

@Suite("Versions of the frameworks")
struct VersionTests {
  @Test("are compared number by number, and a line is its first release")
  func order() throws {
    let ordered = ["0.3", "0.3.1", "0.3.12", "0.10", "1.0", "1.4.1", "1.4.2", "2"]
    let versions = try ordered.map { try #require(Version(parsing: $0)) }
    #expect(versions == versions.shuffled().sorted())
    #expect(Version(parsing: "0.5") == Version(parsing: "0.5.0"))
    #expect(Version(parsing: "1")?.description == "1.0")
    for text in ["", ".", "1.", "a", "1.x", "-1", "1.2.3.4.5", "99999999999999999999", "1 2"] {
      #expect(Version(parsing: text) == nil, "\(text)")
    }
  }

  @Test(
    "a name of any version is the preset that held then",
    arguments: [
      ("smp-0.5.FocalLoss.multiclass", "smp-0.5.FocalLoss.multiclass"),
      ("smp-0.5.2.FocalLoss.multiclass", "smp-0.5.FocalLoss.multiclass"),
      ("smp-0.4.FocalLoss.multiclass", "smp-0.5.FocalLoss.multiclass"),
      ("smp-0.6.FocalLoss.multiclass", "smp.FocalLoss.multiclass"),
      ("smp-0.6.3.FocalLoss.multiclass", "smp.FocalLoss.multiclass"),
      ("smp-0.5.DiceLoss", "smp.DiceLoss"),
      ("smp-0.3.2.DiceLoss.smooth", "smp-0.3.DiceLoss.smooth"),
      ("monai-1.1.GeneralizedDiceLoss", "monai-1.2.GeneralizedDiceLoss"),
      ("monai-1.4.GeneralizedDiceLoss", "monai.GeneralizedDiceLoss"),
      ("torchmetrics-1.5.MeanIoU", "torchmetrics-1.7.0.MeanIoU"),
      ("keras-3.1.1.binary_crossentropy", "keras-3.0.binary_crossentropy"),
      ("keras-3.5.binary_crossentropy", "keras.binary_crossentropy"),
      ("sklearn-1.3.log_loss.multiclass", "sklearn-1.4.log_loss.multiclass"),
    ])
  func names(_ name: String, _ id: String) {
    #expect(Preset.named(name)?.id == id)
  }

  @Test(
    "a version that was not run has no preset, nor a name without one",
    arguments: [
      "smp-0.2.DiceLoss", "smp-0.7.DiceLoss", "smp-0.5.DiceLos", "smp-.DiceLoss", "smp-0.5DiceLoss",
      "monai-1.1.GeneralizedDiceLoss.sum", "torch-2.0.BCELoss", "smp-99999999999999999999.DiceLoss",
    ])
  func unknown(_ name: String) {
    #expect(Preset.named(name) == nil)
  }

  @Test("each older preset is today's by another chain, and the oracle has its numbers")
  func rows() throws {
    let folder = checkout + "/Oracle/edges"
    var asked: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      struct Answers: Decodable { var calls: [String: [String]] }
      let text = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
      asked.formUnion(try JSONDecoder().decode(Answers.self, from: text).calls.keys)
    }
    #expect(Preset.moves.count > 40)
    for move in Preset.moves {
      #expect(!move.why.isEmpty && !move.source.isEmpty && move.library.knows(move.since))
      #expect(move.preset.hasPrefix("\(move.library.name)."))
      guard let before = move.before.preset else { continue }
      #expect(asked.contains(before.id), "\(before.id)")
      #expect(Preset.named(move.preset) != nil && before.framework == move.library.name)
    }
    for (id, moves) in Dictionary(grouping: Preset.moves, by: \.preset) {
      #expect(Set(moves.map(\.since)).count == moves.count, "\(id)")
    }
  }

  @Test("an upgrade has both numbers of a run, what is the same, and what was not counted")
  func upgrade() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    func text(_ words: String) throws -> String {
      try explain(
        upgrade: words.split(separator: " ").map(String.init), evidence: "\(scratch.path)/out"
      ).terminal
    }
    let keras = try text("keras 3.1 3.2")
    for part in [
      "1 number of this run moves between keras 3.1 and 3.2\n",
      "  keras.binary_crossentropy     0.0104  0.0102\n",
      "a last batch that is not full counted as much as a full one (#19363).",
      "\nChanged, and not counted by this run\n",
    ] { #expect(keras.contains(part), "\(part)\n\(keras)") }
    #expect(try text("keras 3.2 3.1").contains("  keras.binary_crossentropy     0.0102  0.0104\n"))
    #expect(try text("keras 3.2 3.15").hasPrefix("No number is known to have moved"))
  }

  @Test("without a run an upgrade lists what moved, and what it was")
  func changes() throws {
    let text = try explain(upgrade: ["segmentation_models_pytorch", "0.5.0", "0.6"], evidence: nil)
      .terminal
    #expect(text.hasPrefix("2 numbers moved between smp 0.5 and 0.6\n"))
    #expect(text.contains("As it was: `smp-0.5.FocalLoss.multiclass`."))
    let withheld = try explain(upgrade: ["monai", "1.2", "1.3"], evidence: nil).terminal
    #expect(withheld.contains("Not computed as it was: the sum of a ratio for each class"))
  }

  @Test("docs/versions.md has every number that moved")
  func documentation() throws {
    let text =
      Library.all.reduce("") { text, library in
        let rows = Preset.moves.filter { $0.library == library }.map { move in
          let before =
            switch move.before {
            case .preset(let preset): "`\(preset.id)`"
            case .withheld(let reason): "none: \(reason)"
            }
          return "| `\(move.preset)` | \(move.since) | \(move.why) | \(before) |\n"
        }
        return text
          + "\n## \(library.range)\n\n| number | since | what it was | its preset |\n|---|---|---|---|\n"
          + rows.joined()
      } + "\n"
    try expectGenerated(text, "moves", in: "docs/versions.md")
  }
}
