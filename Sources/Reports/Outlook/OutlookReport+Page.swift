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
    let title: Line =
      setUp.withholdVerdict
      ? "\(code: predictions): the set-up is wrong"
      : "\(code: predictions): what predictions alone tell"
    var blocks: [Block] =
      [.title(title)] + setUp.blocks(under: title) + [.paragraph(images)]
    if !problems.isEmpty {
      blocks.append(
        .warning(
          "\(strong: "\(count: problems.count, "image") could not be used:")",
          points: problems.prefix(5).map { "\(name: $0.image): \(name: $0.problem.what)" },
          rest: problems.count > 5 ? "And \(count: problems.count - 5) more." : nil))
    }
    blocks.append(.paragraph("\(strong: comparedLine)"))
    if !moves.isEmpty { blocks.append(.list(moves)) }
    return blocks
  }

  private var figures: Block {
    var titles: [Line] = ["class", "in images"]
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
    let hasDice = kinds.contains(.dice)
    return .section(
      "Classes",
      [.table(table)]
        + (hasIntervals
          ? [
            .paragraph(
              "In brackets, in percent: \(percent: outlook.level) intervals over images of the same kind; none where nothing differs among the images, where one (or a group) has more than half, or where a figure is not known of each image. \(emphasis: "Saturated") are probabilities of exactly 0 or 1."
            )
          ] : [])
        + (hasDice || outlook.basis == nil ? [.paragraph(diceLine)] : []))
  }

  private var hasIntervals: Bool {
    outlook.classes.contains { $0.figures.contains { $0.interval != nil } }
  }

  private var diceLine: Line {
    switch outlook.basis {
    case nil:
      "No Dice can be expected: nothing says what a prediction is worth. A `reference` with a truth would."
    case .probabilities?:
      "The expected Dice takes probabilities for what they say. Most models say more than is true; a `reference` with a truth says how often each probability was."
    case .levels?:
      "The expected Dice is what these predictions would score if probabilities were true as often as in the reference\(unseenLine). \(caveat)"
    case .decisions?:
      "The expected Dice is what these predictions would score if a prediction of each class were true as often as in the reference. \(caveat)"
    }
  }

  private var caveat: Line {
    "It knows nothing of what the model has never met, and its interval nothing of how well the reference knows it; a class that was never predicted there has none."
  }

  /// A class of which so little was not seen is not worth a word.
  private static let leastUnseen = 0.001

  private var unseenLine: Line? {
    let lines = outlook.classes.filter { $0.unseen ?? 0 >= Self.leastUnseen }.map {
      "\(percent: $0.unseen) of \(name: $0.name)" as Line
    }
    return lines.isEmpty
      ? nil
      : " (where no pixel had such a probability there, \(Line(listing: lines, most: 5)), as often as predictions were true on the whole)"
  }

  private static func line(_ figure: OutlookFigure) -> Line {
    // Without the sign again, which would make the table too wide for a page.
    let interval = figure.interval.map { " [\(100 * $0.low), \(100 * $0.high)]" as Line }
    return "\(percent: figure.value)\(interval)"
  }

  private var drift: [Block] {
    guard outlook.reference != nil else { return [] }
    var table = Table(
      ["class", "what", "reference", "now", "difference, points", "p (Holm)"], textColumns: 2)
    for found in outlook.classes {
      for figure in found.figures {
        guard let drift = figure.drift else { continue }
        let interval = drift.interval.map {
          " [\(signed: 100 * $0.low), \(signed: 100 * $0.high)]" as Line
        }
        let words: Line = .text(figure.kind.words)
        table.add([
          .name(found.name), figure.hasMoved(outlook.level) ? "\(strong: words)" : words,
          "\(percent: drift.before)", "\(percent: figure.value)",
          "\(signed: figure.difference.map { 100 * $0 })\(interval)", "\(drift.pValue)",
        ])
      }
    }
    return [
      .section(
        "Against the reference",
        [
          .table(table),
          .paragraph(
            "p: that images of one kind differ as much, by Welch's test with images (or groups) as observations; \(emphasis: "moved"), in bold, means p of \(exact: ((1 - outlook.level) * 1e6).rounded() / 1e6) at most, with all that is tested here taken together. – : not tested, for want of \(count: Outlook.fewestObservations, "image") (or groups) or of any difference. The reference's Dice is the one that was measured there, and the other is expected. Other scenes move a share as a worse model does: what moved is a reason to label a few of these images, and no finding about the model."
          ),
        ])
    ]
  }

  private var inputs: Block {
    var lines: [Line] = [
      "configuration \(code: configuration)", "predictions \(code: predictions), \(text: kind)",
      "\(count: outlook.pixels, "counted pixel")",
    ]
    if let reference = outlook.reference, max(reference.ignored, outlook.ignored) > 0 {
      lines.append(
        "left out: \(percent: reference.ignored) of the reference's pixels, by its truth or by `valid`, and \(percent: outlook.ignored) of these"
      )
    }
    if outlook.observations < outlook.images {
      lines.append("\(count: outlook.observations, "group") are the observations, not images")
    }
    if let reference = outlook.reference,
      (reference.observations < reference.images) != (outlook.observations < outlook.images)
    {
      lines.append(
        "only one of the runs has groups, and each image of the other is an observation"
      )
    }
    return .section(
      "Inputs",
      [
        .list(lines + notes.map { Line.name($0) }),
        .paragraph(
          "unmask \(text: version). The formats `json` and `csv` have every digit; docs/outlook.md says how each number is made."
        ),
      ])
  }
}
