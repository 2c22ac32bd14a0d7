internal import Core
package import Decoding
internal import Raster

/// That every plane of an array can be read, in each way in which a configuration may take it.
package func claimIsReadable(_ array: NumberArray) {
  for holdsImages in [false, true] {
    for classes in Set([1, 3] + array.shape).filter({ 1...64 ~= $0 }) {
      let expected = AxisOrder.Expected(
        classes: classes, size: nil, holdsImages: holdsImages, told: nil)
      guard
        let (arranged, axes) = attempt({ () throws(Problem) in
          try array.arranged(as: expected)
        }).value
      else { continue }
      let images = axes.position(of: "N").map { arranged.shape[$0] } ?? 1
      for image in 0..<min(images, 2) {
        for id in 0..<(axes.hasClasses ? classes : 1) {
          claimIsReadable(arranged.plane(axes, image: image, class: id))
        }
      }
    }
  }
  _ = array.numbers
}

private func claimIsReadable(_ plane: Plane) {
  var labels = [Int64](repeating: 0, count: plane.pixels)
  var span = labels.mutableSpan
  if let fault = plane.loadLabels(0..<plane.pixels, into: &span) {
    claim((0..<plane.pixels).contains(fault), "no label at a pixel that is not there")
  }
  var numbers = [Double](repeating: 0, count: plane.pixels)
  var target = numbers.mutableSpan
  plane.load(0..<plane.pixels, into: &target)
}
