internal import Core
internal import Pages

// The file itself: each key under what speaks for it.

extension Draft {
  /// - Parameter names: the file that lists the images that both sides have.
  init(_ sides: FoundSides, _ classes: InferredClasses, names: String?) {
    let meaning = InferredMeaning(sides, classes)
    questions = classes.questions + meaning.questions
    if !sides.isTold {
      questions.insert(
        "nothing in the names says which side is the truth: exchange the two paths if it is the other one",
        at: 0)
    }
    let lacking = sides.lacking(names)
    if let lacking { questions.append(lacking) }
    text = """
      # yaml-language-server: $schema=pipeline.schema.json
      \(comment("Written by `unmask init`. What was inferred has its reason above it; check it, and then: unmask validate, unmask run. An editor completes it after: unmask schema > pipeline.schema.json"))version: 1
      decode:

      """
    func add(_ key: String, _ value: String, because reasons: [String], asking: [String] = []) {
      if !reasons.isEmpty { text += comment(reasons.joined(separator: " "), indent: "  ") }
      for question in asking { text += comment("CHECK: \(question)", indent: "  ") }
      text += value.hasPrefix("\n") ? "  \(key):\(value)\n" : "  \(key): \(value)\n"
    }
    add(
      "predictions", yamlQuoted(sides.predictions.path), because: [sides.predictions.words],
      asking: sides.isTold ? [] : [questions[0]])
    add(
      "truth", yamlQuoted(classes.truthPath ?? sides.truth.path), because: [sides.truth.words],
      asking: lacking.map { [$0] } ?? [])
    if let names {
      add("names", yamlQuoted(names), because: ["The images that both sides have."])
    }
    add("kind", meaning.kind, because: [meaning.kindEvidence])
    if let activation = meaning.activation {
      add(
        "activation", activation, because: [meaning.activationEvidence], asking: meaning.questions)
    }
    if let axes = meaning.axes { add("axes", axes, because: [meaning.axesEvidence]) }
    add("classes", classes.yaml, because: classes.evidence, asking: classes.questions)
    if let encoding = classes.encoding {
      add("encoding", "{truth: \(encoding)}", because: [classes.encodingEvidence])
    }
    if classes.reducesZero {
      add("reduce_zero_label", "true", because: [classes.zeroEvidence])
    }
    if !classes.ignored.isEmpty {
      let labels = classes.ignored.map(String.init)
      add(
        "ignore", labels.count == 1 ? labels[0] : "[\(labels.joined(separator: ", "))]",
        because: [classes.ignoredEvidence])
    }
    text += meaning.measures
  }
}

extension FoundSides {
  /// What to say of files without a partner.
  fileprivate func lacking(_ names: String?) -> String? {
    guard names == nil, onlyTruth + onlyPredictions > 0 else { return nil }
    let both = Set(pairs.map(\.truth))
    let sides = [("truth", truth, "prediction"), ("prediction", predictions, "truth")]
    let parts = sides.compactMap { side, candidate, other -> String? in
      let odd = candidate.form.images.subtracting(both).sorted()
      guard !odd.isEmpty else { return nil }
      let some = odd.prefix(3).map { "'\(printable($0))'" }.joined(separator: ", ")
      return
        "\(odd.count) of \(Figure.count(candidate.form.images.count, "\(side) file")) \(odd.count == 1 ? "has" : "have") no \(other) (\(some)\(odd.count > 3 ? ", …" : ""))"
    }
    return
      "\(parts.joined(separator: " and ")), which makes the run incomplete: list the images that count under `names`"
  }
}

extension Candidate {
  /// How many files there are, and what is in those that were looked into.
  fileprivate var words: String {
    let files =
      form.runs != nil
      ? Figure.count(images, "image") + " in one file"
      : isOneArray
        ? Figure.count(images, "image") + " in one array"
        : form.grid == nil
          ? Figure.count(form.files.count, "file")
          : "\(Figure.count(form.files.count, "file")) of \(Figure.count(form.images.count, "image"))"
    let shape = "(\(member.shape.map(String.init).joined(separator: ", ")))"
    let size =
      axes == "HW" ? member.shape.map(String.init).reversed().joined(separator: " × ") : shape
    let census = looks.compactMap { $0.probable?.census }.reduce(nil) { sum, census in
      sum.map { $0 + census } ?? census
    }
    let labels = census?.labels.map { "\(Line(labels: $0, most: 10).plain)" }
    let range = census?.range.map {
      "\(Figure.text($0.lowerBound)) … \(Figure.text($0.upperBound))"
    }
    let content = (kind == .levels ? nil : labels) ?? range ?? ""
    return "\(files): \(member.type), \(size), \(content)."
  }
}
