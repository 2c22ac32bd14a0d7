extension Interpolation {
  /// `Image.resize(size, Image.Resampling.BILINEAR)` of mode F: a triangle that grows with the pixels of the
  /// result where they are larger, so that shrinking is smooth.
  ///
  /// Pillow 13.0.0, src/libImaging/Resample.c: `precompute_coeffs`, `bilinear_filter` and
  /// `ImagingResampleHorizontal_32bpc`, in double.
  static let pillowBilinear = Interpolation(
    "pillow.bilinear",
    .weighted(.sum) { input, output in
      let scale = Double(input) / Double(output)
      let reach = max(scale, 1)
      return (0..<output).map { place in
        let centre = (Double(place) + 0.5) * scale
        let first = max(Int(centre - reach + 0.5), 0)
        let end = min(Int(centre + reach + 0.5), input)
        let triangle = (first..<end).map { place in
          max(1 - abs((Double(place) - centre + 0.5) * (1 / reach)), 0)
        }
        let sum = triangle.reduce(0, +)
        return zip(first..<end, triangle).map { Tap($0, $1 / sum) }
      }
    })

  /// `Image.resize(size, Image.Resampling.NEAREST)`: the pixel in which the result's centre lies.
  ///
  /// Pillow 13.0.0, src/libImaging/Geometry.c: `ImagingScaleAffine`, which adds step to step.
  static let pillowNearest = Interpolation(
    "pillow.nearest",
    .nearest { input, output in
      let step = Double(input) / Double(output)
      return sequence(first: step * 0.5) { $0 + step }.prefix(output)
        .map { min(Int($0), input - 1) }
    })
}
