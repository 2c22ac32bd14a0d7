internal import Core
internal import Counting
internal import Diagnosis
package import Pages
internal import Tables

extension Report {
  /// For a reviewer with ten seconds: the verdict, why, what to do; then the tables.
  package var page: Page {
    // Tables without counts would be all dashes.
    guard inputs.used > 0 else { return [.title(title)] + incomplete + inputSection }
    guard !setUp.withholdVerdict else {
      return [.title(title)] + setUpSection + pictureBlocks + incomplete + inputSection
    }
    return [.title(title)] + setUpSection + incomplete + verdict + why + action + pictureBlocks
      + GateAccount(gates: gates, stale: staleAcceptances).section
      + failureSection + waterfall + classSection + gradientSection + weightSection + findingSection
      + curveDetails + reductionSection + presetSection + inputSection
  }

  var poor: [ClassDiagnosis] { headline.poorClasses }

  var title: Line {
    guard inputs.used > 0 else { return "❔ No verdict: no image could be used" }
    if let fault = setUp.first(where: { $0.severity == .error }) {
      return "🛑 Set-up: \(fault.title)"
    }
    let measure = name(of: headline)
    let worst = poor.filter { $0.verdict == headline.verdict }
    let names = list(worst.map { "\(strong: .name($0.name))" })
    let fails: Line = worst.count == 1 ? "fails" : "fail"
    return switch headline.verdict {
    case .hidden: "❌ HIDDEN: \(measure) does not show that \(names) \(fails)"
    case .muted: "⚠️ MUTED: \(measure) hardly shows that \(names) \(fails)"
    case .exposed: "⚠️ EXPOSED: \(names) \(fails), and \(measure) shows it"
    case .undetermined where !poor.isEmpty:
      "❔ UNDETERMINED: \(names) may fail; the images do not tell"
    case .ok where !setUpWarnings.isEmpty:
      "⚠️ Set-up: \(setUpWarnings[0].title)"
    case .ok where !isOKForAll: "⚠️ No class is hidden in \(measure)\(okLimits)"
    case .ok: "✅ OK: no class is hidden in \(measure)"
    case nil where headline.isOfShares:
      "❔ No verdict: \(measure) is against a soft truth, by which no class is judged"
    case .undetermined, nil:
      headlineNaN.map { "❔ No verdict: \(measure) is \($0.line)" as Line }
        ?? "❔ No verdict: \(measure) says nothing of any class"
    }
  }

  /// Classes with a verdict of their own, and those whose images are too few for one.
  private var judged: (decided: Int, open: Int) {
    let verdicts = headline.classes.compactMap(\.verdict)
    let open = verdicts.count { $0 == .undetermined }
    return (verdicts.count - open, open)
  }

  /// Whether every image was used, and most classes have a verdict.
  var isOKForAll: Bool { inputs.isComplete && judged.open <= judged.decided }

  /// What an OK leaves out.
  var okLimits: Line {
    let (decided, open) = judged
    let images: Line =
      inputs.isComplete
      ? "" : " in the \(count: inputs.used, "image") that could be used of \(inputs.found)"
    let classes: Line =
      open <= decided
      ? "" : ", but \(open) of \(open + decided) verdicts are open"
    return "\(images)\(classes)"
  }

  private var incomplete: [Block] {
    guard !inputs.isComplete else { return [] }
    let causes = inputs.problems.causes
    let left = causes.count - Report.shownImages
    return [
      .warning(
        "\(strong: "Incomplete:") \(inputs.problems.count) of \(count: inputs.found, "image") could not be used\(text: inputs.used > 0 ? "; every number below is without them" : "").",
        points: causes.prefix(Report.shownImages).map { cause in
          let images = cause.problems.map { "\(code: $0.image)" as Line }
          return
            "\(Line(listing: images, most: ProblemCause.examples)): \(line(cause.first.problem))"
        },
        rest: left > 0
          ? "and \(left) more causes: see \(code: ReportFile<RecordView>.record.name)" : nil)
    ]
  }

  func line(_ problem: Problem) -> Line {
    let what: Line =
      switch problem.place {
      case nil: .name(problem.what)
      case .file(let file), .line(_, let file): "\(code: file) \(name: problem.what)"
      case .byte(let byte, let file): "\(code: file) \(name: problem.what) (byte \(byte))"
      }
    return problem.remedy.isEmpty ? what : "\(what). To do: \(name: problem.remedy)"
  }

  private var verdict: [Block] {
    let sentences = poor.prefix(Report.shownClasses).map { found in
      let borderline: Line =
        headline.isBorderline(found)
        ? " This is borderline: other images of the kind may say otherwise." : ""
      return "\(headline.sentence(about: found))\(borderline)" as Line
    }
    guard sentences.isEmpty else { return sentences.map(Block.paragraph) }
    return [
      .paragraph(
        "\(code: headline.headline.name) is \(headline.printed) (skill \(headline.skill)).")
    ]
  }

  private var why: [Block] {
    guard let worst = unseen.first else { return [] }
    let lines = [coverLine(worst), headline.orderSentence].compactMap(\.self)
    return [.paragraph("\(strong: "Why.") \(lines.joined(separator: " "))")]
  }

  /// How the class's own pixels drown.
  private func coverLine(_ found: ClassDiagnosis) -> Line {
    var line: Line =
      "The pixels of \(name: found.name) are \(percent: found.pixelShare) of all counted pixels"
    if let voice = found.voice, let own = found.ownVoice {
      line +=
        " and weigh \(percent: own) in this headline; the class as a whole weighs \(percent: voice)"
    }
    line += "."
    if let loss = found.loss, let own = loss.positive, let other = loss.negative {
      let cover: Line = own > other ? ", which drown it" : ""
      line +=
        " Its loss is \(own) on its own pixels and \(other) on all others\(cover): its mean is \(loss.mean)."
    }
    return line
  }

  private var inputSection: [Block] {
    let threshold =
      inputs.threshold.map { ", positive above \(exact: $0)" as Line }
      ?? inputs.thresholds.map { thresholds in
        let each = zip(inputs.classes.names, thresholds).map { name, threshold in
          "\(exact: threshold) for \(name: printable(name))" as Line
        }
        return ", positive above \(Line(listing: each, most: 5))" as Line
      }
    var facts: [Line] = [
      "configuration \(code: inputs.configuration)",
      "predictions \(code: inputs.predictions), truth \(code: inputs.truth)",
      "\(count: inputs.used, "image") used of \(count: inputs.found)",
      "\(count: inputs.pixels, "counted pixel")",
      "predictions are \(text: inputs.kind)\(threshold)",
      inputs.batchSize.map { "batches of \($0)" } ?? "one batch",
    ]
    func add(_ count: Int, _ unit: String, _ text: String, of several: String? = nil) {
      guard count > 0 else { return }
      facts.append("\(count: count, unit) \(text: count == 1 ? text : several ?? text)")
    }
    add(inputs.dropped, "image", "left out with the last batch (drop_last)")
    add(inputs.ignored, "pixel", "ignored")
    add(inputs.unclassed, "counted pixel", "that is no class", of: "that are no class")
    add(inputs.overlapping, "pixel", "that is several classes", of: "that are several classes")
    add(
      inputs.unlistedPredictions, "pixel",
      "predicted as a label outside the class list, each a miss")
    facts += [saturationFact].compactMap(\.self) + inputs.notes.map(Line.name)
    return [
      .section(
        "Inputs",
        [
          .list(facts),
          .paragraph(
            "unmask \(text: version). Every digit is in \(code: ReportFile<RecordView>.record.name) and the CSV files beside it."
          ),
        ])
    ]
  }
}
