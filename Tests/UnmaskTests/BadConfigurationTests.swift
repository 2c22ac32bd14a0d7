import Testing

@Suite("A wrong configuration")
struct BadConfigurationTests {
  /// What is written instead of a part of the configuration, and what is said of it.
  struct Slip: CustomTestStringConvertible {
    var right: String
    var wrong: String
    var error: String

    init(_ right: String, _ wrong: String, _ error: String) {
      (self.right, self.wrong, self.error) = (right, wrong, error)
    }

    var testDescription: String { wrong }
  }

  @Test(
    "an unknown key or name is told with its line and the one that was meant",
    arguments: [
      Slip(
        "kind:", "knid:",
        """
        pipeline.yml:5: unknown key 'decode.knid'
          did you mean 'kind'? the keys here are predictions, truth, kind, activation, classes, \
        encoding, segments, reduce_zero_label, parts, absent, ignore, images, valid, unclassed, axes, \
        dtype, orientation, voxels, resize, palette, names, colors, color_tolerance, threshold, threshold_truth, soft_truth, \
        group, quantised
        """),
      Slip(
        "batch:", "bacth:",
        """
        pipeline.yml:8: unknown key 'bacth'
          did you mean 'batch'? the keys here are version, decode, ready, batch, tile, measure, reduce, \
        presets, weights, not_averaged, positive_weights, sample_weight, diagnose, accept, check, accepted, baseline, \
        reference, report
        """),
      Slip(
        "kind: probabilities", "kind: logit",
        """
        pipeline.yml:5: decode.kind: 'logit' is no choice
          did you mean 'logits'? the choices are labels, probabilities, logits
        """),
      Slip(
        "[bce, iou]", "[bce, iuo]",
        """
        pipeline.yml:9: measure[1]: unknown measure 'iuo'
          did you mean 'iou'? the measures are bce, tf-keras-bce, torch-bce, keras-2-bce, \
        log-loss, focal, mse, mae, brier, one, ce, sparse-ce, categorical-log-loss, \
        categorical-focal, soft-dice, \
        soft-jaccard, tversky, iou, dice, precision, recall, accuracy, binary-accuracy, \
        balanced-accuracy, specificity, binary-iou, mcc, kappa, generalized-dice, soft-generalized-dice, \
        hd, hd95, asd, assd, masd, nsd
        """),
      Slip(
        "[bce, iou]", "[{focal: {gama: 2}}, iou]",
        """
        pipeline.yml:9: measure[0]: 'focal' has no parameter 'gama'
          it has gamma, alpha, epsilon, clip_logits
        """),
      Slip(
        "batch: {size: 2}", "diagnose: {headline: {measure: dice}}",
        """
        pipeline.yml:8: diagnose.headline.measure: 'dice' is not measured
          the measures are bce, iou
        """),
      Slip(
        "batch: {size: 2}", "report: {formats: [pdf]}",
        """
        pipeline.yml:8: report.formats[0]: 'pdf' is no choice
          the choices are markdown, html, csv, xlsx, junit, code-quality, gitlab-metrics, openmetrics, sarif, json
        """),
      Slip(
        "  kind", "  group: city\n  kind",
        """
        pipeline.yml:5: decode.group: no path captures '{city}'
          put {city} into predictions or truth
        """),
    ])
  func unknown(slip: Slip) throws { try expect(slip) }

