package import Core
package import Raster

/// What the axes of an array are, outermost first: N images, C classes, D slices, H rows, W columns.
package struct AxisOrder: RawRepresentable, Hashable, Codable, Sendable {
  /// The letters.
  package let rawValue: String

  /// `nil` unless each letter stands there once at most, and H and W do.
  package init?(rawValue: String) {
    let letters = Set(rawValue)
    guard letters.count == rawValue.count, letters.isSubset(of: "NCDHW"),
      letters.isSuperset(of: "HW")
    else { return nil }
    self.rawValue = rawValue
  }

  private init(_ letters: String) { rawValue = letters }

  package static let NHWC = AxisOrder("NHWC")
  package static let NCHW = AxisOrder("NCHW")
  package static let NHW = AxisOrder("NHW")
  package static let HWC = AxisOrder("HWC")
  package static let CHW = AxisOrder("CHW")
  package static let HW = AxisOrder("HW")

  /// Those that are looked for without being told.
  package static let usual = ofPictures + ofVolumes
  fileprivate static let ofPictures = [NHWC, NCHW, NHW, HWC, CHW, HW]
  fileprivate static let ofVolumes = ["NDHWC", "NCDHW", "NDHW", "DHWC", "CDHW", "DHW"]
    .map(AxisOrder.init(_:))

  fileprivate static let ofOneClass = [[HW], [AxisOrder("DHW")]]

  package var hasImages: Bool { rawValue.contains("N") }
  package var hasClasses: Bool { rawValue.contains("C") }
  package var hasSlices: Bool { rawValue.contains("D") }

  /// The same for an array of images.
  fileprivate var ofImages: AxisOrder { hasImages ? self : AxisOrder("N\(rawValue)") }

  /// The place of an axis, from 0.
  package func position(of axis: Character) -> Int? {
    Array(rawValue).firstIndex(of: axis)
  }

  /// Along an axis; 1 where there is none of the kind.
  package func length(of axis: Character, in shape: [Int]) -> Int {
    position(of: axis).map { shape[$0] } ?? 1
  }

  /// Whether a shape can be read so.
  fileprivate func fits(_ shape: [Int], _ expected: Expected) -> Bool {
    guard rawValue.count == shape.count, hasImages == expected.holdsImages,
      expected.told == nil || self == expected.told
    else { return false }
    if let c = position(of: "C"), shape[c] != expected.classes { return false }
    if let slices = expected.slices, length(of: "D", in: shape) != slices { return false }
    guard let size = expected.size else { return true }
    return length(of: "H", in: shape) == size.height && length(of: "W", in: shape) == size.width
  }

  /// Any order, which a person may tell, by which a shape fits: the first, with columns before rows before slices
  /// last, as nibabel and MONAI keep volumes.
  fileprivate static func unusual(_ shape: [Int], _ expected: Expected) -> AxisOrder? {
    guard expected.size != nil, expected.told == nil else { return nil }
    return ["WHD", "HWD", "WDH", "HDW", "DWH"].flatMap { ["\($0)", "C\($0)", "\($0)C"] }
      .map { AxisOrder($0) }.map { expected.holdsImages ? $0.ofImages : $0 }
      .first { $0.fits(shape, expected) }
  }

  /// What is known of an array before it is opened.
  package struct Expected: Sendable {
    package var classes: Int
    /// Width and height, where another file tells them.
    package var size: (width: Int, height: Int)?
    /// Whether the array holds many images.
    package var holdsImages: Bool
    /// How many, where another array tells.
    package var images: Int?
    /// Of each image, where another file tells; 1 of a picture.
    package var slices: Int?
    /// What the configuration says.
    package var told: AxisOrder?
    /// What it is where the shape leaves a choice: the order of the other side.
    var likely: AxisOrder?
    /// Whether it is one class of one image, which has no axis of classes.
    var isOneClass = false

    package init(
      classes: Int, size: (width: Int, height: Int)?, slices: Int? = nil, holdsImages: Bool,
      images: Int? = nil, told: AxisOrder?
    ) {
      self.classes = classes
      self.size = size
      self.slices = slices
      self.holdsImages = holdsImages
      self.images = images
      self.told = told
    }

    /// For an array of one image, to which the axis of images was added.
    fileprivate var ofOneImage: Expected {
      var one = self
      one.told = told?.ofImages
      return one
    }
  }
}

