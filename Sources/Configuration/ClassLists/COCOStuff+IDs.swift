internal import Core

// The same classes by other numbers.
extension KnownClasses {
  /// By the ids of COCO-Stuff's labels.txt, 1 to 182, of which eleven are no image's; 0 is unlabelled, and
  /// 255 what tools put in its place.
  static let cocoStuffIDs = KnownClasses("coco-stuff-ids", cocoStuff(less: 0), void: [0, 255])

  /// By the numbers of its pixel maps (stuffthingmaps_trainval2017), which are the ids less 1, 0 to 181;
  /// 255 is unlabelled.
  static let cocoStuffMaps = KnownClasses("coco-stuff-maps", cocoStuff(less: 1), void: [255])

  /// street sign, hat, shoe, eye glasses, plate, mirror, window, desk, door, blender, hair brush
  private static let unused: Set<Int64> = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83, 91]

  private static func cocoStuff(less offset: Int64) -> [ClassList.Entry] {
    let ids = (1...Int64(182)).filter { !unused.contains($0) }
    return zip(cocoStuff.classes.names, ids).map { ClassList.Entry($0, $1 - offset) }
  }
}
