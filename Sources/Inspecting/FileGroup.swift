internal import Decoding

/// What files of one group have in common.
struct FileFamily: Hashable {
  var directory: String
  var tail: String
  var ending: String
  /// In front of the image's name, where it tells the sides of one directory apart.
  var head = ""
}

struct FileGroup: Comparable {
  var family: FileFamily
  var names: [FileName]

  init(_ family: FileFamily, _ names: [FileName]) {
    self.family = family
    self.names = names.sorted { $0.path < $1.path }
  }

  static func < (a: FileGroup, b: FileGroup) -> Bool { a.names[0].path < b.names[0].path }
  static func == (a: FileGroup, b: FileGroup) -> Bool { a.family == b.family }

  /// Whether some files are called by one side and some by the other: y_true, y_pred.
  var nameBothSides: Bool {
    let words = names.map { Roles.words(of: $0.stem) }
    return [Roles.truth, Roles.predictions].allSatisfy { role in
      words.contains { !$0.isDisjoint(with: role) }
    }
  }

  var stems: Set<String> { Set(names.map(\.stem)) }
  var parent: String { names[0].split.parent }
  var own: String { names[0].split.own }
  var directory: String {
    family.directory.isEmpty ? "" : family.directory == "/" ? "/" : "\(family.directory)/"
  }

  var form: FileForm {
    let tail = longer(names.map(\.stem).commonTail, family.tail)
    return FileForm(
      directory: directory.literalInPattern, head: family.head, tail: tail, ending: family.ending,
      files: names.map { name in
        let image = name.stem.dropFirst(family.head.count).dropLast(tail.count)
        return .init(path: name.path, image: String(image))
      })
  }

  /// The same files, a group for each side, where their names begin with it: X_001, Y_001 and P_001.
  var byHeads: [FileGroup] {
    let groups = Dictionary(grouping: names, by: \.head)
    let words = groups.keys.map(Roles.words)
    guard words.contains(where: Roles.sayTruth), words.contains(where: Roles.sayPredictions),
      groups.keys.allSatisfy({ !$0.isEmpty && Roles.isSide($0) })
    else { return [self] }
    let images = groups.map { head, names in Set(names.map { $0.stem.dropFirst(head.count) }) }
    let common = images.dropFirst().reduce(images.first ?? []) { $0.intersection($1) }
    guard !common.isEmpty, !common.contains("") else { return [self] }
    return groups.map { head, names in
      var family = family
      family.head = head
      return FileGroup(family, names)
    }
  }
}
