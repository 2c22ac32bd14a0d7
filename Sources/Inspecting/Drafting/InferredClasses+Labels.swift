internal import Core
internal import Decoding

// Label maps: which label is which class, on both sides.

extension InferredClasses {
  /// One mask an image, of a class whose name stands nowhere.
  init(mask sides: FoundSides) {
    let yes = sides.truth.labels.keys.filter { $0 != 0 }.max() ?? 255
    if sides.predictions.kind == .mask || sides.predictions.kind == .labels {
      let own = sides.predictions.labels.keys.filter { $0 != 0 }.max() ?? yes
      let value = own == yes ? "\(yes)" : "{truth: \(yes), predictions: \(own)}"
      yaml =
        yes == 1 && own == 1
        ? "[background, object]"
        : "[{name: background, value: 0}, {name: object, value: \(value)}]"
      evidence = [
        "The truth holds 0 and \(yes), the predictions 0 and \(own). Write the object's name."
      ]
      count = 2
      return
    }
    count = 1
    // The class of a mask is what its path captures.
    let form = sides.truth.form
    guard !sides.truth.isOneArray, !sides.truth.isOnlyImage else {
      yaml = "[object]"
      evidence = ["The truth is a mask (0 and \(yes)) of one class. Write its name."]
      return
    }
    let word = form.tail.split(whereSeparator: \.isSeparator).last.map(String.init)
    if let word, form.tail.dropFirst() == word {
      truthPath =
        "\(form.directory)\(form.head.literalInPattern){image}\(form.tail.prefix(1)){class}\(form.ending.literalInPattern)"
      yaml = "[\(yamlText(word))]"
    } else if !form.directory.contains("*"),
      let own = form.files.first.map({ FileName($0.path).split }),
      !own.own.isEmpty
    {
      truthPath =
        "\(own.parent.literalInPattern){class}/\(form.head.literalInPattern){image}\(form.tail.literalInPattern)\(form.ending.literalInPattern)"
      yaml = "[\(yamlText(own.own))]"
    } else {
      yaml = "[object]"
    }
    evidence = [
      "The truth is a mask (0 and \(yes)) of one class, which is called as its path says at {class}."
    ]
  }

  init(labels sides: FoundSides, _ lists: [NameList]) {
    let agreed = Agreement(of: sides, classes: [])
    let numbers = Set(sides.truth.labels.keys).union(agreed.truth)
    let encoding = sides.encoding(of: numbers, agreed)
    let agreement = encoding.map { agreed.reading($0.label) } ?? agreed
    let truth = encoding.map { Set(numbers.map($0.label)) } ?? numbers
    let predicted =
      sides.predictions.classes.map { Set((0..<Int64($0))) }
      ?? Set(sides.predictions.labels.keys).union(agreement.predicted)
    if let known = sides.known(agreement, truth: truth, predicted: predicted) {
      self.init(known, agreement)
      let found = truth.subtracting(known.void)
      // A few small numbers fit any list.
      if found.count * 2 < known.truth.count {
        questions.append(
          "\(found.count) of the \(known.truth.count) labels of this list occur, so that it may be another: are these the data set's numbers?"
        )
      }
    } else {
      self.init(truth, predicted, agreement, sides, lists)
    }
    if let encoding {
      self.encoding = encoding.name
      encodingEvidence =
        "The truth numbers objects: \(encoding.words); \(Figure.percent(certainty)) of the pixels looked at are right so."
    }
    if let (image, t, p) = agreement.misfit {
      questions.append(
        "the truth of \(image) is \(t) and its prediction \(p): sizes must be the same")
    }
  }

  private init(_ known: KnownNumbering, _ agreement: Agreement) {
    yaml = known.yaml
    count = known.truth.count
    certainty = agreement.share(known.reading)
    evidence = [
      "The labels fit this list, whose void labels do not count; \(Figure.percent(certainty)) of the pixels looked at are right by it."
    ]
  }

  private init(
    _ truth: Set<Int64>, _ predicted: Set<Int64>, _ agreement: Agreement, _ sides: FoundSides,
    _ lists: [NameList]
  ) {
    if sides.predictions.classes == 2, truth.count == 2, truth.contains(0), let yes = truth.max(),
      yes > 1
    {
      self.init(
        yaml: "[{name: background, value: 0}, {name: object, value: \(yes)}]",
        evidence: [
          "The predictions have two planes and the truth two numbers, 0 and \(yes). Write the object's name."
        ], count: 2)
      return
    }
    // 255, or the largest of 16 bits, is what people write where there is nothing to say, and a label
    // below 0 is no class of any list: -100 is what PyTorch's losses leave out.
    let void = truth.filter { $0 < 0 || $0 == 255 || $0 == 65535 }.subtracting(predicted)
    let named = truth.subtracting(void)
    let same = agreement.share { void.contains($0) ? nil : $0 }
    let less = agreement.share { void.contains($0) || $0 == 0 ? nil : $0 - 1 }
    let isLess = less > same && less > 0.3 && !predicted.contains(named.max() ?? 0)
    let classes = isLess ? Set(named.filter { $0 > 0 }.map { $0 - 1 }) : named
    let nothing = sides.truth.noData.flatMap { Int64(exactly: $0) }
    let all = classes.union(predicted).filter { $0 != nothing }
    let seen =
      "Truth: \(runs(of: truth, most: 10)); predictions: \(sides.predictions.classes.map { "\($0) planes" } ?? runs(of: predicted, most: 10))."
    self.init(
      labels: all, nothing: nothing, planes: sides.predictions.classes,
      areAllSeen: sides.truth.isSeenWhole && sides.predictions.isSeenWhole, lists, seen: seen)
    ignored = void.sorted()
    if !void.isEmpty {
      let pixels = sides.truth.labels
      let sum = pixels.values.reduce(0, +)
      let share = void.reduce(0) { $0 + (pixels[$1] ?? 0) }
      ignoredEvidence =
        "\(runs(of: void)) is in \(Figure.percent(Double(share) / Double(max(1, sum)))) of the truth's pixels and is never predicted."
    }
    reducesZero = isLess
    certainty = max(same, less)
    let (a, b) = (Figure.percent(same), Figure.percent(less))
    if isLess {
      zeroEvidence =
        "The truth counts from 1 and 0 is nothing: \(b) of the pixels looked at are right if every label is one less, and \(a) as they stand."
    }
    if agreement.images > 0, max(same, less) < 0.2 {
      questions.append(
        "only \(isLess ? b : a) of the pixels looked at have the same label on both sides: do both mean the same classes by the same numbers?"
      )
    }
  }

