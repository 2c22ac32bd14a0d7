internal import Core
internal import Decoding

/// Files of one form that may be the truth or the predictions, with a few of them looked into.
struct Candidate: Sendable {
  var form: FileForm
  var looks: [Look]
  /// Whether it was named as one side.
  var told: Role?
  /// Of an archive the array that is meant, where others are meant as well.
  var part: String?
  /// Whether its one file is the only image, so that a path without a capture names it.
  var isOnlyImage = false
  /// What they seem to hold.
  var kind: Meaning.Kind

  enum Role: Sendable { case truth, predictions }

  /// - Returns: `nil` where the first files cannot be read.
  ///
  /// - Parameter part: an array of an archive, where several may be meant.
  init?(_ form: FileForm, told: Role? = nil, part: String? = nil, looks most: Int = 3) {
    self.form = form
    self.told = told
    self.part = part
    looks = (form.runs == nil ? form.samples(most) : form.samples(1)).compactMap {
      try? Look(at: $0.path)
    }
    if let part {
      for index in looks.indices { looks[index].members.removeAll { $0.name != part } }
    }
    guard let member = looks.first?.probable else { return nil }
    kind = member.meaning.kind
  }

  /// What the first file holds; of an archive the array that looks most like planes.
  var member: Look.Member { looks[0].probable ?? looks[0].members[0] }
  /// The name of the array, where an archive has several.
  var arrayName: String? { part ?? (looks[0].members.count > 1 ? member.name : nil) }
  /// What stands for no number at all in its files.
  var noData: Double? { looks.lazy.compactMap { $0.probable?.noData }.first }
  /// The axes longer than 1.
  var axes: String { member.meaning.axes.filter { $0 != "1" } }
  var isOneArray: Bool {
    form.single != nil && axes.hasPrefix("N") && isArray(form.files[0].path)
  }

  /// The path for pipeline.yml, with the array of an archive that has several.
  var path: String {
    let pattern = isOneArray || isOnlyImage ? form.files[0].path.literalInPattern : form.pattern
    return arrayName.map { "\(pattern)#\($0)" } ?? pattern
  }

  /// How much speaks for one side, and against the other.
  func score(as role: Role) -> Int {
    if let told { return told == role ? 10 : -10 }
    let words = Roles.words(of: "\(form.directory) \(form.head) \(form.tail) \(member.name)")
      .union(form.single == nil ? [] : Roles.words(of: FileName(form.files[0].path).stem))
    let saysPrediction = Roles.sayPredictions(words)
    let isTruth = Roles.sayTruth(words)
    let isPicture = !words.isDisjoint(with: Roles.pictures) && !isTruth && !saysPrediction
    // Numbers that are no labels are predictions, unless a name says that they are pictures.
    let isPrediction = saysPrediction || !isPicture && (kind.isReal || kind == .levels)
    let sum = (isPrediction ? 2 : 0) - (isTruth ? 2 : 0) - (isPicture ? 3 : 0)
    return role == .predictions ? sum : isPicture ? -3 : -sum
  }
}

extension Meaning.Kind {
  var isReal: Bool { self == .probabilities || self == .logits }
}

extension Look {
  /// The member that most likely is meant: numbers that are probabilities, or else the first plane.
  var probable: Member? {
    let planes = members.filter { ![.unknown, .picture].contains($0.meaning.kind) }
    return planes.first { $0.meaning.kind.isReal } ?? planes.first
  }
}
