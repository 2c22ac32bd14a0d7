/// What was read otherwise than it is written, because there is only one thing that it can mean: counted,
/// so that the report can say it.
package struct Remarks: ColumnStatistic {
  /// Colour pictures whose three channels are the same everywhere, read as grey.
  package var grayInColors = 0
  /// Masks that stand in the opacity of a picture of one colour.
  package var opacityMasks = 0
  /// Files that were united to masks.
  package var parts = 0
  /// Masks of classes without a file, taken as empty.
  package var absentMasks = 0
  /// Pixels whose colour was nearly that of a class.
  package var nearColors = 0
  /// Images of which a side was brought to the other's size.
  package var resized = 0
  /// Probabilities outside 0…1 by rounding, taken as 0 or 1.
  package var clipped = 0
  /// Counted pixels of which the probabilities of all classes are 0.
  package var zeroRows = 0
  /// Whether a logit that counts is −∞: 1, or 0.
  package var minusInfinity = 0
  /// Logits that make 1 − p less than 2⁻¹⁷ where the class is not true.
  package var surelyWrong = 0
  /// Whether its probabilities or logits are float16: 1, or 0.
  package var halfPrecision = 0
  /// Whether they are bfloat16 or float8, which NumPy takes for no floats of its own: 1, or 0.
  package var narrowFloats = 0
  /// Whether a volume's voxels were taken in another order than they are stored, by its header: 1, or 0.
  package var turnedByHeader = 0
  /// Whether the header of one side alone says where a volume lies: 1, or 0.
  package var unplaced = 0
  /// Whether a writer scaled labels to fit its integers, so that they were rounded: 1, or 0.
  package var scaledLabels = 0
  /// Pixels of a truth that have the number which its file names for nothing.
  package var noData = 0

  package init() {}

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("gray_in_colors", &grayInColors, "files: three equal channels, read as grey")
    column("opacity_masks", &opacityMasks, "files: masks in the opacity of a picture")
    column("parts", &parts, "files that were united to masks")
    column("absent_masks", &absentMasks, "masks of classes without a file, taken as empty")
    column("near_colors", &nearColors, "pixels: a colour that was nearly a class's")
    column("resized", &resized, "images of which a side was resized")
    column("clipped", &clipped, "probabilities outside 0...1 by rounding, taken as 0 or 1")
    column("zero_rows", &zeroRows, "pixels of which the probabilities of all classes are 0")
    column("minus_infinity", &minusInfinity, "1 where a logit is minus infinity")
    column("surely_wrong", &surelyWrong, "logits with 1 - p below 2^-17 where the class is not")
    column("half_precision", &halfPrecision, "1 where the predictions are float16")
    column("narrow_floats", &narrowFloats, "1 where the predictions are bfloat16 or float8")
    column("turned_by_header", &turnedByHeader, "1 where a header changed the order of voxels")
    column("unplaced", &unplaced, "1 where one side's header alone places a volume")
    column("scaled_labels", &scaledLabels, "1 where labels were scaled by their writer")
    column("no_data", &noData, "pixels that the nodata tag of a truth leaves out")
  }

  package static let zero = Remarks()

  package static func + (a: Remarks, b: Remarks) -> Remarks {
    var sum = Remarks()
    sum.grayInColors = a.grayInColors + b.grayInColors
    sum.opacityMasks = a.opacityMasks + b.opacityMasks
    sum.parts = a.parts + b.parts
    sum.absentMasks = a.absentMasks + b.absentMasks
    sum.nearColors = a.nearColors + b.nearColors
    sum.resized = a.resized + b.resized
    sum.clipped = a.clipped + b.clipped
    sum.zeroRows = a.zeroRows + b.zeroRows
    sum.minusInfinity = a.minusInfinity + b.minusInfinity
    sum.surelyWrong = a.surelyWrong + b.surelyWrong
    sum.halfPrecision = a.halfPrecision + b.halfPrecision
    sum.narrowFloats = a.narrowFloats + b.narrowFloats
    sum.turnedByHeader = a.turnedByHeader + b.turnedByHeader
    sum.unplaced = a.unplaced + b.unplaced
    sum.scaledLabels = a.scaledLabels + b.scaledLabels
    sum.noData = a.noData + b.noData
    return sum
  }

  /// Of a volume, with those of another slice: pixels add up, and what is said of files and images is said once.
  package func joined(with slice: Remarks) -> Remarks {
    var sum = self + slice
    for column in [
      \Remarks.grayInColors, \.opacityMasks, \.parts, \.absentMasks, \.resized, \.minusInfinity,
      \.halfPrecision, \.narrowFloats, \.turnedByHeader, \.unplaced, \.scaledLabels,
    ] { sum[keyPath: column] = max(self[keyPath: column], slice[keyPath: column]) }
    return sum
  }
}
