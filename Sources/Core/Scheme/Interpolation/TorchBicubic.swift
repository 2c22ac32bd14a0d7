extension Interpolation {
  /// `F.interpolate(x, size, mode="bicubic", align_corners=False)`: cubic convolution with a = −¾ over
  /// four pixels; outside the plane its last pixels go on. It leaves the range of the numbers.
  ///
  /// PyTorch 2.13.0, aten/src/ATen/native/UpSample.h: `get_cubic_upsample_coefficients`, with the
  /// positions of `area_pixel_compute_source_index(cubic=true)` in float32. Its weights are float32 too,
  /// here they are exact.
  static let torchBicubic = Interpolation(
    "torch.bicubic",
    .weighted(.sum) { input, output in
      torchPositions(input, output).map { position in
        let left = min(Int(position.rounded(.down)), input - 1)
        let share = Double(min(max(position - Float(left), 0), 1))
        return [far(share + 1), near(share), near(1 - share), far(2 - share)].enumerated()
          .map { Tap(min(max(left - 1 + $0, 0), input - 1), $1) }
      }
    })

  /// Keys, "Cubic convolution interpolation for digital image processing" (1981), equation 15; with
  /// a = −½ it would be his equation 16.
  private static let a = -0.75

  /// At a distance of up to 1: (a + 2)x³ − (a + 3)x² + 1
  private static func near(_ x: Double) -> Double { ((a + 2) * x - (a + 3)) * x * x + 1 }

  /// From 1 to 2: ax³ − 5ax² + 8ax − 4a
  private static func far(_ x: Double) -> Double { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
}
