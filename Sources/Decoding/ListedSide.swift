internal import Core

/// What was found of one side.
struct ListedSide {
  let location: SideLocation
  let root: String
  var matches: [FoundFiles.Match] = []
  var array: (array: NumberArray, axes: AxisOrder, names: [String])?
  var runs: RunFile?
  /// Of the file that holds all images, as it was opened.
  private(set) var opened: FileStamp?
  /// Image names in the order found.
  var order: [String] = []
  var found: [String: (source: ImageSource, captures: [String: String])] = [:]
  var problems: [ImageProblem] = []
  var notes: [String] = []
  /// What is in the way of files.
  private(set) var obstacles: [Problem] = []
  /// For each place of an image, or of a class of it, the match or the part of the array that was
  /// the first to claim it.
  private var claims: [String: Int] = [:]
  /// All of them where there are several.
  private(set) var doubles: [String: (image: String, claimants: [Int])] = [:]

  init(
    _ location: SideLocation, _ classes: ClassList, _ root: String, names: [String]?,
    size: StatedSize?, images: Int?
  ) throws(ListingFault) {
    self.location = location
    self.root = root
    do {
      if location.isOneArray || location.isRunFile {
        let path = resolved(location.template.text)
        let stamp = FileStamp(of: path)
        if location.isOneArray {
          try openArray(classes, names: names, size: size, images: images)
        } else {
          runs = try RunFile(opening: path)
        }
        // Where it changed in between nobody knows which was opened.
        opened = FileStamp(of: path) == stamp ? stamp : nil
        return
      }
    } catch {
      throw .unreadable(error)
    }
    do {
      try find(classes)
    } catch {
      throw .nothing(error)
    }
  }

  private mutating func openArray(
    _ classes: ClassList, names: [String]?, size: StatedSize?, images: Int?
  ) throws(Problem) {
    let path = resolved(location.template.text)
    var expected = AxisOrder.Expected(
      classes: classes.count, size: size?.extent, slices: size?.slices, holdsImages: true,
      images: images, told: location.axes)
    expected.likely = location.likelyAxes
    let (array, axes) =
      if FileFormat(ofFile: path) == .tiff {
        try inFile(path) { () throws(Problem) in
          try TIFFFile(opening: path).allPages().arranged(as: expected)
        }
      } else {
        try ArrayFile(opening: path, dtype: location.dtype).array(
          named: location.part, arrangedAs: expected)
      }
    let count = array.shape[0]
    if let names, names.count != count {
      throw Problem(
        "holds \(count) images, but there are \(names.count) names", at: .file(path),
        remedy: "give one name a line for each image of the array")
    }
    self.array = (array, axes, names ?? (0..<count).map { index($0, of: count) })
  }

  private mutating func find(_ classes: ClassList) throws(Problem) {
    let allowed = location.hasClassFiles ? ["class": Set(classes.names)] : [:]
    let files = try findFiles(
      location.template, in: root, allowing: allowed, marker: location.marker)
    matches = files.matches
    obstacles = files.obstacles
    if let first = files.unreadableNames.first {
      notes.append(
        "\(location.key): \(Figure.count(files.unreadableNames.count, "name")) not in UTF-8, the first is \(first); rename these files, for reports name paths in UTF-8 only"
      )
    }
    if files.others > 0, location.hasClassFiles {
      let all = try findFiles(location.template, in: root, allowing: [:])
      let foreign = Set(all.matches.map { $0.captures["class"] ?? "" }).subtracting(classes.names)
      if !foreign.isEmpty {
        notes.append(
          "\(location.key): files of classes that the list lacks: \(foreign.sorted().prefix(5).map(printable).joined(separator: ", "))"
        )
      }
    }
    if files.others > 0 {
      notes.append(
        "\(location.key): \(Figure.count(files.others, "other file")) below '\(printable(location.template.fixedDirectory))' of another form than the path"
      )
    }
  }

  /// That of the first image, for axes that depend on it.
  var size: StatedSize? {
    if let array { return array.axes.size(of: array.array, in: location.template.text) }
    if let size = runs?.images.first?.size {
      return StatedSize(file: location.template.text, width: size.width, height: size.height)
    }
    // A first image that is damaged is reported with its name later; here it just gives no size.
    return matches.first.flatMap { try? statedSize(of: resolved($0.path)) }
  }

