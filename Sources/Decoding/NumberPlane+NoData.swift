internal import Core
internal import Raster

// Rasters name a number that stands for nothing: GDAL's nodata.

extension DecodedSide {
  /// Which pixels of a truth exist, where its files name a number for those that do not; these get a number that
  /// is read without complaint.
  ///
  /// A label that the configuration gives a class stays that class: it says more than the tag.
  ///
  /// - Returns: 0 where nothing is; `nil` where all pixels exist.
  mutating func takeNoData(_ rules: DecodeRules) -> Plane? {
    guard planes.contains(where: { $0.noData != nil }) else { return nil }
    let listed = Set(rules.classes.entries.flatMap(\.labels.truth))
    let filler = hasClasses ? 0 : Double(listed.min() ?? 0)
    var valid: [UInt8]?
    for index in planes.indices {
      guard let tag = planes[index].noData, planes[index].colors == nil else { continue }
      // The tag is a text; the number is as precise as the file's others.
      let nothing = planes[index].plane.element == .f4 ? Double(Float(tag)) : tag
      let isLabel = !hasClasses && !rules.truthIsOneMask
      if isLabel, Int64(exactly: nothing).map(listed.contains) ?? false { continue }
      let plane = planes[index].plane
      var numbers = [Double](repeating: 0, count: plane.pixels)
      var span = numbers.mutableSpan
      plane.load(0..<plane.pixels, into: &span)
      var exists = valid ?? [UInt8](repeating: 1, count: plane.pixels)
      var isFound = false
      for pixel in numbers.indices
      where numbers[pixel] == nothing || numbers[pixel].isNaN && nothing.isNaN {
        numbers[pixel] = filler
        exists[pixel] = 0
        isFound = true
      }
      guard isFound else { continue }
      valid = exists
      planes[index].plane = plane.holding(numbers)
    }
    guard let valid, let first = planes.first?.plane else { return nil }
    remarks.noData += valid.count { $0 == 0 }
    return Plane(packed: Bytes(valid), element: .u1, width: first.width, height: first.height)
  }
}

extension Plane {
  /// Other numbers of the same kind: bytes stay bytes, all else becomes doubles.
  fileprivate func holding(_ numbers: [Double]) -> Plane {
    if element == .u1 || element == .b1 {
      return Plane(
        packed: Bytes(numbers.map { UInt8(clamping: Int($0)) }), element: .u1, width: width,
        height: height)
    }
    let bytes = Bytes(count: numbers.count, of: Double.self) { target in
      for index in numbers.indices { target[index] = numbers[index] }
    }
    return Plane(packed: bytes, element: .f8, width: width, height: height)
  }
}
