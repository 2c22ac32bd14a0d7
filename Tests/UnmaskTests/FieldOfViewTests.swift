import Foundation
import Testing

/// Pixels that do not exist, and pixels that weigh more, as files beside predictions and truth.
@Suite("A field of view, and weights of pixels")
struct FieldOfViewTests {
  static let fov = "0111/0110"

  @Test("pixels outside of it do not exist: label maps, masks by class, planes of probabilities")
  func valid() throws {
    let maps = try LabelMaps.folder(
      LabelMaps.configuration("valid: 'fov/{image}.png'"),
      [
        "pred/a.png": gray("1001/0011"), "truth/a.png": gray("0011/1011"),
        "fov/a.png": gray(Self.fov, times: 255),
      ])
    #expect(try maps.unmask("run").code == 0)
    // Counted are .001/.01. of the predictions and .011/.01. of the truth.
    #expect(try maps.counts() == ["a ground 2 3 2", "a road 3 2 2"])
    #expect(try maps.text("out/report.json").contains("\"ignored_px\" : 3,"))

    for kind in ["labels", "probabilities\n  activation: sigmoid"] {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred/{image}/{class}.png", truth: "truth/{image}/{class}.png",
          classes: "[road, walk]", "valid: fov.npy"
        ).replacing("kind: labels", with: "kind: \(kind)"),
        [
          "pred/a/road.png": gray("1001/0011", times: 255),
          "truth/a/road.png": gray("0011/1011", times: 255),
          "pred/a/walk.png": gray("1111/0000", times: 255),
          "truth/a/walk.png": gray("1001/1001", times: 255),
          "fov.npy": npy(.uint8, [2, 4], drawn(Self.fov).joined().map(Double.init)),
        ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      #expect(try folder.counts() == ["a road 3 2 2", "a walk 1 3 1"])
      let report = try folder.text("out/report.json")
      #expect(report.contains("\"ignored_px\" : 3,"))
      #expect(report.contains("\"counted_px\" : 5,"))
      // Of the five pixels .001/.01. of walk and .011/.01. of road one is both, two are neither.
      #expect(report.contains("\"overlapping_px\" : 1,"))
      #expect(report.contains("\"unclassed_px\" : 2,"))
    }
  }

  @Test("floats, soft sums and losses of masks by class leave them out too")
  func floats() throws {
    func folder(_ more: String, fill: Double) throws -> Folder {
      let folder = try LabelMaps.folder(
        LabelMaps.configuration(
          predictions: "pred.npy", truth: "truth.npy", classes: "[road, walk]",
          "activation: sigmoid",
          "axes: {predictions: NHWC, truth: NHWC}", more
        ).replacing("kind: labels", with: "kind: probabilities")
          .replacing("measure: [iou]", with: "measure: [bce, soft-dice, iou]")
          .replacing(
            "reduce: {", with: "reduce: {mean: 'mean(class, pixel, image, batch)', "),
        [
          "truth.npy": npy(
            .uint8, [2, 2, 2, 2], [1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1]),
          "pred.npy": npy(
            .float32, [2, 2, 2, 2],
            [fill, fill, 0.25, 0.75, 0.5, 0.75, fill, fill, 0.5, 0, 0.75, 1, 0.25, 0, 0.125, 0.5]),
          "fov.npy": npy(.uint8, [2, 2, 2], [0, 1, 1, 0, 1, 1, 1, 1]),
        ])
      let ending = try folder.unmask("run")
      #expect(ending.code == 0, "\(ending.error)")
      return folder
    }
    // What stands outside changes nothing.
    let low = try folder("valid: fov.npy", fill: 0.125).answer()
    let high = try folder("valid: fov.npy", fill: 0.875).answer()
    #expect(low.means["bce"] == high.means["bce"])
    // The pixels that exist: image 0 pixels 1 and 2, image 1 all.
    let truth: [Double] = [0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1]
    let found: [Double] = [0.25, 0.75, 0.5, 0.75, 0.5, 0, 0.75, 1, 0.25, 0, 0.125, 0.5]
    let losses = zip(truth, found).map { t, p in
      let p = min(max(p, 1e-7), 1 - 1e-7)
      return -(t * log(p) + (1 - t) * log(1 - p))
    }
    let mean = losses.reduce(0, +) / 12
    #expect(abs(try #require(low.means["bce"]) - mean) < 1e-6 * mean)
  }

  @Test("weights of pixels multiply in chains that name sample-weights")
  func weights() throws {
    let folder = try LabelMaps.folder(
      LabelMaps.configuration(
        predictions: "pred/{image}/{class}.npy", truth: "truth/{image}/{class}.png",
        classes: "[road]", "activation: sigmoid"
      ).replacing("kind: labels", with: "kind: probabilities")
        .replacing("measure: [iou]", with: "measure: [mse]")
        .replacing(
          "reduce: {global: \"pool(batch, image, pixel) > score > mean(class)\"}",
          with:
            "reduce: {mean: 'mean(class) > mean(pixel, image, batch, times: sample-weights)', by: 'mean(class) > mean(pixel, image, batch, by: sample-weights)'}\nsample_weight: {pixels: 'w/{image}.npy'}"
        ),
      [
        "pred/a/road.npy": npy(.float32, [2, 2], [0.5, 0.25, 1, 0]),
        "truth/a/road.png": gray("10/10"), "w/a.npy": npy(.float32, [2, 2], [2, 0.5, 3, 0]),
      ])
    let ending = try folder.unmask("run")
    #expect(ending.code == 0, "\(ending.error)")
    // Losses 0.25, 0.0625, 0, 0 times 2, 0.5, 3, 0.
    let sum = 0.25 * 2 + 0.0625 * 0.5
    #expect(try folder.answer().means["mse"] == sum / 4)
    try folder.write(npy(.float32, [2, 2], [2, -0.5, 3, 0]), to: "w/a.npy")
    #expect(
      try folder.unmask("run").fault == "w/a.npy: the weight at row 0, column 1 is -0.5")
  }

  @Test("paths must follow from those of the images, and files must fit")
  func refused() throws {
    for (more, fault) in [
      ("valid: 'fov/{city}.png'", "neither predictions nor truth captures '{city}'"),
      ("valid: 'fov/*.png'", "the path says more than which image it is for"),
    ] {
      let ending = try LabelMaps.folder(LabelMaps.configuration(more), [:]).unmask("run")
      #expect(ending.code == 2)
      #expect(ending.fault.contains(fault), "\(ending.error)")
    }
    let files = ["pred/a.png": gray(LabelMaps.found), "truth/a.png": gray(LabelMaps.truth)]
    let folder = try LabelMaps.folder(
      LabelMaps.configuration("valid: 'fov/{image}.png'"), files)
    #expect(try folder.unmask("run").fault == "fov/a.png: does not exist")
    try folder.write(gray("11/11"), to: "fov/a.png")
    #expect(
      try folder.unmask("run").fault == "fov/a.png: is 2 × 2 pixels, but truth/a.png is 4 × 4")
    try folder.write(gray("0120/0000/0000/0000"), to: "fov/a.png")
    #expect(
      try folder.unmask("run").fault.contains("a mask says yes or no, but holds both 1 and 2"))
  }
}
