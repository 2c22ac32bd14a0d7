extension Workload {
  /// What is asked about the files: the measures and chains of the sample's own pipeline.yml that
  /// the peers are asked for too.
  var pipeline: String {
    switch self {
    case .labels, .frayedLabels: labelPipeline
    case .planes, .deepPlanes, .start:
      planePipeline(
        predictions: "predictions/{image}/{class}.png", truth: "truth/{image}/{class}.png")
    case .array: planePipeline(predictions: "predictions.npy", truth: "truth.npy")
    }
  }
}

/// Of label maps, those of the growth runs among them.
var labelPipeline: String {
  let classes = LabelScene.classes.map { "{name: \($0.1), value: \($0.0)}" }
  return """
    version: 1
    decode:
      predictions: predictions/{image}_labelIds.png
      truth: truth/{image}_gtFine_labelIds.png
      kind: labels
      classes: [\(classes.joined(separator: ", "))]
      ignore: [\(LabelScene.egoVehicle)]
    measure: [iou, dice]
    reduce:
      global:    "pool(batch, image, pixel) > score > mean(class)"
      per-image: "pool(pixel) > score > mean(class) > mean(batch, image)"
    diagnose: {headline: {measure: iou, reduce: global}, poor: "iou < 0.5", tolerance: 1%}
    report: {to: out, formats: [markdown, csv, json]}

    """
}

private func planePipeline(predictions: String, truth: String) -> String {
  """
  version: 1
  decode:
    predictions: \(predictions)
    truth: \(truth)
    kind: probabilities
    activation: sigmoid
    classes: [\(Workload.planeClasses.joined(separator: ", "))]
  batch: {size: 16}
  measure: [bce, iou, dice]
  reduce:
    keras:     "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
    per-class: "mean(pixel, image, batch) > mean(class)"
    global:    "pool(batch, image, pixel) > score > mean(class)"
    per-image: "pool(pixel) > score > mean(class) > mean(batch, image)"
  diagnose: {headline: {measure: bce, reduce: keras}, poor: "iou < 0.5", tolerance: 1%}
  report: {to: out, formats: [markdown, csv, json]}

  """
}
