package import Core

/// The classes of a data set that many people have, by name, with what its files hold for each.
///
/// Names, numbers and colours are facts of the data set; each list says where they stand.
package struct KnownClasses: Sendable {
  /// As the configuration writes it.
  package let name: String
  package let classes: ClassList
  /// What the data set itself does not evaluate.
  package let void: Scheme.Ignored

  package static let all = [
    cityscapes, cityscapesTrainIDs, voc, ade20k, ade20kTrainIDs, cocoStuff, cocoStuffIDs,
    cocoStuffMaps, camvid,
  ]

  init(
    _ name: String, _ classes: [ClassList.Entry], void: Set<Int64>,
    voidColors: Set<ClassList.Color> = []
  ) {
    self.name = name
    self.classes = ClassList(classes)
    self.void = Scheme.Ignored(labels: void, colors: voidColors)
  }
}

extension ClassList.Entry {
  /// A class of a data set: one label, and for pictures one colour or several.
  init(_ name: String, _ label: Int64, _ colors: ClassList.Color...) {
    self.init(name: name, labels: PerSide(both: [label]), colors: colors)
  }
}

extension ClassList.Color {
  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.init(red: red, green: green, blue: blue)
  }
}

/// Names in the order of their labels, one a line.
func numbered(_ names: String) -> [ClassList.Entry] {
  names.split(separator: "\n").enumerated().map { ClassList.Entry(String($1), Int64($0)) }
}
