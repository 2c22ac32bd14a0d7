import Core
import Pipeline
import Reports
import Testing

/// Eight images of 112 × 128 of real predictions, five classes; the truth derives from CamVid.
@Suite(
  "Real predictions, saved in many ways",
  .enabled(if: hasSharedData, "the data of others is not beside this checkout"))
struct RealDataTests {
  let scratch: Scratch
  let overlapping = sharedData + "/camvid8/overlap_list_bce"
  let variants = sharedData + "/camvid8/overlap_list_bce_variants"

  init() throws { scratch = try Scratch() }

  @Test("planes, arrays and archives give the same IoU to the last digit, and nearly the same loss")
  func formats() throws {
    let array = try report("\(overlapping)/pred.npy", "\(overlapping)/gt.npy")
    let archive = try report("\(overlapping)/data.npz#pred", "\(overlapping)/data.npz#gt")
    let byClass = try report(
      "\(overlapping)/png_by_class/pred/{class}/{image}.png",
      "\(overlapping)/png_by_class/gt/{class}/{image}.png")
    let byImage = try report(
      "\(overlapping)/png_by_image/{image}/pred_*_{class}.png",
      "\(overlapping)/png_by_image/{image}/gt_*_{class}.png")
    #expect(overlaps(archive) == overlaps(array))
    #expect(overlaps(byClass) == overlaps(array))
    #expect(overlaps(byImage) == overlaps(array))
    #expect(archive.headline.printed == array.headline.printed)
    let loss = try #require(array.headline.printed)
    #expect(isClose(byImage.headline.printed, loss, within: 1e-4))
    #expect(isClose(byClass.headline.printed, loss, within: 1e-2))
  }

  @Test(
    "byte order, Fortran order, NCHW and header versions change no bit",
    arguments: ["pred_be_f4", "pred_fortran", "pred_nchw", "pred_v2_header", "pred_v3_header"])
  func arrayVariants(name: String) throws {
    let plain = try report("\(overlapping)/pred.npy", "\(overlapping)/gt.npy")
    let variant = try report("\(variants)/\(name).npy", "\(variants)/gt_bool.npy")
    #expect(variant.headline.printed == plain.headline.printed)
    #expect(overlaps(variant) == overlaps(plain))
  }

  @Test("logits give the loss without the clipping, and the same decisions")
  func logits() throws {
    let plain = try report("\(overlapping)/pred.npy", "\(overlapping)/gt.npy")
    let logits = try report("\(overlapping)/logits.npy", "\(overlapping)/gt.npy", kind: "logits")
    #expect(overlaps(logits) == overlaps(plain))
    // Keras' BinaryCrossentropy on the probabilities and, from_logits, on the logits.
    let difference = try #require(plain.headline.printed) - #require(logits.headline.printed)
    #expect(abs(difference) < 1e-6)
  }

  @Test("grey and palette label maps are the same map")
  func labelMaps() throws {
    let grey = try labels("labelmap")
    let palette = try labels("palette")
    #expect(overlaps(grey) == overlaps(palette))
    #expect(grey.inputs.ignored > 0)
  }

  @Test("classes that overlap in the truth do not pass for exclusive ones")
  func overlap() throws {
    let report = try report(
      "\(overlapping)/pred.npy", "\(overlapping)/gt.npy", activation: "softmax")
    #expect(report.inputs.used == 0 && report.inputs.problems.count == 8)
    let first = try #require(report.inputs.problems.first?.problem)
    #expect(first.what.contains("pixels are true for several classes"))
    #expect(first.what.contains("'vertical' and 'static'"))
  }

  private func labels(_ folder: String) throws -> Report {
    try report(
      "\(overlapping)/\(folder)/pred/{image}.png", "\(overlapping)/\(folder)/gt/{image}.png",
      kind: "labels", activation: nil)
  }

  private func report(
    _ predictions: String, _ truth: String, kind: String = "probabilities",
    activation: String? = "sigmoid"
  ) throws -> Report {
    try scratch.run(
      """
      version: 1
      decode:
        predictions: "\(predictions)"
        truth: "\(truth)"
        kind: \(kind)
        \(activation.map { "activation: \($0)" } ?? "ignore: 255")
        classes: [sky, vertical, ground, static, small]
      batch: {size: 4}
      measure: \(kind == "labels" ? "[iou]" : "[bce, iou]")
      reduce:
        keras: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
        global: "pool(batch, image, pixel) > score > mean(class)"
      """
    ).report
  }

  private func overlaps(_ report: Report) -> [Overlap] { report.headline.classes.map(\.overlap) }
}
