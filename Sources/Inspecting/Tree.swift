package import Core
internal import Decoding

/// The files below a directory, by the form of their names.
package struct Tree: Sendable {
  package var root: String
  /// Of an archive the array that was named behind `#`.
  var part: String?
  var forms: [FileForm]
  /// Paths of other files, such as lists of names.
  var others: [String]

  /// - Parameter root: a directory, or one file.
  /// - Throws: Problem: it cannot be read.
  package init(at root: String) throws(Problem) {
    self.root = root
    // An array of an archive, as the configuration names it.
    let pieces = root.split(separator: "#", maxSplits: 1).map(String.init)
    if pieces.count == 2, FileFormat(ofFile: pieces[0])?.isArchive == true, !isDirectory(root) {
      self.root = pieces[0]
      part = pieces[1]
    }
    let root = self.root
    let file = FileName(root)
    if !isDirectory(root), let form = FileForm.runs(among: [root]).first {
      (forms, others) = ([form], [])
      return
    }
    if file.isRead, !isDirectory(root) {
      _ = try Look(at: root)
      (forms, others) = (FileForm.all(of: [file]), [])
      return
    }
    let base = root == "/" || root == "." ? root : root.withoutSlashes
    let found = try findFiles(try PathTemplate(parsing: "{path:path}"), in: base)
    let names = found.matches.map { match in
      FileName(base == "." ? match.path : base == "/" ? "/\(match.path)" : "\(base)/\(match.path)")
    }
    others = names.filter { !$0.isRead }.map(\.path)
    let runs = FileForm.runs(among: others)
    others.removeAll { path in runs.contains { $0.runs == path } }
    forms = FileForm.all(of: names.filter(\.isRead)) + runs
  }
}

extension String {
  fileprivate var withoutSlashes: String {
    var text = self
    while text.hasSuffix("/"), text.count > 1 { text.removeLast() }
    while text.hasPrefix("./"), text.count > 2 { text.removeFirst(2) }
    return text
  }
}

extension FileForm {
  /// Every form that files can be read as, the likely ones first; a file may be part of several.
  static func all(of names: [FileName]) -> [FileForm] {
    let all = Dictionary(grouping: names) { name in
      FileFamily(directory: name.directory, tail: name.tail, ending: name.ending)
    }.flatMap { family, names in FileGroup(family, names).byHeads }.sorted()
    let (arrays, groups) = FileForm.arrays(among: all)
    let nested = FileForm.nestedGrids(of: groups)
    let inNested = Set(nested.flatMap { $0.files.map(\.path) })
    let shallow = groups.filter { group in !group.names.allSatisfy { inNested.contains($0.path) } }
    let grids = nested + FileForm.directoryGrids(of: shallow) + FileForm.nameGrids(of: shallow)
    let inGrids = Set(grids.flatMap { $0.files.map(\.path) })
    let plain = groups.filter { group in !group.names.allSatisfy { inGrids.contains($0.path) } }
    return grids + arrays + FileForm.merged(plain) + plain.map(\.form)
  }

  /// The arrays that hold many images each, and all other groups.
  private static func arrays(among groups: [FileGroup]) -> (forms: [FileForm], others: [FileGroup])
  {
    var forms: [FileForm] = []
    let others = groups.filter { group in
      guard isArray(group.names[0].path), group.names.count <= 16,
        group.nameBothSides
          || group.names.contains(where: { name in
            (try? Look(at: name.path))?.members.contains { $0.meaning.axes.hasPrefix("N") } ?? false
          })
      else { return true }
      forms += group.names.map { name in
        FileForm(
          directory: group.directory.literalInPattern, tail: "", ending: name.ending,
          files: [.init(path: name.path, image: name.stem)])
      }
      return false
    }
    return (forms, others)
  }
}

extension FileForm {
  /// The same names below directories that lie side by side: `*` stands for these.
  fileprivate static func merged(_ groups: [FileGroup]) -> [FileForm] {
    struct Key: Hashable {
      var parent: String
      var tail: String
      var ending: String
    }
    let families = Dictionary(grouping: groups.filter { !$0.family.directory.isEmpty }) { group in
      Key(parent: group.parent, tail: group.family.tail, ending: group.family.ending)
    }
    return families.filter { $1.count > 1 }.compactMap { key, groups -> FileForm? in
      let names = groups.sorted().flatMap(\.names)
      let stems = Set(names.map(\.stem))
      // The same name twice would be two images; names of files say then nothing of images.
      guard stems.count == names.count else { return nil }
      let tail = longer(names.map(\.stem).commonTail, key.tail)
      return FileForm(
        directory: "\(key.parent.literalInPattern)*/", tail: tail, ending: key.ending,
        files: names.map { .init(path: $0.path, image: String($0.stem.dropLast(tail.count))) })
    }.sorted { $0.pattern < $1.pattern }
  }