  @Test(
    "a value of a wrong type, or out of its bounds, is told with what was expected",
    arguments: [
      Slip(
        "size: 2", "size: two",
        """
        pipeline.yml:8: batch.size: expected a whole number, found 'two'
          write a whole number
        """),
      Slip(
        "size: 2", "size: 0",
        """
        pipeline.yml:8: batch.size: 0 is not above 0
          write a whole number from 1
        """),
      Slip(
        "[road, pole]", "road",
        """
        pipeline.yml:7: decode.classes: no list of classes is called 'road'
          write the classes as a list, such as [road, car], their number, or one of cityscapes, \
        cityscapes-train-ids, voc, ade20k, ade20k-train-ids, coco-stuff, coco-stuff-ids, coco-stuff-maps, camvid
        """),
      Slip(
        "version: 1", "version: 2",
        """
        pipeline.yml:1: version: this program reads version 1
          write 'version: 1'
        """),
      Slip(
        "  kind", "  threshold: 2\n  kind",
        """
        pipeline.yml:5: decode.threshold: 2 is no probability
          write a number from 0 to 1
        """),
      Slip(
        "batch: {size: 2}", "diagnose: {poor: iou > 0.5}",
        """
        pipeline.yml:8: diagnose.poor: 'iou > 0.5' is no bound on a score
          write 'iou < 0.5'; the scores are iou, dice, precision, recall, accuracy
        """),
      Slip(
        "batch: {size: 2}", "weights: [1]",
        """
        pipeline.yml:8: weights: 1 weights for 2 classes
          write one a class
        """),
    ])
  func wrongValue(slip: Slip) throws { try expect(slip) }

  @Test(
    "classes that cannot be told apart are refused",
    arguments: [
      Slip(
        "[road, pole]", "[road, road]",
        """
        pipeline.yml:7: decode.classes[1]: the class 'road' is listed twice
          keep one; a class of several labels lists them: value: [26, 27]
        """),
      Slip(
        "[road, pole]", "[{name: road, value: 1}, pole]",
        """
        pipeline.yml:7: decode.classes[1]: 'pole' and 'road' both have the value 1
          give every class its own; without 'value' it is the place in the list, from 0
        """),
      Slip(
        "  kind", "  ignore: 1\n  kind",
        """
        pipeline.yml:5: decode.ignore: 1 is the class 'pole'
          give the class another value, or do not ignore it
        """),
    ])
  func classes(slip: Slip) throws { try expect(slip) }

  @Test("two classes of one colour cannot be told apart either")
  func sameColor() throws {
    let classes = "[{name: road, color: [1, 2, 3]}, {name: pole, color: [1, 2, 3]}]"
    let folder = try Street.folder(
      Street.configuration.replacing("[road, pole]", with: classes))
    let code = try folder.unmask("run").code
    #expect(code == 2)
  }

  @Test(
    "a chain without a meaning is told with the one that was meant",
    arguments: [
      Slip(
        "mean(pixel)", "mean(pixels)",
        """
        pipeline.yml:11: reduce.keras: chain 'mean(class) > mean(pixels) > mean(image) > \
        mean(batch, by: images)', column 20: unknown axis 'pixels'
          the axes are batch, image, tile, pixel, class
        """),
      Slip(
        "mean(pixel)", "mean(pixel, class)",
        """
        pipeline.yml:11: reduce.keras: chain 'mean(class) > mean(pixel, class) > mean(image) > \
        mean(batch, by: images)': the axis 'class' stands twice
          an axis can disappear only once
        """),
      Slip(
        "mean(pixel) > ", "",
        """
        pipeline.yml:11: reduce.keras: chain 'mean(class) > mean(image) > mean(batch, by: images)'\
        : the axis 'pixel' is left out, and no result can keep its pixels
          add it, for example mean(pixel)
        """),
      Slip(
        "batch: {size: 2}", "diagnose: {headline: {measure: iou, reduce: keras}}",
        """
        pipeline.yml:8: diagnose.headline: the chain 'keras' is for losses, and 'iou' is none
          the chains that fit are global
        """),
    ])
  func chains(slip: Slip) throws { try expect(slip) }

