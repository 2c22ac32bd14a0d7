internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

extension Section<Keys.Pipeline> {
  /// The gates of `check` that are not off, in their order; `nil` where one is wrong, which was noted.
  ///
  /// - Parameter headline: the run's own.
  func gates(
    _ headline: Headline, among measures: [Measure],
    and combinations: [PipelineFile.Combination], areClassesExclusive: Bool,
    noting mistakes: inout Mistakes
  ) -> [Gate]? {
    guard let checks = self.check else { return nil }
    let reading = GateReading(
      file: self, headline: headline, measures: measures, combinations: combinations,
      areClassesExclusive: areClassesExclusive)
    var gates: [Gate?] = []
    var ids: Set<String> = []
    for (place, keys) in (checks ?? []).enumerated() {
      let gate = mistakes.noting { () throws(Problem) in try reading.gate(keys, at: place) }
      if let gate = gate ?? nil, !ids.insert(gate.id).inserted {
        mistakes.note(
          keys.setting.problem(
            "two checks are called '\(printable(gate.id))'",
            remedy: "give each an id of its own"))
      }
      gates.append(gate ?? nil)
    }
    return gates.contains { $0 == nil } ? nil : gates.compactMap(\.self).filter { $0.level != .off }
  }
}

extension Section<Keys.Pipeline> {
  /// The failing checks that `accepted` lets pass.
  func acceptances(of gates: [Gate], noting mistakes: inout Mistakes) -> [Acceptance] {
    ((self.accepted ?? nil) ?? []).compactMap { keys in
      guard let check = keys.check, let whom = keys.whom, let until = keys.until,
        let reason = keys.reason, let worst = keys.worst
      else { return nil }
      let ids = ((self.check ?? nil) ?? []).enumerated().map { place, keys in
        (keys.id ?? nil) ?? "check-\(place + 1)"
      }
      guard ids.contains(check) else {
        mistakes.note(
          keys.setting.problem(
            "no check is called '\(printable(check))'",
            remedy: ids.isEmpty
              ? "there is none: write check: […], or take accepted out"
              : suggestion(for: check, among: ids.map(printable), called: "the checks are")))
        return nil
      }
      let names = self.decode?.classes?.list.names ?? []
      if let whom, !names.contains(whom) {
        mistakes.note(
          keys.setting.problem(
            "there is no class '\(printable(whom))'",
            remedy: suggestion(for: whom, among: names.map(printable), called: "the classes are")))
        return nil
      }
      if let fault = fault(of: keys, check, ids, gates) {
        mistakes.note(keys.setting.problem(fault.what, remedy: fault.remedy))
        return nil
      }
      return Acceptance(
        check: check, className: whom, until: until, reason: reason, notWorseThan: worst)
    }
  }
}

extension Section<Keys.Pipeline> {
  /// What an acceptance says that its check has not.
  private func fault(
    of keys: Section<Keys.Accepted>, _ check: String, _ ids: [String], _ gates: [Gate]
  ) -> (what: String, remedy: String)? {
    if keys.reason?.allSatisfy(\.isWhitespace) ?? false {
      return ("the reason is empty", "say why the check may fail, for whoever reads the report")
    }
    guard let gate = gates.first(where: { $0.id == check }) else { return nil }
    switch gate.subject {
    case .number where keys.whom != .some(nil):
      return ("the check '\(printable(check))' is on one number, of no class", "take 'class' out")
    case .verdict where keys.worst != .some(nil):
      return (
        "the check '\(printable(check))' is on verdicts, which have no number",
        "take 'not_worse_than' out"
      )
    default: return nil
    }
  }
}

/// What a check may name.
private struct GateReading {
  let file: Section<Keys.Pipeline>
  let headline: Headline
  let measures: [Measure]
  let combinations: [PipelineFile.Combination]
  let areClassesExclusive: Bool

  /// - Returns: `nil` where a key is wrong, which was noted when it was read.
  func gate(_ keys: Section<Keys.Check>, at place: Int) throws(Problem) -> Gate? {
    guard let id = keys.id, let level = keys.level, let onMissing = keys.onMissing,
      let onInsufficient = keys.onInsufficient, let support = keys.support,
      let subject = try subject(keys)
    else { return nil }
    if let id, let fault = fault(of: id) {
      throw keys.setting.problem(
        "the id '\(printable(id))' \(fault)", remedy: "take letters, digits, points and hyphens")
    }
    return Gate(
      id: id ?? "check-\(place + 1)", subject: subject, decline: try decline(keys), level: level,
      onMissing: onMissing,
      onInsufficient: onInsufficient, fewestImages: support,
      line: keys.setting.line > 0 ? keys.setting.line : nil)
  }