extension NumberArray {
  /// The array and the only order of its axes that fits, or a problem: no order is ever guessed.
  ///
  /// Where none fits, axes of length 1 are left out, as few as it takes: there is no number along them
  /// that could be taken for another. nnU-Net saves a picture as (C, 1, H, W), PyTorch a batch of one as
  /// (1, C, H, W), Keras sparse labels as (N, H, W, 1).
  package func arranged(
    as expected: AxisOrder.Expected
  ) throws(Problem) -> (array: NumberArray, axes: AxisOrder) {
    var expected = expected
    // HW, CHW and HWC of one image are also said of an array (1, C, H, W).
    if expected.holdsImages, let told = expected.told, !told.hasImages,
      shape.count > told.rawValue.count
    {
      expected.told = told.ofImages
    }
    if expected.holdsImages, expected.images == 1, let one = asOnlyImage(expected) { return one }
    // What can be a picture is none of a volume's slices, unless the other side is a volume.
    let candidates =
      expected.told.map { [[$0]] }
      ?? (expected.isOneClass ? AxisOrder.ofOneClass : nil)
      ?? (expected.slices ?? 1 > 1
        ? [AxisOrder.ofVolumes] : [AxisOrder.ofPictures, AxisOrder.ofVolumes])
    guard
      let readings = candidates.lazy.map({ self.readings(as: $0, expected) }).first(where: {
        !$0.isEmpty
      })
    else {
      guard expected.holdsImages, let one = asOnlyImage(expected) else { throw unfit(expected) }
      return one
    }
    if readings.count == 1 { return readings[0] }
    let likely = readings.filter { $0.1 == expected.likely }
    if likely.count == 1 { return likely[0] }
    let orders = readings.map { array, order in
      array.shape == shape ? order.rawValue : "\(order.rawValue) of \(array.shapeText)"
    }
    // Two readings of one order differ in nothing that the configuration could say.
    let told = Set(readings.map(\.1)).count > 1
    throw Problem(
      "an array of shape \(shapeText) could be \(orders.joined(separator: " or "))",
      remedy: told
        ? "say which under decode: axes: \(readings[0].1.rawValue)"
        : "save it without its axes of length 1: np.squeeze")
  }

  /// Every way to read the array by one of `orders`, with as few axes left out as it takes.
  private func readings(
    as orders: [AxisOrder], _ expected: AxisOrder.Expected
  ) -> [(array: NumberArray, axes: AxisOrder)] {
    var arrays = [self]
    while !arrays.isEmpty, shape.count <= 8 {
      let readings = arrays.flatMap { array in
        orders.filter { $0.fits(array.shape, expected) }.map { (array, $0) }
      }
      if !readings.isEmpty { return readings }
      // Which of two axes of length 1 went is the same array.
      var seen: Set<[Int]> = []
      arrays = arrays.flatMap(\.withoutAnAxisOfOne).filter { seen.insert($0.shape).inserted }
    }
    return []
  }

  /// One image where many were expected, if that fits in one way.
  private func asOnlyImage(
    _ expected: AxisOrder.Expected
  ) -> (array: NumberArray, axes: AxisOrder)? {
    var one = self
    one.shape.insert(1, at: 0)
    one.strides.insert(0, at: 0)
    for orders in [AxisOrder.ofPictures, AxisOrder.ofVolumes] {
      let told = expected.ofOneImage.told
      let fitting = (told.map { [$0] } ?? orders).filter { $0.fits(one.shape, expected.ofOneImage) }
      if !fitting.isEmpty { return fitting.count == 1 ? (one, fitting[0]) : nil }
    }
    return nil
  }

  /// The same numbers with one axis less, for each that has length 1.
  private var withoutAnAxisOfOne: [NumberArray] {
    shape.indices.filter { shape[$0] == 1 }.map { axis in
      var array = self
      array.shape.remove(at: axis)
      array.strides.remove(at: axis)
      return array
    }
  }

  private var shapeText: String { "(\(shape.map(String.init).joined(separator: ", ")))" }

