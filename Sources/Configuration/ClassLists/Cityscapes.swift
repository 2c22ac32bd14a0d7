internal import Core

// The 19 classes that Cityscapes evaluates: cityscapesScripts 2.2, helpers/labels.py.
extension KnownClasses {
  /// By the label ids of `*_labelIds.png`; what `ignoreInEval` says does not count.
  static let cityscapes = KnownClasses(
    "cityscapes", cityscapesClasses,
    void: Set((0...6).map(Int64.init) + [9, 10, 14, 15, 16, 18, 29, 30, -1]),
    voidColors: cityscapesVoidColors)

  /// By the train ids of `*_labelTrainIds.png`, which are the places in the list; 255 does not count.
  static let cityscapesTrainIDs = KnownClasses(
    "cityscapes-train-ids",
    cityscapesClasses.enumerated().map { place, entry in
      var entry = entry
      entry.labels = PerSide(both: [Int64(place)])
      return entry
    }, void: [255], voidColors: cityscapesVoidColors)

  /// But for those that a class has too: groups of poles are drawn as poles, licence plates as cars.
  private static let cityscapesVoidColors: Set<ClassList.Color> = [
    .init(0, 0, 0), .init(111, 74, 0), .init(81, 0, 81), .init(250, 170, 160),
    .init(230, 150, 140), .init(180, 165, 180), .init(150, 100, 100), .init(150, 120, 90),
    .init(0, 0, 90), .init(0, 0, 110),
  ]

  private static let cityscapesClasses = [
    ClassList.Entry("road", 7, .init(128, 64, 128)),
    ClassList.Entry("sidewalk", 8, .init(244, 35, 232)),
    ClassList.Entry("building", 11, .init(70, 70, 70)),
    ClassList.Entry("wall", 12, .init(102, 102, 156)),
    ClassList.Entry("fence", 13, .init(190, 153, 153)),
    ClassList.Entry("pole", 17, .init(153, 153, 153)),
    ClassList.Entry("traffic light", 19, .init(250, 170, 30)),
    ClassList.Entry("traffic sign", 20, .init(220, 220, 0)),
    ClassList.Entry("vegetation", 21, .init(107, 142, 35)),
    ClassList.Entry("terrain", 22, .init(152, 251, 152)),
    ClassList.Entry("sky", 23, .init(70, 130, 180)),
    ClassList.Entry("person", 24, .init(220, 20, 60)),
    ClassList.Entry("rider", 25, .init(255, 0, 0)),
    ClassList.Entry("car", 26, .init(0, 0, 142)),
    ClassList.Entry("truck", 27, .init(0, 0, 70)),
    ClassList.Entry("bus", 28, .init(0, 60, 100)),
    ClassList.Entry("train", 31, .init(0, 80, 100)),
    ClassList.Entry("motorcycle", 32, .init(0, 0, 230)),
    ClassList.Entry("bicycle", 33, .init(119, 11, 32)),
  ]
}
