// OpenCV 5.0.0, modules/imgproc/src/resize.cpp. The step from pixel to pixel is one over the quotient of
// the sizes in double, which is not always the inverse quotient.

extension Interpolation {
  /// `cv2.resize(x, (width, height))` of float32, which is `INTER_LINEAR`, without smoothing where it
  /// shrinks.
  ///
  /// Its positions are rounded to float32; whether products are fused depends on the machine.
  static let openCVLinear = Interpolation(
    "opencv.linear",
    .weighted(.sum) { input, output in
      let step = 1 / (Double(output) / Double(input))
      return (0..<output).map { place in
        let position = Float((Double(place) + 0.5) * step - 0.5)
        let left = Int(position.rounded(.down))
        guard left >= 0 else { return [Tap(0, 1)] }
        guard left < input - 1 else { return [Tap(input - 1, 1)] }
        let share = Double(position - Float(left))
        return [Tap(left, 1 - share), Tap(left + 1, share)]
      }
    })

  /// `cv2.resize(x, (width, height), interpolation=cv2.INTER_NEAREST)`: the pixel in which the left edge
  /// of the result's lies, so that the image moves by up to half a pixel.
  static let openCVNearest = Interpolation(
    "opencv.nearest",
    .nearest { input, output in
      let step = 1 / (Double(output) / Double(input))
      return (0..<output).map { min(Int(Double($0) * step), input - 1) }
    })
}
