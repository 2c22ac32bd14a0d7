// PyTorch 2.13.0, aten/src/ATen/native/UpSample.h: `nearest_neighbor_compute_source_index` and
// `nearest_neighbor_exact_compute_source_index`, in float32.

extension Interpolation {
  /// `F.interpolate(x, size, mode="nearest")`: the pixel in which the left edge of the result's lies, so
  /// that the image moves by up to half a pixel.
  static let torchNearest = Interpolation(
    "torch.nearest",
    .nearest { input, output in
      let scale = Float(input) / Float(output)
      return (0..<output).map { min(Int(Float($0) * scale), input - 1) }
    })

  /// `F.interpolate(x, size, mode="nearest-exact")`: the pixel in which the result's centre lies.
  static let torchNearestExact = Interpolation(
    "torch.nearest_exact",
    .nearest { input, output in
      let scale = Float(input) / Float(output)
      return (0..<output).map { min(Int((Float($0) + 0.5) * scale), input - 1) }
    })
}
