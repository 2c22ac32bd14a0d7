package import Core
package import Raster

/// What the axes of an array are, outermost first: N images, H rows, W columns, C classes.
package enum AxisOrder: String, CaseIterable, Codable, Sendable {
  case NHWC, NCHW, NHW, HWC, CHW, HW

  package var hasImages: Bool { self == .NHWC || self == .NCHW || self == .NHW }
  package var hasClasses: Bool { !(self == .NHW || self == .HW) }

  /// The same for an array of images.
  fileprivate var ofImages: AxisOrder { AxisOrder(rawValue: "N\(rawValue)") ?? self }

  /// The place of an axis, from 0.
  package func position(of axis: Character) -> Int? {
    Array(rawValue).firstIndex(of: axis)
  }

  /// The orders that fit a shape.
  fileprivate static func fitting(_ shape: [Int], _ expected: Expected) -> [AxisOrder] {
    allCases.filter { order in
      guard order.rawValue.count == shape.count, order.hasImages == expected.holdsImages,
        expected.told == nil || order == expected.told
      else { return false }
      if let c = order.position(of: "C"), shape[c] != expected.classes { return false }
      guard let size = expected.size, let h = order.position(of: "H"),
        let w = order.position(of: "W")
      else { return true }
      return shape[h] == size.height && shape[w] == size.width
    }
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
    /// What the configuration says.
    package var told: AxisOrder?

    package init(
      classes: Int, size: (width: Int, height: Int)?, holdsImages: Bool, images: Int? = nil,
      told: AxisOrder?
    ) {
      self.classes = classes
      self.size = size
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
    var readings = AxisOrder.fitting(shape, expected).map { (self, $0) }
    var arrays = [self]
    while readings.isEmpty {
      arrays = arrays.flatMap(\.withoutAnAxisOfOne)
      guard !arrays.isEmpty, shape.count <= 8 else {
        guard expected.holdsImages, let one = asOnlyImage(expected) else { throw unfit(expected) }
        return one
      }
      var seen: Set<[Int]> = []
      // Which of two axes of length 1 went is the same array.
      arrays = arrays.filter { seen.insert($0.shape).inserted }
      readings = arrays.flatMap { array in
        AxisOrder.fitting(array.shape, expected).map { (array, $0) }
      }
    }
    if readings.count == 1 { return readings[0] }
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

  /// One image where many were expected, if that fits in one way.
  private func asOnlyImage(
    _ expected: AxisOrder.Expected
  ) -> (array: NumberArray, axes: AxisOrder)? {
    var one = self
    one.shape.insert(1, at: 0)
    one.strides.insert(0, at: 0)
    let orders = AxisOrder.fitting(one.shape, expected.ofOneImage)
    return orders.count == 1 ? (one, orders[0]) : nil
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
    let size = expected.size.map { " and images of \($0.width) × \($0.height)" } ?? ""
    return Problem(
      "an array of shape \(shapeText) does not fit \(Figure.count(expected.classes, "class", "classes"))\(size)"
        + (expected.told.map { " as \($0.rawValue)" } ?? ""),
      remedy: expected.told == .HW
        ? "one class of one image is an array of height × width"
        : (expected.holdsImages
          ? "an array of many images is NHWC, NCHW, or NHW for label maps"
          : "an array of one image is HWC, CHW, or HW for label maps")
          + remedyForSize(expected))
  }

  /// What to do besides where some order would fit at another size.
  private func remedyForSize(_ expected: AxisOrder.Expected) -> String {
    var free = expected
    free.size = nil
    guard expected.size != nil, let order = AxisOrder.fitting(shape, free).first else { return "" }
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
  /// The array with only this image, read into memory, as image 0. It stays as it is where it is in
  /// memory already, or the image's numbers are scattered in the file or very many.
  ///
  /// - Throws: Problem: the file cannot be read, or is shorter now.
  package func loadingImage(
    _ image: Int, _ axes: AxisOrder
  ) throws(Problem) -> (array: Self, image: Int) {
    // The header of a non-empty array was checked to claim no more than memory can hold.
    guard !shape.contains(0) else { return (self, image) }
    let axis = axes.position(of: "N")
    let others = shape.indices.filter { $0 != axis }
    let count = others.reduce(element.size) { $0 * shape[$1] }
    let last = others.reduce(0) { $0 + (shape[$1] - 1) * strides[$1] }
    let start = offset + (axis.map { image * strides[$0] } ?? 0)
    guard count <= Self.mostRead, last + element.size == count,
      let part = try bytes.read(start..<start + count)
    else { return (self, image) }
    var loaded = self
    loaded.bytes = part
    loaded.offset = 0
    if let axis { loaded.shape[axis] = 1 }
    return (loaded, 0)
  }

  /// The same as numbers of which planes can be taken: narrower floats become float32.
  ///
  /// - Throws: Problem: as `loadingImage`, or there is no memory for them.
  package func readingImage(
    _ image: Int, _ axes: AxisOrder
  ) throws(Problem) -> (array: Self, image: Int) {
    var (loaded, place) = try loadingImage(image, axes)
    guard narrow != nil else { return (loaded, place) }
    if let axis = axes.position(of: "N"), shape[axis] > 0 {
      loaded.offset += place * loaded.strides[axis]
      loaded.shape[axis] = 1
    }
    guard let wide = loaded.widened() else {
      throw Problem(
        "does not fit in memory as float32",
        remedy: "run on a machine with more memory, or fewer jobs")
    }
    // What was converted is a copy, of which nobody can tell afterwards.
    try bytes.expectUnchanged()
    return (wide, 0)
  }

  /// As much as the allocator keeps for the next image, in bytes; memory that is new costs more than
  /// the file's own pages.
  private static let mostRead = 32 << 20

  /// One class of one image; for a label map `c` is not looked at.
  package func plane(_ axes: AxisOrder, image: Int, class c: Int) -> Plane {
    let index = axes.rawValue.map { $0 == "N" ? image : $0 == "C" ? c : 0 }
    return plane(
      rowAxis: axes.position(of: "H") ?? 0, columnAxis: axes.position(of: "W") ?? 1, at: index)
  }
}