  /// - Parameter areAllSeen: whether no file can have another label.
  private init(
    labels: Set<Int64>, nothing: Int64?, planes: Int?, areAllSeen: Bool, _ lists: [NameList],
    seen: String
  ) {
    let top = labels.max() ?? 0
    // A file's own number for nothing is no class.
    let hasHole = nothing.map { (0...top).contains($0) } ?? false
    let isDense =
      planes != nil
      || !hasHole && top < Int64(labels.count) * (areAllSeen ? 1 : 2) + (areAllSeen ? 1 : 8)
    self.init(yaml: "", evidence: [seen], count: isDense ? planes ?? Int(top) + 1 : labels.count)
    let list = lists.first { list in
      labels.allSatisfy { list.names[$0] != nil } && (planes == nil || list.names.count == planes)
    }
    guard isDense, list?.ordered(count) != nil || list == nil else {
      self.init(sparse: list.map { Set($0.names.keys) } ?? labels, list, seen: seen)
      return
    }
    if let list, let names = list.ordered(count) {
      yaml = yamlList(names.map(yamlText), indent: "  ")
      evidence.append("The names are those of \(list.path).")
    } else {
      yaml = yamlList((0..<count).map { "class_\($0)" }, indent: "  ")
      evidence.append("Write their names in this order.")
    }
  }

  private init(sparse labels: Set<Int64>, _ list: NameList?, seen: String) {
    count = labels.count
    let items = labels.sorted().map { label in
      "{name: \(yamlText(list?.names[label] ?? "class_\(label)")), value: \(label)}"
    }
    yaml = "\n" + items.map { "    - \($0)\n" }.joined()
    if yaml.hasSuffix("\n") { yaml.removeLast() }
    evidence = [seen, list.map { "The names are those of \($0.path)." } ?? "Write their names."]
  }
}

extension Candidate {
  fileprivate var isSeenWhole: Bool {
    looks.count == form.files.count && looks.allSatisfy { $0.probable?.isSample == false }
  }
}

extension FoundSides {
  /// How the truth's numbers hold a class and an object, where they do and the predictions agree.
  fileprivate func encoding(of numbers: Set<Int64>, _ agreement: Agreement) -> LabelEncoding? {
    guard numbers.contains(where: { $0 >= 256 && $0 != 65535 }) else { return nil }
    let plain = share(agreement)
    return [LabelEncoding.cityscapesInstances, .kittiInstances]
      .filter { Set(numbers.map($0.label)).count < numbers.count }
      .map { (encoding: $0, share: share(agreement.reading($0.label))) }
      .filter { $0.share > plain + 0.01 }
      .max { $0.share < $1.share }?.encoding
  }

  /// How much agrees by the numbers themselves, or by a list that is known.
  private func share(_ agreement: Agreement) -> Double {
    let known = known(agreement, truth: agreement.truth, predicted: agreement.predicted)
    return max(agreement.share { $0 }, known.map { agreement.share($0.reading) } ?? 0)
  }

  /// The known numbering of a data set whose name stands in the paths, if the labels fit it.
  fileprivate func known(
    _ agreement: Agreement, truth: Set<Int64>, predicted: Set<Int64>
  ) -> KnownNumbering? {
    // An image's own name says it too: ADE_val_00000001.
    let paths =
      [self.truth.form.pattern, predictions.form.pattern]
      + [self.truth.form.files.first?.path, predictions.form.files.first?.path].compactMap(\.self)
    let words = paths.reduce(into: Set<String>()) { $0.formUnion(Roles.words(of: $1)) }
    let fitting = DataSet.all.filter { !$0.words.isDisjoint(with: words) }
      .flatMap(\.numberings).filter { numbering in
        truth.isSubset(of: numbering.void.union(numbering.truth))
          && predicted.isSubset(of: numbering.void.union(numbering.predictions))
          && (predictions.classes == nil || predictions.classes == numbering.predictions.count)
      }
    return fitting.max { a, b in agreement.share(a.reading) < agreement.share(b.reading) }
  }
}
