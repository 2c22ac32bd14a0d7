internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

extension Report {
  /// For a reviewer with ten seconds: the verdict, why, what to do; then the tables.
  package var markdownText: String {
    [
      title, incompleteText, verdictText, whyText, actionText, classTable, failureText, weightText,
      findingText, curveText, waterfall, reductionTable, presetTable, inputText,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  var poor: [ClassDiagnosis] { headline.poorClasses }

  private var title: String {
    let measure = "\(code(headline.headline.measure.name)) by \(code(headline.headline.reduction))"
    let worst = poor.filter { $0.verdict == headline.verdict }
    let names = list(worst.map { "**\(markdown($0.name))**" })
    let fails = worst.count == 1 ? "fails" : "fail"
    return switch headline.verdict {
    case .hidden: "# ❌ HIDDEN: \(measure) does not show that \(names) \(fails)\n"
    case .muted: "# ⚠️ MUTED: \(measure) hardly shows that \(names) \(fails)\n"
    case .exposed: "# ⚠️ EXPOSED: \(names) \(fails), and \(measure) shows it\n"
    case .undetermined where !poor.isEmpty:
      "# ❔ UNDETERMINED: \(names) may fail; the images do not tell\n"
    case .ok: "# ✅ OK: no class is hidden in \(measure)\n"
    case .undetermined, nil: "# ❔ No verdict: \(measure) says nothing of any class\n"
    }
  }

  private var incompleteText: String {
    guard !inputs.isComplete else { return "" }
    let total = inputs.used + inputs.problems.count
    var text =
      "> [!WARNING]\n> **Incomplete:** \(inputs.problems.count) of \(Figure.count(total, "image")) could not be used; every number below is without them.\n"
    for fault in inputs.problems.prefix(Report.shownImages) {
      text += ">\n> * \(code(fault.image)): \(faultText(fault.problem))\n"
    }
    if inputs.problems.count > Report.shownImages {
      text +=
        ">\n> and \(inputs.problems.count - Report.shownImages) more: see `\(FileName.json)`\n"
    }
    return text
  }

  private func faultText(_ problem: Problem) -> String {
    let what = markdown(problem.what)
    let place =
      switch problem.place {
      case nil: what
      case .file(let file), .line(_, let file): "\(code(file)) \(what)"
      case .byte(let byte, let file): "\(code(file)) \(what) (byte \(byte))"
      }
    return problem.remedy.isEmpty ? place : "\(place). To do: \(markdown(problem.remedy))"
  }

  private var verdictText: String {
    let sentences = poor.prefix(Report.shownClasses).map { markdown(headline.sentence(about: $0)) }
    if sentences.isEmpty {
      return
        "\(code(headline.headline.measure.name)) is \(Figure.text(headline.printed)) (skill \(Figure.text(headline.skill))).\n"
    }
    return sentences.joined(separator: "\n\n") + "\n"
  }

  private var whyText: String {
    guard let worst = unseen.first else { return "" }
    let lines = [coverText(worst), headline.orderSentence].compactMap(\.self)
    return "**Why.** " + lines.joined(separator: " ") + "\n"
  }

  /// How the class's own pixels drown.
  private func coverText(_ found: ClassDiagnosis) -> String {
    let name = markdown(found.name)
    var text =
      "The pixels of \(name) are \(Figure.percent(found.pixelShare)) of all counted pixels"
    if let voice = found.voice, let own = found.ownVoice {
      text +=
        " and weigh \(Figure.percent(own)) in this headline; the class as a whole weighs \(Figure.percent(voice))"
    }
    text += "."
    if let loss = found.loss, let own = loss.positive, let other = loss.negative {
      let cover = own > other ? ", which cover it" : ""
      text +=
        " Its loss is \(Figure.text(own)) on its own pixels and \(Figure.text(other)) on all others\(cover): its mean is \(Figure.text(loss.mean))."
    }
    return text
  }

  private var inputText: String {
    var facts = [
      "\(Figure.count(inputs.used, "image")) used of \(Figure.count(inputs.listed))",
      "\(Figure.count(inputs.pixels, "counted pixel"))",
      "predictions are \(inputs.kind)\(inputs.threshold.map { ", positive above \(shortest($0))" } ?? "")",
      inputs.batchSize.map { "batches of \($0)" } ?? "one batch",
    ]
    func add(_ count: Int, _ text: String) {
      if count > 0 { facts.append("\(Figure.count(count)) \(text)") }
    }
    add(inputs.dropped, "images left out with the last batch (drop_last)")
    add(inputs.ignored, "pixels ignored")
    add(inputs.unclassed, "counted pixels that are no class")
    add(inputs.overlapping, "pixels that are several classes")
    add(
      inputs.unlistedPredictions, "pixels predicted as a label outside the class list, each a miss")
    facts += [saturationFact].compactMap(\.self) + inputs.notes.map(markdown)
    return "## Inputs\n\n" + facts.map { "* \($0)\n" }.joined()
      + "\nunmask \(version). Every digit is in `\(FileName.json)` and the CSV files beside it.\n"
  }
}
