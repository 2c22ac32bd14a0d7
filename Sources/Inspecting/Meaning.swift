internal import Decoding
internal import Raster

/// What the numbers of a file seem to be. A guess, and said as one.
struct Meaning: Hashable, Sendable {
  var kind: Kind
  /// What each axis of the array seems to be: N images, C classes, D slices, H rows, W columns, and 1 for an
  /// axis of that length; empty where that cannot be told.
  var axes: String
  /// Whether the classes of a pixel add up to 1.
  var addsUpToOne = false

  enum Kind: Hashable, Sendable {
    /// One label a pixel.
    case labels
    /// 0 and one other number.
    case mask
    /// 0 and 1, a plane for each class.
    case masks
    /// Probabilities as whole levels.
    case levels
    case probabilities, logits
    /// A label map in colours.
    case colors
    /// A photograph.
    case picture
    case unknown
  }

  /// The place of the classes among the axes.
  var classAxis: Int? {
    axes.firstIndex(of: "C").map { axes.distance(from: axes.startIndex, to: $0) }
  }
}

extension Meaning {
  /// Of one plane of whole numbers.
  init(of census: Census, isPalette: Bool = false) {
    let values = census.labels?.count ?? .max
    let looksContinuous = !isPalette && (values > 190 || values > 24 && census.isSmooth)
    let kind: Kind =
      census.isTwofold ? .mask : looksContinuous && !census.holdsObjects ? .levels : .labels
    self.init(kind: kind, axes: "HW")
  }

  /// Of a file that says which axis is which.
  init(of numbers: Numbers, _ census: Census, _ sample: FileSample) {
    guard !sample.axes.isEmpty else {
      self.init(of: numbers, census, sample.element)
      return
    }
    let isReal = sample.element.isFloat && !census.areWhole
    let whole = Meaning(of: census).kind
    self.init(
      kind: census.range == nil
        ? .unknown
        : isReal
          ? census.areShares ? .probabilities : .logits
          : whole == .mask && sample.axes.contains("C") ? .masks : whole, axes: sample.axes)
    if isReal, let axis = classAxis, let sums = numbers.rangeOfSums(along: axis) {
      addsUpToOne = sums.lowerBound > 0.98 && sums.upperBound < 1.02
    }
  }

  init(of numbers: Numbers, _ census: Census, _ element: Plane.Element) {
    let sides = numbers.shape.indices.filter { numbers.shape[$0] > 1 }
    guard census.range != nil, (2...4).contains(sides.count) else {
      self.init(kind: .unknown, axes: "")
      return
    }
    let isReal = element.isFloat && !census.areWhole
    let whole = Meaning(of: census).kind
    let one = isReal ? numbers.axisOfOne : nil
    let mayHoldPlanes = isReal || whole != .labels
    // (N, H, W, 1) and (N, 1, H, W): a plane of one class an image. Numbers that add up to 1 along the
    // first axis say that it is the classes, as in nnU-Net's (C, 1, H, W).
    if mayHoldPlanes, one == nil, let order = numbers.orderOfOneClass {
      self.init(kind: isReal ? census.areShares ? .probabilities : .logits : whole, axes: order)
      return
    }
    let order = axisOrder(numbers.shape, sides, classes: one, mayHoldPlanes: mayHoldPlanes)
    let kind: Kind =
      isReal
      ? census.areShares ? .probabilities : .logits
      : whole == .mask && order.contains("C") ? .masks : whole
    self.init(
      kind: kind, axes: order.written(over: numbers.shape, sides), addsUpToOne: one != nil)
  }
}

extension Numbers {
  /// The axes, where there are four and that of the classes has the length 1.
  fileprivate var orderOfOneClass: String? {
    guard shape.count == 4, shape[0] > 1, shape.count(where: { $0 == 1 }) == 1 else { return nil }
    return shape[3] == 1 ? "NHWC" : shape[1] == 1 ? "NCHW" : nil
  }
}

extension Census {
  /// Whether the numbers are those of objects, which are large and few.
  var holdsObjects: Bool { (range?.upperBound ?? 0) >= 1000 && (labels?.count ?? .max) <= 190 }
}

/// What the axes longer than 1 are, outermost first; empty where that cannot be told.
///
/// - Parameter classes: the axis along which the numbers add up to 1.
private func axisOrder(
  _ shape: [Int], _ sides: [Int], classes: Int?, mayHoldPlanes: Bool
) -> String {
  let place = classes.flatMap(sides.firstIndex)
  switch sides.count {
  case 2: return "HW"
  case 3:
    // Many label maps, or the planes of one image: the classes are the fewest.
    guard mayHoldPlanes else { return "NHW" }
    let lengths = sides.map { shape[$0] }
    switch place ?? (lengths[0] < lengths[2] ? 0 : lengths[2] < lengths[0] ? 2 : nil) {
    case 0: return "CHW"
    case 2: return "HWC"
    default: return ""
    }
  default:
    let lengths = sides.map { shape[$0] }
    switch place ?? (lengths[1] < lengths[3] ? 1 : lengths[3] < lengths[1] ? 3 : nil) {
    // Classes before all else are those of a volume, as in nnU-Net's (C, Z, Y, X).
    case 0: return "CDHW"
    case 1: return "NCHW"
    case 3: return "NHWC"
    default: return ""
    }
  }
}

extension String {
  /// With a 1 for each axis of that length.
  fileprivate func written(over shape: [Int], _ sides: [Int]) -> String {
    guard count == sides.count else { return "" }
    var letters = Array(self)
    return String(shape.map { $0 > 1 && !letters.isEmpty ? letters.removeFirst() : "1" })
  }
}