  private func unfit(_ expected: AxisOrder.Expected) -> Problem {
    let depth = expected.slices.flatMap { $0 > 1 ? " × \($0)" : nil } ?? ""
    let size = expected.size.map { " and images of \($0.width) × \($0.height)\(depth)" } ?? ""
    if let order = AxisOrder.unusual(shape, expected) {
      return Problem(
        "an array of shape \(shapeText) fits \(Figure.count(expected.classes, "class", "classes"))\(size) only as \(order.rawValue), with its axes in an order that is not usual",
        remedy:
          "if that is its order, as nibabel and MONAI keep volumes, say so under decode: axes: {predictions: \(order.rawValue)}, or {truth: …}"
      )
    }
    return Problem(
      "an array of shape \(shapeText) does not fit \(Figure.count(expected.classes, "class", "classes"))\(size)"
        + (expected.told.map { " as \($0.rawValue)" } ?? ""),
      remedy: expected.told == .HW || expected.isOneClass
        ? "one class of one image is an array of height × width"
        : (expected.holdsImages
          ? "an array of many images is NHWC, NCHW, or NHW for label maps\(ofVolumes("N", expected))"
          : "an array of one image is HWC, CHW, or HW for label maps\(ofVolumes("", expected))")
          + remedyForSize(expected))
  }

  /// Where the other side is a picture volumes are not spoken of.
  private func ofVolumes(_ images: String, _ expected: AxisOrder.Expected) -> String {
    expected.slices == 1
      ? ""
      : ", one of \(images.isEmpty ? "a volume" : "volumes") \(images)DHWC, \(images)CDHW or \(images)DHW"
  }

  /// What to do besides where some order would fit at another size.
  private func remedyForSize(_ expected: AxisOrder.Expected) -> String {
    var free = expected
    free.size = nil
    guard expected.size != nil, let order = AxisOrder.usual.first(where: { $0.fits(shape, free) })
    else { return "" }
    let function = order.hasClasses ? "torch.bilinear" : "torch.nearest"
    if let size = expected.size, size.width != size.height, expected.holdsImages,
      let h = order.position(of: "H"), let w = order.position(of: "W"),
      (shape[h], shape[w]) == (size.width, size.height)
    {
      return
        "; if rows and columns were exchanged when it was saved, say so under decode: orientation: {predictions: transposed}"
    }
    return
      "; predictions of another size than the truth need, under decode, resize: {predictions: \(function)}"
  }
}

extension NumberArray {
  /// The array with only this slice of this image: no axis of images or slices is longer than 1. Its numbers are read
  /// into memory unless they are there already, or scattered in the file, or very many.
  ///
  /// - Throws: Problem: the file cannot be read, or is shorter now.
  package func loading(
    image: Int, slice: Int = 0, _ axes: AxisOrder
  ) throws(Problem) -> Self {
    var part = self
    for (axis, index) in [("N" as Character, image), ("D", slice)] {
      guard let place = axes.position(of: axis) else { continue }
      precondition((0..<max(1, shape[place])).contains(index), "outside the array")
      part.offset += index * strides[place]
      part.shape[place] = min(1, shape[place])
    }
    // The header of a non-empty array was checked to claim no more than memory can hold.
    guard !shape.contains(0) else { return part }
    let count = part.shape.reduce(element.size, *)
    let last = part.shape.indices.reduce(0) { $0 + (part.shape[$1] - 1) * strides[$1] }
    guard count <= Self.mostRead, last + element.size == count,
      let read = try bytes.read(part.offset..<part.offset + count)
    else { return part }
    part.bytes = read
    part.offset = 0
    return part
  }

  /// The same as numbers of which planes can be taken: narrower floats become float32.
  ///
  /// - Throws: Problem: as `loading`, or there is no memory for them.
  package func reading(
    image: Int, slice: Int = 0, _ axes: AxisOrder
  ) throws(Problem) -> Self {
    let part = try loading(image: image, slice: slice, axes)
    guard narrow != nil else { return part }
    guard let wide = part.widened() else {
      throw Problem(
        "does not fit in memory as float32",
        remedy: "run on a machine with more memory, or fewer jobs")
    }
    // What was converted is a copy, of which nobody can tell afterwards.
    try bytes.expectUnchanged()
    return wide
  }

  /// As much as the allocator keeps for the next image, in bytes; memory that is new costs more than
  /// the file's own pages.
  private static let mostRead = 32 << 20

  /// One class of one image, or of a slice of it; for a label map `c` is not looked at.
  package func plane(_ axes: AxisOrder, image: Int, slice: Int = 0, class c: Int) -> Plane {
    let index = axes.rawValue.map { $0 == "N" ? image : $0 == "D" ? slice : $0 == "C" ? c : 0 }
    return plane(
      rowAxis: axes.position(of: "H") ?? 0, columnAxis: axes.position(of: "W") ?? 1, at: index)
  }
}
