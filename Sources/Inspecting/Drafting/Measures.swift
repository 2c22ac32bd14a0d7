// What to measure, which nothing in the files says: what most people report.

extension InferredMeaning {
  /// The rest of the file.
  var measures: String { ofVolumes ? "tile: slice\n" + measuresWithSlices : measuresOfPictures }

  /// A volume is scored as a whole, and slice by slice, which is another number.
  private var measuresWithSlices: String {
    measuresOfPictures.replacing(
      "diagnose: {",
      with:
        """
          # MONAI called slice by slice leaves out slices without the class: score(if: truth).
          per-slice: "pool(pixel) > score > mean(class) > mean(tile) > mean(batch, image)"
        diagnose: {
        """)
  }

  private var measuresOfPictures: String {
    let isExclusive = activation == "softmax"
    switch kind {
    case "labels":
      return """
        # The intersection over union of all pixels together, averaged over the classes; and image by image.
        measure: [iou, dice]
        reduce:
          miou:      "pool(batch, image, pixel) > score > mean(class)"
          per-image: "pool(pixel) > score > mean(class) > mean(batch, image)"
        diagnose: {headline: {measure: iou, reduce: miou}, poor: "iou < 0.5"}
        report: {to: out}

        """
    default:
      let loss = isExclusive ? "ce" : "bce"
      return """
        # The loss as Keras and PyTorch print it over all pixels, and scores; `unmask presets` lists the
        # numbers of frameworks: add `presets: all` to have those that fit.
        measure: [\(loss), iou, dice]
        reduce:
          mean:      "mean(class) > mean(pixel, image, batch)"
          per-class: "mean(pixel, image, batch) > mean(class)"
          miou:      "pool(batch, image, pixel) > score > mean(class)"
          per-image: "pool(pixel) > score > mean(class) > mean(batch, image)"
        diagnose: {headline: {measure: \(loss), reduce: mean}, poor: "iou < 0.5"}
        report: {to: out}

        """
    }
  }
}