  @Test("a headline whose chain forgets an axis is refused, for it is no number")
  func forgottenAxis() throws {
    let folder = try Street.folder(
      Street.configuration.replacing("mean(class) > mean(pixel)", with: "mean(pixel)"))
    let ending = try folder.unmask("run")
    #expect(ending.code == 2)
    #expect(
      ending.fault.hasSuffix(
        "no chain gives the headline 'bce' as one number: 'keras' leaves class"))
  }

  @Test(
    "what the files alone cannot tell must be said",
    arguments: [
      Slip(
        "  activation: sigmoid\n", "",
        """
        pipeline.yml:2: decode: probabilities need an activation, which cannot be seen from the \
        files
          say activation: sigmoid (classes are independent) or softmax (they exclude each other)
        """),
      Slip(
        "kind: probabilities", "kind: labels",
        """
        pipeline.yml:9: measure[0]: 'bce' needs probabilities, and labels have none
          measure scores (iou, dice, precision, recall, accuracy), or save what the model gives \
        before arg max
        """),
      Slip(
        "measure: [bce, iou]\n", "",
        """
        pipeline.yml:1: the key 'measure' is missing
          add 'measure: …' here
        """),
      Slip(
        "pred/{image}", "pred/{name}",
        """
        pipeline.yml:3: decode.predictions: the path does not say where the image's name stands
          put {image} into it, or name one file that holds all images: an array, or masks as runs (.json, .csv)
        """),
      Slip(
        "pred/{image}/{class}.png", "all.npy",
        """
        pipeline.yml:3: decode.predictions: one side is an array and the other is files, and \
        nothing tells which image is which
          add names: a text file with one image name a line, in the order of the array
        """),
    ])
  func unsaid(slip: Slip) throws { try expect(slip) }

  @Test(
    "what is no YAML is told with its line",
    arguments: [
      Slip(
        "  kind", "\tkind",
        """
        pipeline.yml:5: a tab in the indentation
          indent with spaces
        """),
      Slip(
        #""mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)""#,
        "mean(pixel) > mean(batch, by: images)",
        """
        pipeline.yml:11: YAML takes ': ' for the end of a key
          put a value that has ': ' in it into quotes: "mean(pixel) > mean(batch, by: images)"
        """),
      Slip(
        "batch: {size: 2}", "batch: {size: 2}\nbatch: {size: 3}",
        """
        pipeline.yml:8: given more than once: 'batch'
          keep one and take out the others
        """),
    ])
  func notYAML(slip: Slip) throws { try expect(slip) }

  @Test("all mistakes are told at once, in the order of the file")
  func several() throws {
    let folder = try Street.folder(
      Street.configuration.replacing("[bce, iou]", with: "[bce, iuo]")
        .replacing("size: 2", with: "size: two").replacing("kind:", with: "knid:"))
    let ending = try folder.unmask("run")
    #expect(ending.code == 2 && ending.out.isEmpty)
    #expect(
      ending.error.split(separator: "\n").map { $0.prefix(50) } == [
        "pipeline.yml:5: unknown key 'decode.knid'",
        "  did you mean 'kind'? the keys here are predictio",
        "pipeline.yml:8: batch.size: expected a whole numbe", "  write a whole number",
        "pipeline.yml:9: measure[1]: unknown measure 'iuo'",
        "  did you mean 'iou'? the measures are bce, tf-ker",
      ])
  }

  @Test("a configuration that is missing, empty, a directory or no text ends with 2")
  func unreadable() throws {
    let folder = try Street.folder("")
    try folder.write([0xff, 0xfe, 0x00], to: "utf16.yml")
    for (arguments, fault) in [
      (["run"], "pipeline.yml: the file is empty"),
      (["run", "nightly.yml"], "nightly.yml: does not exist"),
      (["run", "pred"], "pred: is a directory"),
      (["run", "utf16.yml"], "utf16.yml: is not UTF-8 text"),
    ] {
      let ending = try folder.shell("unmask \(arguments.joined(separator: " "))")
      #expect(ending.code == 2)
      #expect(ending.fault == fault)
    }
    #expect(try !folder.names(in: "").contains("out"))
  }

  private func expect(_ slip: Slip) throws {
    #expect(Street.configuration.contains(slip.right))
    let folder = try Street.folder(Street.configuration.replacing(slip.right, with: slip.wrong))
    #expect(try folder.unmask("run") == Ending(code: 2, error: slip.error + "\n"))
    #expect(try !folder.names(in: "").contains("out"))
  }
}
