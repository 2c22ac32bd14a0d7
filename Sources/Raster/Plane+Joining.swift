extension Plane {
  /// The planes of an array with classes last, as one plane: each row holds the elements of all of
  /// them, pixel by pixel. A single plane is returned as it is.
  ///
  /// `nil` where they lie in another way, or with gaps.
  package init?(joining planes: [Plane]) {
    guard let first = planes.first else { return nil }
    let pixel = planes.count * first.element.size
    let areSideBySide = planes.enumerated().allSatisfy { index, plane in
      plane.bytes === first.bytes && plane.element == first.element
        && plane.isByteSwapped == first.isByteSwapped
        && plane.offset == first.offset + index * first.element.size
        && plane.columnStride == pixel && plane.rowStride == first.width * pixel
        && plane.width == first.width && plane.height == first.height
    }
    guard areSideBySide else { return nil }
    self = first
    width = first.width * planes.count
    columnStride = element.size
  }
}
