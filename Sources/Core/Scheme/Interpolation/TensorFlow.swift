// TensorFlow 2.21.0. `tf.image.resize` without `antialias` is the kernel with half-pixel centres:
// core/util/image_resizer_state.h, `HalfPixelScaler` and `HalfPixelScalerForNN`, in float32. Keras'
// `Resizing` layer and `UpSampling2D(interpolation=…)` come to the same with that backend.

extension Interpolation {
  /// `tf.image.resize(x, size, "bilinear")`
  ///
  /// core/kernels/image/resize_bilinear_op.cc: `compute_interpolation_weights`, `compute_lerp`.
  static let tfBilinear = Interpolation(
    "tf.bilinear",
    .weighted(.lerp) { input, output in
      let scale = Float(input) / Float(output)
      return (0..<output).map { place in
        let position = (Float(place) + 0.5) * scale - 0.5
        let left = position.rounded(.down)
        let share = Double(position - left)
        return [
          Tap(min(max(Int(left), 0), input - 1), 1 - share),
          Tap(min(Int(position.rounded(.up)), input - 1), share),
        ]
      }
    })

  /// `tf.image.resize(x, size, "nearest")`: the pixel in which the result's centre lies.
  ///
  /// core/kernels/image/resize_nearest_neighbor_op.cc
  static let tfNearest = Interpolation(
    "tf.nearest",
    .nearest { input, output in
      let scale = Float(input) / Float(output)
      return (0..<output).map { min(Int((Float($0) + 0.5) * scale), input - 1) }
    })
}