  private func subject(_ keys: Section<Keys.Check>) throws(Problem) -> Gate.Subject? {
    guard let verdict = keys.verdict, let measure = keys.measure, let reduce = keys.reduce,
      let preset = keys.preset, let whom = keys.whom, let least = keys.least, let most = keys.most
    else { return nil }
    let isHeadline = whom == "headline" && !names.contains("headline")
    let said = [verdict != nil, measure != nil, preset != nil].count { $0 }
    guard said == 1 || said == 0 && isHeadline else {
      throw keys.setting.problem(
        said == 0
          ? "the check says nothing of what it looks at" : "the check looks at several things",
        remedy:
          "give one of verdict: {not: [HIDDEN]}, measure: iou, preset: NAME, or for: headline")
    }
    try expectAlone(
      keys, whom, reduce: reduce != nil, verdict: verdict != nil, preset: preset != nil)
    if let verdict {
      guard let unwanted = verdict.not else { return nil }
      guard !unwanted.isEmpty else {
        throw keys.setting.problem(
          "the check names no verdict, and cannot fail", remedy: "write not: [HIDDEN, MUTED]")
      }
      guard least == nil, most == nil, hasNoBaseline(keys) else {
        throw keys.setting.problem(
          "a verdict has no min, max and baseline", remedy: "take them out, or name a measure")
      }
      return .verdict(not: Set(unwanted), class: try place(of: whom, keys))
    }
    let limits = Gate.Limits(least: least, most: most)
    guard least != nil || most != nil || !hasNoBaseline(keys) else {
      throw keys.setting.problem(
        "the check has no limit", remedy: "give min, max, or baseline: {worse: 0.01}")
    }
    guard least.map({ low in most.map { low <= $0 } ?? true }) ?? true else {
      throw keys.setting.problem("min is above max, which no number keeps", remedy: "exchange them")
    }
    if let preset {
      guard let obstacle = file.obstacle else { return nil }
      if let reason = obstacle(preset.value) {
        throw preset.setting.problem(
          "'\(preset.value.id)' does not fit these predictions: \(reason)",
          remedy: "take another preset, or a measure and a chain")
      }
      let formula = try preset.value.formula(areClassesExclusive: areClassesExclusive)
      try expectOneNumber(formula, called: preset.value.id, preset.setting)
      return .number(formula, called: preset.value.id, limits)
    }
    guard let measure else { return .number(headline.formula, called: headline.title, limits) }
    if let found = combinations.first(where: { $0.name == measure }) {
      try expectOneNumber(found.formula, called: found.name, keys.setting)
      return .number(found.formula, called: found.name, limits)
    }
    if let reduce { return try number(measure, reduce, keys, limits) }
    guard let definition = Catalogue.definition(named: measure),
      let score = try? definition.measure(given: [:], areClassesExclusive: areClassesExclusive),
      score.scoreOfClass != nil
    else {
      throw keys.setting.problem(
        "'\(printable(measure))' is no score that each class has over all pixels",
        remedy:
          "the scores are iou, dice, precision, recall, accuracy; for one number of another measure add reduce: NAME"
      )
    }
    return .score(score, class: try place(of: whom, keys), limits)
  }

  private func hasNoBaseline(_ keys: Section<Keys.Check>) -> Bool {
    if case .some(.some) = keys.baseline { false } else { true }
  }

  /// `nil` where the check is held to no baseline.
  private func decline(_ keys: Section<Keys.Check>) throws(Problem) -> Decline? {
    guard let section = keys.baseline, let section, let absolute = section.absolute,
      let relative = section.relative
    else { return nil }
    return Decline(absolute: absolute, relative: relative)
  }

  private func fault(of id: String) -> String? {
    if id.isEmpty { return "has no letter" }
    if "=+-@".contains(id.prefix(1)) { return "is what a spreadsheet takes for a formula" }
    return id.unicodeScalars.contains { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) }
      ? "has a control character" : nil
  }

  /// Keys that would change nothing.
  private func expectAlone(
    _ keys: Section<Keys.Check>, _ whom: String, reduce: Bool, verdict: Bool, preset: Bool
  ) throws(Problem) {
    let isOneNumber = reduce || preset || whom == "headline" && !names.contains(whom)
    if reduce, verdict || preset || keys.measure == .some(nil) {
      throw keys.setting.problem(
        "'reduce' is said of nothing that a chain reduces",
        remedy: "name a measure with it, or take it out")
    }
    if reduce || preset, whom != "each class" {
      throw keys.setting.problem(
        "one number is of all classes, and 'for' names '\(printable(whom))'",
        remedy:
          "take 'for' out; for the score of a class give measure and for alone, without reduce and preset"
      )
    }
    if verdict || keys.measure != .some(nil), whom == "headline", !names.contains(whom) {
      throw keys.setting.problem(
        "the headline's own number has no measure and no verdict of its own",
        remedy: "take 'measure' or 'verdict' out, or name a class")
    }
    if isOneNumber, keys.support != 1 {
      throw keys.setting.problem(
        "'support' is said of classes, and this is one number", remedy: "take it out")
    }
  }

  private func number(
    _ name: String, _ chain: String, _ keys: Section<Keys.Check>, _ limits: Gate.Limits
  ) throws(Problem) -> Gate.Subject? {
    guard let chains = file.reduce else { return nil }
    let measure = try keys.setting.measure(named: name, among: measures)
    let named = try keys.setting.chain(named: chain, among: chains)
    let fitting = chains.filter {
      $0.chain.isScalar && $0.chain.hasScore != measure.isElementwise
    }
    try keys.setting.expect(named, toFit: measure, or: fitting)
    let formula = Formula(measure, named.chain)
    try expectOneNumber(formula, called: "\(name) by \(chain)", keys.setting)
    return .number(formula, called: "\(measure.name) by \(chain)", limits)
  }

  private func expectOneNumber(
    _ formula: Formula, called name: String, _ setting: Setting
  ) throws(Problem) {
    guard formula.leavesOneNumber else {
      throw setting.problem(
        "'\(printable(name))' is not one number", remedy: "name a chain that takes every axis")
    }
  }

  private var names: [String] { file.decode?.classes?.list.names ?? [] }

  /// `nil` is each class.
  private func place(of whom: String, _ keys: Section<Keys.Check>) throws(Problem) -> Int? {
    if whom == "each class" { return nil }
    guard let place = names.firstIndex(of: whom) else {
      throw keys.setting.problem(
        "there is no class '\(printable(whom))'",
        remedy: suggestion(
          for: whom, among: names.map(printable), called: "write each class, or one of"))
    }
    return place
  }
}