  /// `{image}/segmentations/{class}.nii.gz`: one directory of the same name below that of each image.
  fileprivate static func nestedGrids(of groups: [FileGroup]) -> [FileForm] {
    struct Key: Hashable {
      var root: String
      var middle: String
      var ending: String
    }
    func place(_ group: FileGroup) -> (root: String, image: String) {
      let directory = group.parent.dropLast()
      let slash = directory.lastIndex(of: "/")
      return (
        slash.map { String(directory[...$0]) } ?? "",
        slash.map { String(directory[directory.index(after: $0)...]) } ?? String(directory)
      )
    }
    let byKey = Dictionary(grouping: groups.filter { $0.parent.count > 1 }) {
      Key(root: place($0).root, middle: $0.own, ending: $0.family.ending)
    }
    return byKey.compactMap { key, groups -> FileForm? in
      let stems = Dictionary(grouping: groups) { place($0).image }
        .mapValues { Set($0.flatMap { $0.names.map(\.stem) }) }
      guard stems.count > 1, !key.middle.hasDigits, let first = stems.first?.value, first.count > 1,
        stems.values.allSatisfy({ $0 == first })
      else { return nil }
      var form = FileForm(
        directory: key.root.literalInPattern, tail: "", ending: key.ending,
        grid: .directoryOfImage,
        files: groups.flatMap { group in
          group.names.map {
            .init(path: $0.path, image: place(group).image, className: $0.stem)
          }
        })
      form.middle = key.middle
      return form.ifOfClasses
    }.sorted { $0.pattern < $1.pattern }
  }

  /// `{image}/{class}.png` and `{class}/{image}.png`
  fileprivate static func directoryGrids(of groups: [FileGroup]) -> [FileForm] {
    struct Key: Hashable {
      var parent: String
      var ending: String
    }
    let byParent = Dictionary(grouping: groups.filter { !$0.family.directory.isEmpty }) {
      Key(parent: $0.parent, ending: $0.family.ending)
    }
    return byParent.compactMap { key, groups -> FileForm? in
      let byDirectory = Dictionary(grouping: groups, by: \.own)
      let stems = byDirectory.mapValues { Set($0.flatMap { $0.names.map(\.stem) }) }
      guard stems.count > 1 || stems.first.map({ !$0.value.contains(where: \.hasDigits) }) == true
      else { return nil }
      let all = stems.values.reduce(into: Set()) { $0.formUnion($1) }
      guard all.count > 1 || stems.count > 2,
        stems.values.allSatisfy({ $0.count * 10 >= all.count * 9 })
      else { return nil }
      let files = groups.flatMap(\.names)
      // Names with numbers are those of classes where each of several images has just the same ones.
      let areSame =
        stems.count > 1 && all.count > 2 && stems.values.allSatisfy { $0 == all }
        && stems.keys.allSatisfy(\.hasDigits)
      if areSame || !all.contains(where: { $0.hasDigits || Roles.isRole($0) }),
        !stems.keys.contains(where: Roles.isRole)
      {
        return FileForm(
          directory: key.parent.literalInPattern, tail: "", ending: key.ending,
          grid: .directoryOfImage,
          files: files.map { .init(path: $0.path, image: $0.split.own, className: $0.stem) }
        ).ifOfClasses
      }
      guard stems.count > 1, !stems.keys.contains(where: { $0.hasDigits || Roles.isRole($0) })
      else { return nil }
      let tail = Array(all).commonTail
      return FileForm(
        directory: key.parent.literalInPattern, tail: tail, ending: key.ending,
        grid: .directoryOfClass,
        files: files.map {
          .init(
            path: $0.path, image: String($0.stem.dropLast(tail.count)), className: $0.split.own)
        }
      ).ifOfClasses
    }.sorted { $0.pattern < $1.pattern }
  }

  /// `{image}_{class}.png`
  fileprivate static func nameGrids(of groups: [FileGroup]) -> [FileForm] {
    struct Key: Hashable {
      var directory: String
      var ending: String
      var separator: String
    }
    let groups = groups.filter { $0.family.tail.count > 1 && !Roles.isRole($0.family.tail) }
    let byPlace = Dictionary(grouping: groups) {
      Key(
        directory: $0.directory, ending: $0.family.ending,
        separator: String($0.family.tail.prefix(1))
      )
    }
    return byPlace.filter { $1.count > 1 }.compactMap { key, groups -> FileForm? in
      let files = groups.flatMap { group in
        group.names.map { name in
          FileForm.File(
            path: name.path, image: String(name.stem.dropLast(group.family.tail.count)),
            className: String(group.family.tail.dropFirst()))
        }
      }
      let images = Set(files.map(\.image))
      guard groups.allSatisfy({ $0.names.count * 10 >= images.count * 9 }) else { return nil }
      return FileForm(
        directory: key.directory.literalInPattern, tail: "", ending: key.ending,
        grid: .behind(separator: key.separator), files: files
      ).ifOfClasses
    }.sorted { $0.pattern < $1.pattern }
  }

  /// `nil` unless the files of an image look like one of each class: masks, or probabilities.
  private var ifOfClasses: FileForm? {
    guard let image = files.first?.image else { return nil }
    var form = self
    form.files.sort { $0.path < $1.path }
    let ofOne = form.files.filter { $0.image == image }
    let looks = ofOne.prefix(32).compactMap { try? Look(at: $0.path) }
    let kinds = looks.filter { $0.members.count == 1 }.map { $0.members[0].isOfOneClass }
    guard kinds.count == min(32, ofOne.count), kinds.count > 1, !kinds.contains(false),
      kinds.contains(true)
    else { return nil }
    return form
  }
}

extension Look.Member {
  /// Whether this is one class of an image, a mask or numbers; `nil` where it might be: few pixels
  /// have few levels.
  fileprivate var isOfOneClass: Bool? {
    guard ["HW", "DHW"].contains(meaning.axes.filter({ $0 != "1" })) else { return false }
    switch meaning.kind {
    case .mask, .levels, .probabilities, .logits: return true
    case .labels: return (census.labels?.count ?? 0) > 24 ? true : nil
    case .masks, .colors, .picture, .unknown: return false
    }
  }
}

extension String {
  fileprivate var hasDigits: Bool { contains(where: \.isASCIIDigit) }
}

func longer(_ a: String, _ b: String) -> String { a.count > b.count ? a : b }
