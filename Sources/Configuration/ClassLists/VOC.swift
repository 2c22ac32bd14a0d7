internal import Core

// PASCAL VOC 2012: the development kit's VOCinit.m (names) and VOClabelcolormap.m (colours).
extension KnownClasses {
  /// By the indices of `SegmentationClass/*.png`; 255, the outline of objects, does not count.
  static let voc = KnownClasses(
    "voc",
    [
      ClassList.Entry("background", 0, .init(0, 0, 0)),
      ClassList.Entry("aeroplane", 1, .init(128, 0, 0)),
      ClassList.Entry("bicycle", 2, .init(0, 128, 0)),
      ClassList.Entry("bird", 3, .init(128, 128, 0)),
      ClassList.Entry("boat", 4, .init(0, 0, 128)),
      ClassList.Entry("bottle", 5, .init(128, 0, 128)),
      ClassList.Entry("bus", 6, .init(0, 128, 128)),
      ClassList.Entry("car", 7, .init(128, 128, 128)),
      ClassList.Entry("cat", 8, .init(64, 0, 0)),
      ClassList.Entry("chair", 9, .init(192, 0, 0)),
      ClassList.Entry("cow", 10, .init(64, 128, 0)),
      ClassList.Entry("diningtable", 11, .init(192, 128, 0)),
      ClassList.Entry("dog", 12, .init(64, 0, 128)),
      ClassList.Entry("horse", 13, .init(192, 0, 128)),
      ClassList.Entry("motorbike", 14, .init(64, 128, 128)),
      ClassList.Entry("person", 15, .init(192, 128, 128)),
      ClassList.Entry("pottedplant", 16, .init(0, 64, 0)),
      ClassList.Entry("sheep", 17, .init(128, 64, 0)),
      ClassList.Entry("sofa", 18, .init(0, 192, 0)),
      ClassList.Entry("train", 19, .init(128, 192, 0)),
      ClassList.Entry("tvmonitor", 20, .init(0, 64, 128)),
    ], void: [255], voidColors: [.init(224, 224, 192)])
}
