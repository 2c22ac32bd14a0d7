internal import Core
internal import Pages

/// Labels that mean another class in each file, as where a tool numbers the classes that occur in
/// one file: no renaming fits all images, and each of many has one of its own.
extension SetUp {
  var numbersByFile: [SetUpFault] {
    let count = names.count
    guard scheme.kind == .labels, scheme.areClassesExclusive,
      (2...SetUp.mostByFile).contains(count),
      !(mispaired + turned + renumbered + shuffled).withholdVerdict
    else { return [] }
    let looked =
      images.count <= SetUp.mostImages
      ? images : images.filter { $0.index * SetUp.mostImages % images.count < SetUp.mostImages }
    var renamings: [[Int]: Int] = [:]
    var unlikely: [ImageEvidence] = []
    let found = looked.filter { image in
      let counts = RenamedLabels(image.tally.confusion, classes: count)
      let names = counts.bestNames
      guard let now = counts.meanIoU(named: Array(0..<count)),
        let best = counts.meanIoU(named: names)
      else { return false }
      // A model that predicts one class only fits another one in every image.
      guard best > now + SetUp.least, counts.moved(named: names) > 1 else { return false }
      renamings[counts.moves(of: names), default: 0] += 1
      // What fits badly even so may be a model that takes one thing for another here and there.
      if best > 0.6, counts.isUnlikely(names) { unlikely.append(image) }
      return true
    }
    // A model that takes one class for another in some images makes the same exchange in each of them.
    let most = renamings.values.max() ?? 0
    let areMixed =
      found.count >= 2 && found.count * 10 >= looked.count && most * 3 <= found.count * 2
    let named = areMixed ? found : unlikely
    guard !named.isEmpty else { return [] }
    guard areMixed || named.count >= 2 && named.count * 10 >= looked.count else {
      return [few(named, of: looked.count)]
    }
    return [
      SetUpFault(
        .numbersByFile, .error, "labels mean another class from file to file",
        "In \(count: named.count) of \(count: looked.count, "image") (\(listed(named.map { "\(code: $0.name)" }))) the labels of one side fit the other much better under other names, and not the same ones in all: a tool has numbered the classes of each file by itself",
        remedy:
          "Export the labels again with one list of classes for all files, or renumber each by the list that lies beside it (as labelme's `label_names.txt`)",
        numbers: ["images": Double(named.count), "looked_at": Double(looked.count)])
    ]
  }

  /// Of so few that the run as a whole is what it says.
  private func few(_ named: [ImageEvidence], of looked: Int) -> SetUpFault {
    SetUpFault(
      .numbersByFile, .warning,
      "labels mean another class in \(listed(named.map { "\(code: $0.name)" }))",
      "In \(count: named.count) of \(count: looked, "image") the labels of one side fit the other much better under other numbers, as no model takes one class for another: all are moved, and they fit",
      remedy: "Export the labels of these files again with the class list of the others",
      numbers: ["images": Double(named.count), "looked_at": Double(looked)])
  }

  private static let mostByFile = 60
  private static let mostImages = 500
}
