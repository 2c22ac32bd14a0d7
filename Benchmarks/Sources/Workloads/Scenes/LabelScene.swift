/// A street as a label map, and a prediction of it: smooth regions of 19 classes, whose borders the
/// prediction moves a little and frays.
///
/// Labels are the `id`s of Cityscapes (cityscapesScripts, helpers/labels.py), so that its own
/// program can read the same files; as there, a strip at the bottom is the ego vehicle, which does
/// not count.
struct LabelScene {
  var seed: UInt64
  var width: Int
  var height: Int
  /// How far noise moves the border of a prediction from pixel to pixel.
  var fray: Float = 0.003

  /// Of each class, its id and name.
  static let classes = [
    (7, "road"), (8, "sidewalk"), (11, "building"), (12, "wall"), (13, "fence"), (17, "pole"),
    (19, "traffic light"), (20, "traffic sign"), (21, "vegetation"), (22, "terrain"), (23, "sky"),
    (24, "person"), (25, "rider"), (26, "car"), (27, "truck"), (28, "bus"), (31, "train"),
    (32, "motorcycle"), (33, "bicycle"),
  ]
  static let egoVehicle: UInt8 = 1

  func maps() -> (truth: [UInt8], prediction: [UInt8]) {
    var truth: [UInt8] = []
    var prediction: [UInt8] = []
    truth.reserveCapacity(width * height)
    prediction.reserveCapacity(width * height)
    let size = max(width / 8, 4)
    let regions = [
      (ValueNoise(seed: hashed(seed, 1), cell: size), Float(0.28)),
      (ValueNoise(seed: hashed(seed, 2), cell: size / 5), Float(0.12)),
    ]
    let objects = ValueNoise(seed: hashed(seed, 3), cell: size / 2)
    let shifts = ValueNoise(seed: hashed(seed, 4), cell: size / 4)
    for y in 0..<height {
      // Sky is above and road below.
      var region = [Float](repeating: 0.62 * Float(y) / Float(height), count: width)
      for (noise, scale) in regions { noise.add(row: y, times: scale, to: &region) }
      var object = [Float](repeating: 0, count: width)
      objects.add(row: y, times: 1, to: &object)
      var shift = [Float](repeating: -0.5, count: width)
      shifts.add(row: y, times: 1, to: &shift)
      let row = UInt32(truncatingIfNeeded: hashed(seed, 5, UInt64(y)))
      let isEgo = y >= height - height / 16
      for x in 0..<width {
        let error = 0.02 * shift[x] + fray * (whiteNoise(row, x) - 0.5)
        truth.append(isEgo ? Self.egoVehicle : label(region[x], object[x]))
        prediction.append(label(region[x] + error, object[x] - error))
      }
    }
    return (truth, prediction)
  }

  private func label(_ region: Float, _ object: Float) -> UInt8 {
    object > 0.8
      ? Self.things[Int(region * 23) & 7] : Self.stuff[min(max(Int(region * 16), 0), 15)]
  }

  /// From the top of the picture to its bottom.
  private static let stuff: [UInt8] = [
    23, 23, 23, 19, 21, 11, 11, 20, 21, 12, 13, 17, 22, 8, 7, 7,
  ]
  private static let things: [UInt8] = [26, 24, 27, 25, 28, 31, 33, 32]
}
