internal import Core
internal import Raster

// Tools that know only pictures with three channels, or with opacity, write one number a pixel in them.

extension DecodedSide {
  /// The side with one number a pixel wherever a picture cannot mean anything else.
  ///
  /// - Parameters:
  ///   - areMasks: whether planes are masks, which may stand in the opacity.
  ///   - haveColors: whether the classes have colours; then a label map that is a picture codes them.
  mutating func readNumbers(areMasks: Bool, haveColors: Bool) throws(Problem) {
    for index in planes.indices {
      if hasClasses, areMasks, try planes[index].readOpacity() { remarks.opacityMasks += 1 }
      if hasClasses || !haveColors, planes[index].readEqualChannels() {
        remarks.grayInColors += 1
      }
    }
  }
}

extension NumberPlane {
  /// Makes one plane of three that are the same.
  fileprivate mutating func readEqualChannels() -> Bool {
    guard let colors, colors.count == 3 else { return false }
    if plane.element == .u1 {
      let red = colors[0].levels
      guard red == colors[1].levels, red == colors[2].levels else { return false }
      plane = Plane(packed: Bytes(red), element: .u1, width: plane.width, height: plane.height)
    } else {
      let red = colors[0].numbers
      guard red == colors[1].numbers, red == colors[2].numbers else { return false }
    }
    self.colors = nil
    return true
  }

  /// Takes the opacity where the picture has one colour and is not equally opaque everywhere.
  ///
  /// - Throws: that a picture in one colour is fully transparent, which as a mask has two readings.
  fileprivate mutating func readOpacity() throws(Problem) -> Bool {
    guard let alpha, plane.element == .u1, palette.isEmpty,
      (colors ?? [plane]).allSatisfy({ $0.onlyByte != nil })
    else { return false }
    guard let opacity = alpha.onlyByte else {
      plane = Plane(
        packed: Bytes(alpha.levels), element: .u1, width: plane.width, height: plane.height)
      (colors, self.alpha) = (nil, nil)
      return true
    }
    guard opacity > 0 || (colors ?? [plane]).allSatisfy({ $0.onlyByte == 0 }) else {
      throw Problem(
        "is one colour and fully transparent, so a mask of nothing by its opacity and of everything by its colour",
        at: .file(file), remedy: "save the mask as a grey PNG")
    }
    return false
  }
}

extension Plane {
  /// The byte that all pixels have, of elements b1 and u1 only; `nil` where they differ.
  fileprivate var onlyByte: UInt8? {
    let occurs = occurringBytes
    let bytes = occurs.indices.filter { occurs[$0] }
    return bytes.count == 1 ? UInt8(bytes[0]) : nil
  }

  /// All whole numbers, row by row.
  fileprivate var numbers: [Int64] {
    var numbers = [Int64](repeating: 0, count: pixels)
    var span = numbers.mutableSpan
    _ = loadLabels(0..<pixels, into: &span)
    return numbers
  }
}