  /// Sorts what was found into images, by the captures that both sides have.
  mutating func gather(by shared: Set<String>, _ classes: ClassList) {
    if let array {
      for (index, name) in array.names.enumerated() {
        order.append(name)
        claim(name, of: name, by: index)
        found[name] = (
          .item(
            array.array, axes: array.axes, index: index, path: resolved(location.template.text)),
          ["image": name]
        )
      }
      return
    }
    if let runs { return gather(runs, by: shared) }
    let keys = location.template.names.filter(shared.contains)
    var byClass: [String: [String: [String]]] = [:]
    for (index, match) in matches.enumerated() {
      let name =
        keys.isEmpty
        ? match.captures["image"] ?? match.path
        : keys.compactMap { match.captures[$0] }.joined(separator: "/")
      let path = resolved(match.path)
      if let own = match.captures["class"] {
        if location.maskFiles.parts == .one {
          claim("\(name), class \(own)", of: name, by: index)
        }
        if byClass[name] == nil { order.append(name) }
        byClass[name, default: [:]][own, default: []].append(path)
        found[name] = (.classFiles([]), match.captures)
      } else {
        claim(name, of: name, by: index)
        if found[name] == nil { order.append(name) }
        found[name] = (.file(path, part: location.part), match.captures)
      }
    }
    for (name, paths) in byClass {
      let missing = classes.names.filter { paths[$0] == nil }
      found[name]?.source = .classFiles(classes.names.map { paths[$0] ?? [] })
      guard !missing.isEmpty, location.maskFiles.absent == .missing else { continue }
      coverObstacles(of: missing, found[name]?.captures ?? [:])
      let list = missing.prefix(5).map { "'\(printable($0))'" }.joined(separator: ", ")
      problems.append(
        ImageProblem(
          image: name,
          problem: Problem(
            "\(location.key): \(missing.count) of \(classes.count) class files are missing, or are no files: \(list)\(missing.count > 5 ? ", …" : "")",
            at: .file(paths.values.joined().sorted().first ?? location.template.text),
            remedy:
              "write them, empty masks too, or take the image out on both sides; if a class without a file is nowhere say absent: empty"
          )))
    }
  }

  private mutating func gather(_ runs: RunFile, by shared: Set<String>) {
    let keys = location.names.filter(shared.contains)
    let form = RunNames(location.part)
    var others = 0
    for (index, image) in runs.images.enumerated() {
      guard let captures = form.captures(of: image.name) else {
        others += 1
        continue
      }
      let name =
        keys.isEmpty
        ? captures["image"] ?? image.name : keys.compactMap { captures[$0] }.joined(separator: "/")
      claim(name, of: name, by: index)
      if found[name] == nil { order.append(name) }
      found[name] = (
        .runs(runs, index: index, path: resolved(location.template.text)), captures
      )
    }
    if others > 0 {
      notes.append(
        "\(location.key): \(Figure.count(others, "image")) in '\(printable(location.template.text))' whose name has another form than '\(printable(location.part ?? "{image}"))'"
      )
    }
  }

  /// What is in the way of a class's file is said by its image.
  private mutating func coverObstacles(of classes: [String], _ captures: [String: String]) {
    guard !obstacles.isEmpty else { return }
    let places = classes.compactMap { name in
      location.template.filling(captures.merging(["class": name]) { $1 }).map {
        Problem.Place.file(resolved($0))
      }
    }
    obstacles.removeAll { obstacle in places.contains { $0 == obstacle.place } }
  }

  private mutating func claim(_ place: String, of image: String, by claimant: Int) {
    guard let first = claims[place] else {
      claims[place] = claimant
      return
    }
    doubles[place, default: (image, [first])].claimants.append(claimant)
  }

  /// Files whose names differ in nothing but the form of their Unicode are one name to a person, and which of
  /// them is meant cannot be known: their image is a problem of its own.
  mutating func setAsideTwins() {
    guard array == nil, runs == nil else { return }
    for (place, double) in doubles.sorted(by: { $0.key < $1.key }) {
      let paths = double.claimants.map { matches[$0].path }
      guard Set(paths).count == 1 else { continue }
      doubles[place] = nil
      let names = paths.map { "'\($0.withScalarsWritten)'" }.joined(separator: " and ")
      problems.append(
        ImageProblem(
          image: double.image,
          problem: Problem(
            "\(location.key): \(names) differ only in the form of their Unicode",
            at: .file(resolved(paths[0])), remedy: "keep one of them, or rename one")))
    }
  }

  /// Drops images that are not listed, and notes a problem for each listed one that is not there.
  mutating func keep(_ names: [String]) {
    guard array == nil else { return }
    let listed = Set(names)
    let left = order.count { !listed.contains($0) }
    if left > 0 { notes.append("\(location.key): \(left) images are not listed under names") }
    order.removeAll { !listed.contains($0) }
    problems.removeAll { !listed.contains($0.image) }
    for name in names where found[name] == nil {
      problems.append(
        ImageProblem(
          image: name,
          problem: Problem(
            "the listed image '\(printable(name))' is not there",
            at: .file(
              resolved(
                location.template.filling(["image": name, "class": "{class}"])
                  ?? location.template.text)),
            remedy: "write it, or take it off the list")))
    }
  }

  func resolved(_ path: String) -> String {
    path.hasPrefix("/") || root.isEmpty ? path : "\(root)/\(path)"
  }
}

extension String {
  /// With every scalar that is not ASCII written as its number.
  fileprivate var withScalarsWritten: String {
    unicodeScalars.map { $0.isASCII ? String($0) : "\\u{\(String($0.value, radix: 16))}" }.joined()
  }
}

/// Zero-padded, so that the order of names is that of the array.
private func index(_ index: Int, of count: Int) -> String {
  let digits = max(4, String(max(0, count - 1)).count)
  let text = String(index)
  return String(repeating: "0", count: digits - text.count) + text
}
