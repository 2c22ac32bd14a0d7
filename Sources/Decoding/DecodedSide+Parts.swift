internal import Core
internal import Raster

// Annotation tools write a file for each region, and none for a class that an image lacks.

extension DecodedSide {
  /// Adds the plane of a class: its only file, the union of several, or what stands for none.
  mutating func append(_ parts: [NumberPlane]) throws(Problem) {
    guard parts.count > 1 else {
      if let only = parts.first {
        planes.append(only)
      } else {
        absent.append(planes.count + absent.count)
      }
      return
    }
    var masks = DecodedSide(planes: parts, hasClasses: true)
    try masks.readNumbers(areMasks: true, haveColors: false)
    remarks = remarks + masks.remarks
    remarks.parts += parts.count
    var union = [UInt8](repeating: 0, count: parts[0].plane.pixels)
    for part in masks.planes {
      let mask = try part.mask(nil).levels
      for pixel in union.indices where mask[pixel] != 0 { union[pixel] = 1 }
    }
    let plane = Plane(
      packed: Bytes(union), element: .u1, width: parts[0].plane.width,
      height: parts[0].plane.height)
    planes.append(NumberPlane(plane: plane, file: parts[0].file, largest: 1))
  }

  /// Puts an empty mask where a class has no file, which needs the size of another class.
  mutating func fillAbsent() {
    guard let first = planes.first else { return }
    for place in absent {
      let bytes = Bytes([UInt8](repeating: 0, count: first.plane.pixels))
      let plane = Plane(
        packed: bytes, element: .u1, width: first.plane.width, height: first.plane.height)
      planes.insert(NumberPlane(plane: plane, file: first.file, largest: 1), at: place)
    }
    remarks.absentMasks += absent.count
  }
}
