internal import Core

/// The classes of a run as a few files show them, with what shows it.
struct InferredClasses: Sendable {
  /// What stands behind `classes:`.
  var yaml: String
  var evidence: [String]
  var count: Int
  /// Truth labels that do not count, and why.
  var ignored: [Int64] = []
  var ignoredEvidence = ""
  /// Further lines below `decode`.
  var reducesZero = false
  var zeroEvidence = ""
  /// What the truth's numbers hold besides a class.
  var encoding: String?
  var encodingEvidence = ""
  /// What cannot be told.
  var questions: [String] = []
  /// Instead of the truth's own path.
  var truthPath: String?
  /// The share of the pixels looked at whose labels agree, where that was asked.
  var certainty = 0.0
}

extension InferredClasses {
  init(_ sides: FoundSides, lists: [NameList]) {
    if sides.truth.form.grid != nil || sides.predictions.form.grid != nil {
      self.init(named: sides, lists)
    } else if sides.truth.kind == .masks || sides.predictions.kind == .masks {
      self.init(planes: sides, lists)
    } else if sides.truth.isMask, sides.predictions.classes ?? 1 == 1 {
      self.init(mask: sides)
    } else if sides.predictions.isOnePlane {
      self.init(onePlane: sides)
    } else {
      self.init(labels: sides, lists)
    }
  }

  /// One class, and a truth of labels: what it holds besides 0 and void.
  private init(onePlane sides: FoundSides) {
    let found = sides.truth.labels.keys.filter { $0 != 0 }.sorted()
    let void = found.count > 1 ? found.filter { $0 < 0 || $0 == 255 || $0 == 65535 } : []
    let own = found.filter { !void.contains($0) }
    let value = own.first ?? 1
    yaml = value == 1 || value == 255 ? "[object]" : "[{name: object, value: \(value)}]"
    count = 1
    evidence = [
      "The predictions have one plane, and the truth holds \(runs(of: Set(sides.truth.labels.keys), most: 10)). Write the object's name."
    ]
    ignored = void
    if !void.isEmpty { ignoredEvidence = "\(runs(of: Set(void))) stands beside the class." }
    if own.count > 1 {
      questions.append(
        "the truth has several numbers besides 0 (\(runs(of: Set(own), most: 10))) and the predictions one plane: which of them is its class? Write its value, and the others under ignore"
      )
    }
  }

  /// A file of each class says what it is called.
  private init(named sides: FoundSides, _ lists: [NameList]) {
    let (truth, predictions) = (sides.truth.form.classNames, sides.predictions.form.classNames)
    var names =
      truth.isEmpty ? predictions : predictions.isEmpty ? truth : truth.filter(predictions.contains)
    evidence = ["The names of the files (in the order of the alphabet)."]
    if let list = lists.first(where: { Set($0.names.values) == Set(names) }),
      let ordered = list.ordered(names.count)
    {
      names = ordered
      evidence = ["The names of the files, in the order of \(list.path)."]
    }
    yaml = yamlList(names.map(yamlText), indent: "  ")
    count = names.count
    let left = Set(truth).symmetricDifference(predictions)
    if !truth.isEmpty, !predictions.isEmpty, !left.isEmpty {
      questions.append(
        "only one side has files of \(left.sorted().prefix(5).joined(separator: ", ")); these classes are left out"
      )
    }
    if truth.isEmpty != predictions.isEmpty {
      let side = truth.isEmpty ? "truth" : "predictions"
      questions.append(
        "which number or plane of the \(side) is which class? The order of the alphabet is taken")
    }
  }

  /// Planes of 0 and 1 have no names.
  private init(planes sides: FoundSides, _ lists: [NameList]) {
    let count = sides.predictions.classes ?? sides.truth.classes ?? 1
    self.init(count, lists, seen: "The arrays hold \(count) planes.")
    if let other = sides.truth.classes, other != count {
      questions.append("the truth has \(other) planes and the predictions \(count)")
    }
  }

  /// `class_0` and so on, or the names of a list with so many.
  private init(_ count: Int, _ lists: [NameList], seen: String) {
    self.count = count
    if let (list, names) = lists.firstWith(count) {
      yaml = yamlList(names.map(yamlText), indent: "  ")
      evidence = ["\(seen) The names are those of \(list.path)."]
    } else {
      yaml = yamlList((0..<count).map { "class_\($0)" }, indent: "  ")
      evidence = ["\(seen) Write their names in this order."]
    }
  }
}

extension [NameList] {
  fileprivate func firstWith(_ count: Int) -> (NameList, [String])? {
    lazy.compactMap { list in list.ordered(count).map { (list, $0) } }.first
  }
}

extension Candidate {
  /// Whether it is numbers of a single class.
  var isOnePlane: Bool {
    (kind.isReal || kind == .levels) && form.grid == nil && classes ?? 1 == 1
  }

  /// The length of the axis of classes.
  var classes: Int? { member.meaning.classAxis.map { member.shape[$0] } }

  /// Labels and how often each occurs, in the files that were looked into.
  var labels: [Int64: Int] {
    looks.compactMap { $0.probable?.census.labels }.reduce(into: [:]) { all, some in
      all.merge(some, uniquingKeysWith: +)
    }
  }

  /// Whether every file looked into has 0 and one other number at most.
  var isMask: Bool {
    let labels = labels
    return kind == .mask && labels.count <= 2 && (labels.count < 2 || labels[0] != nil)
      && !labels.keys.contains { $0 > 1 && ![255, 65535].contains($0) }
  }
}
