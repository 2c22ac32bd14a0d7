// PyTorch 2.13.0, aten/src/ATen/native/UpSample.h: `area_pixel_compute_scale`,
// `area_pixel_compute_source_index` and `guard_index_and_lambda`, in float32. As the wheels
// are compiled, a product and what is added to it are rounded once. In the sums of UpSampleKernel.cpp, which
// products these are depends on the processor and on where the channels lie, so the last bit does.

extension Interpolation {
  /// `F.interpolate(x, size, mode="bilinear", align_corners=False)`
  static let torchBilinear = Interpolation(
    "torch.bilinear",
    .weighted(.sum) { input, output in
      torchPositions(input, output).map { pair(at: max(0, $0), of: input) }
    })

  /// The same with `align_corners=True`: the first and last pixel stay where they are.
  static let torchBilinearAlignCorners = Interpolation(
    "torch.bilinear.align_corners",
    .weighted(.sum) { input, output in
      let scale = output > 1 ? Float(input - 1) / Float(output - 1) : 0
      return (0..<output).map { pair(at: scale * Float($0), of: input) }
    })

  /// Where the centres of the result's pixels lie, in steps from the centre of the first pixel.
  static func torchPositions(_ input: Int, _ output: Int) -> [Float] {
    let scale = Float(input) / Float(output)
    return (0..<output).map { Float(-0.5).addingProduct(scale, Float($0) + 0.5) }
  }

  /// The two pixels around a position from 0; behind the last pixel is the last.
  private static func pair(at position: Float, of input: Int) -> [Tap] {
    let place = min(Int(position), input - 1)
    let share = Double(min(max(position - Float(place), 0), 1))
    return [Tap(place, 1 - share), Tap(min(place + 1, input - 1), share)]
  }
}
