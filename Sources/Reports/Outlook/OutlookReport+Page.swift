internal import Core
internal import Diagnosis
package import Pages
internal import Resampling

extension OutlookReport {
  /// What moved, then the figures of each class, then how they are meant.
  package var page: Page {
    opening + [figures] + drift + [inputs]
  }

  private var opening: [Block] {
    let images: Line =
      "\(count: outlook.images, "image") without a truth: nothing here says whether a prediction is right, and there is no verdict."
    var blocks: [Block] = [
      .title("\(code: predictions): what predictions alone tell"), .paragraph(images),
    ]
    if !problems.isEmpty {
      blocks.append(
        .warning(
          "\(strong: "\(count: problems.count, "image") could not be used:")",
          points: problems.prefix(5).map { "\(name: $0.image): \(name: $0.problem.what)" },
          rest: problems.count > 5 ? "The others are in `outlook.json`." : nil))
    }
    blocks.append(.paragraph("\(strong: comparedLine)"))
    if !moves.isEmpty { blocks.append(.list(moves)) }
    return blocks
  }

  private var figures: Block {
    var titles: [Line] = ["class", "images with it"]
    let kinds = OutlookFigure.Kind.allCases.filter { kind in
      outlook.classes.contains { $0[kind] != nil }
    }
    titles += kinds.map { Line.text($0.words) }
    var table = Table(titles)
    for found in outlook.classes {
      table.add(
        [.name(found.name), "\(count: found.images)"]
          + kinds.map { kind in found[kind].map(Self.line) ?? "–" })
    }
    return .section(
      "Classes",
      [
        .table(table),
        .paragraph(
          "In brackets: \(percent: outlook.level) intervals over images of the same kind\(text: outlook.classes.contains { $0.figures.contains { $0.interval == nil } } ? "; without one where a single image (or group) has more than half of the class, or where it is not known of each image" : ""). \(diceLine)"
        ),
      ])
  }

  private var diceLine: Line {
    switch outlook.basis {
    case nil:
      "No Dice can be expected: nothing says what a prediction is worth. A `reference` with a truth would."
    case .probabilities?:
      "The expected Dice takes probabilities for what they say. Most models say more than is true; a `reference` with a truth says how often each probability was."
    case .levels?:
      "The expected Dice is what these predictions would score if each probability were true as often as in the reference\(unseenLine). It knows nothing of what the model has never met."
    case .decisions?:
      "The expected Dice is what these predictions would score if a prediction of each class were true as often as in the reference. It knows nothing of what the model has never met."
    }
  }

  private var unseenLine: Line? {
    guard let unseen = outlook.reference?.unseen, unseen > 0 else { return nil }
    return
      " (\(percent: unseen) of the probabilities occurred nowhere there, and are taken for what they say)"
  }

  private static func line(_ figure: OutlookFigure) -> Line {
    let interval = figure.interval.map { " [\(percent: $0.low), \(percent: $0.high)]" as Line }
    return "\(percent: figure.value)\(interval)"
  }

  private var drift: [Block] {
    guard outlook.reference != nil else { return [] }
    var table = Table(
      ["class", "what", "reference", "now", "difference", "p (Holm)"], textColumns: 2)
    for found in outlook.classes {
      for figure in found.figures {
        guard let drift = figure.drift else { continue }
        let interval = drift.interval.map { " [\(signed: $0.low), \(signed: $0.high)]" as Line }
        table.add([
          .name(found.name), .text(figure.kind.words), "\(percent: drift.before)",
          "\(percent: figure.value)", "\(signed: figure.difference)\(interval)",
          "\(drift.pValue)",
        ])
      }
    }
    return [
      .section(
        "Against the reference",
        [
          .table(table),
          .paragraph(
            "p: that images of one kind differ as much, by Welch's test with images (or groups) as observations; \(emphasis: "moved") means \(percent: 1 - outlook.level) at most, with all that is tested here taken together. The reference's Dice is the one that was measured there. Other scenes move a share as a worse model does: what moved is a reason to label a few of these images, and no finding about the model."
          ),
        ])
    ]
  }

  private var inputs: Block {
    var lines: [Line] = [
      "configuration \(code: configuration)", "predictions \(code: predictions), \(text: kind)",
      "\(count: outlook.pixels, "counted pixel")",
    ]
    if let ignored = outlook.reference?.ignored, ignored > 0 {
      lines.append(
        "the reference's truth ignores \(percent: ignored) of its pixels, which are in none of its figures; here all pixels count"
      )
    }
    return .section(
      "Inputs",
      [
        .list(lines + notes.map { Line.name($0) }),
        .paragraph(
          "unmask \(text: version). Every digit is in `outlook.json` and `outlook.csv`; docs/outlook.md says how each number is made."
        ),
      ])
  }
}
