import Testing

/// What a new user types first, and what a nightly job gives beside the file.
@Suite("First steps")
struct FirstStepsTests {
  // MARK: Commands

  @Test("help begins with examples and shows a pipeline.yml, and a mistyped command is suggested")
  func help() throws {
    let folder = try Folder()
    let help = try folder.unmask("--help").out
    #expect(help.contains("unmask init data runs/last"))
    #expect(help.contains("measure: [iou]\n"))
    let ending = try folder.unmask("rnu")
    #expect(ending.code == 2)
    #expect(ending.error.hasPrefix("Error: there is no command 'rnu'\n  did you mean 'run'? "))
    #expect(try folder.unmask("-V") == folder.unmask("--version"))
    #expect(try folder.unmask("run").error.contains("`unmask init DIR` writes one"))
  }

  @Test("presets can be looked for by a word")
  func presets() throws {
    let folder = try Folder()
    let lines = try folder.unmask("presets", "torchmetrics").out.split(separator: "\n")
    #expect(lines.count > 1)
    #expect(lines.allSatisfy { $0.contains("torchmetrics") })
    #expect(try folder.unmask("presets", "zzz").code == 2)
  }

  // MARK: Other values

  @Test("--set gives any key another value, and the report needs no option again")
  func set() throws {
    let folder = try Street.folder()
    try folder.write(
      Street.configuration.replacing(
        "activation: sigmoid", with: "activation: sigmoid\n  threshold: 0.7"),
      to: "other.yml")
    #expect(try folder.unmask("run", "other.yml", "--out", "right").code == 0)
    #expect(try folder.unmask("run", "--set", "decode.threshold=0.7").code == 0)
    #expect(try folder.text("out/classes.csv") == folder.text("right/classes.csv"))
    #expect(try folder.unmask("report", "--from", "out", "--out", "again").code == 0)
    #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
  }

  @Test(
    "a wrong --set is told as one",
    arguments: [
      ("foo", "--set 'foo' is no key with its value"),
      ("decode.kidn=labels", "--set decode.kidn: unknown key 'decode.kidn'"),
      ("decode.threshold=2", "--set decode.threshold: decode.threshold: 2 is no probability"),
    ])
  func wrongSet(argument: String, fault: String) throws {
    let ending = try Street.folder().unmask("run", "--set", argument)
    #expect(ending.code == 2)
    #expect(ending.fault == fault)
  }

  @Test("predictions and truth can lie elsewhere: in a directory, or by a path")
  func elsewhere() throws {
    let folder = try Street.folder()
    #expect(try folder.unmask("run", "--out", "right").code == 0)
    #expect(try folder.shell("mkdir d; mv pred d/2026; mv truth d/truth").code == 0)
    #expect(
      try folder.unmask("run", "--predictions", "d/2026", "--truth", "d/truth/{image}/{class}.png")
        .code == 0)
    #expect(try folder.text("out/classes.csv") == folder.text("right/classes.csv"))
    #expect(
      try folder.shell("cd d && unmask run ../pipeline.yml --predictions 2026 --truth truth").code
        == 0)
    #expect(try folder.text("out/classes.csv") == folder.text("right/classes.csv"))
  }

  @Test("a path may name a variable of the environment, which must be set")
  func environment() throws {
    let folder = try Street.folder(
      Street.configuration.replacing("pred/{image}", with: "${NIGHT}/{image}"))
    let unset = try folder.shell("unset NIGHT; unmask run")
    #expect(unset.code == 2)
    #expect(
      unset.error == """
        pipeline.yml:3: decode.predictions: the variable 'NIGHT' of the environment is not set
          set it: NIGHT=… unmask run, or write the path out

        """)
    #expect(try folder.shell("NIGHT=pred unmask run").code == 0)
    #expect(try folder.shell("unset NIGHT; unmask report --from out --out again").code == 0)
    #expect(try folder.reports(in: "again") == folder.reports(in: "out"))
    let origin = try folder.shell("NIGHT=pred unmask config --show-origin").out
    #expect(
      origin.contains(
        "  predictions: \"pred/{image}/{class}.png\"  # pipeline.yml:3, with ${NIGHT} of the environment\n"
      ))
  }

  @Test("- reads the configuration from standard input")
  func standardInput() throws {
    let folder = try Street.folder()
    #expect(try folder.unmask("run", "--out", "right").code == 0)
    #expect(try folder.shell("unmask run - < pipeline.yml").code == 0)
    let named = try folder.reports(in: "out").mapValues {
      $0.replacing("standard input", with: "pipeline.yml")
    }
    #expect(try named == folder.reports(in: "right"))
  }

  // MARK: The configuration as it holds

  @Test("config prints every key with where it comes from, as a configuration again")
  func config() throws {
    let folder = try Street.folder()
    let ending = try folder.unmask("config", "--show-origin", "--set", "batch.size=3")
    #expect(ending.code == 0)
    #expect(ending.out.contains("  kind: probabilities  # pipeline.yml:5\n"))
    #expect(ending.out.contains("  threshold: 0.5  # default\n"))
    #expect(ending.out.contains("  size: 3  # --set\n"))
    #expect(ending.out.contains("  # ignore is not given: none\n"))
    #expect(try folder.unmask("run", "--out", "right").code == 0)
    let whole = try folder.unmask("config").out
    try folder.write(whole, to: "whole.yml")
    #expect(try folder.unmask("run", "whole.yml").code == 0)
    #expect(try folder.text("out/classes.csv") == folder.text("right/classes.csv"))
    #expect(try folder.unmask("config", "whole.yml").out == whole)
  }

  // MARK: Before a run

  @Test("validate says what is there, or all that is wrong with it")
  func validate() throws {
    let folder = try Street.folder()
    #expect(
      try folder.unmask("validate")
        == Ending(
          code: 0, out: "3 images with predictions and truth, 2 classes: nothing is wrong\n"))
    try folder.write(gray("01/10"), to: "pred/b/pole.png")
    try folder.remove("pred/c/road.png")
    let ending = try folder.unmask("validate")
    #expect(ending.code == 3)
    #expect(
      ending.out.hasSuffix(
        "2 images with predictions and truth, 2 classes: 2 problems, and 1 warning: see above\n"))
    #expect(
      ending.error.contains("pred/b/pole.png: is 2 × 2 pixels, but truth/b/road.png is 4 × 4"))
    #expect(ending.error.contains("1 of 2 class files are missing"))
    #expect(try folder.unmask("validate", "--set", "decode.kidn=1").code == 2)
    try folder.remove("pred")
    #expect(try folder.unmask("validate").code == 4)
  }

  @Test("validate says what is wrong with the set-up, as a run would")
  func validateSetUp() throws {
    let folder = try Folder()
    for image in 10..<30 {
      for (name, planes, masks) in [
        ("a", "0111/1011", "1000/0100"), ("b", "0011/0011", "1100/1100"),
      ] {
        try folder.write(gray(planes), to: "planes/\(image)/\(name).png")
        try folder.write(gray(masks), to: "masks/\(image)/\(name).png")
      }
    }
    try folder.write(
      """
      version: 1
      decode:
        predictions: "planes/{image}/{class}.png"
        truth: "masks/{image}/{class}.png"
        kind: labels
        activation: sigmoid
        classes: [a, b]
      measure: [iou]
      reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
      """, to: "inverted.yml")
    let wrong = try folder.unmask("validate", "inverted.yml")
    #expect(wrong.code == 4)
    #expect(wrong.out.hasPrefix("SET-UP        the predictions of a and b are inverted\n"))
    #expect(
      wrong.out.hasSuffix(
        "20 images with predictions and truth, 2 classes: the set-up is wrong: see above\n"))
  }

  @Test(
    "the configuration with every default is a configuration again, of all kinds",
    arguments: [
      "kind: labels", "kind: probabilities, activation: softmax",
      "kind: logits, activation: sigmoid",
      "kind: probabilities, activation: sigmoid, soft_truth: true",
    ])
  func wholeAgain(kind: String) throws {
    let folder = try Folder()
    try folder.write(
      """
      version: 1
      decode: {predictions: "p/{image}.npy", truth: "t/{image}.png", \(kind), classes: [a, b]}
      measure: [iou]
      reduce: {m: "pool(batch, image, pixel) > score > mean(class)"}
      check: [{measure: iou, min: 0.5}, {measure: iou, reduce: m, min: 0.5}, {for: headline, min: 0.1}, {verdict: {not: [HIDDEN]}}]

      """, to: "pipeline.yml")
    let whole = try folder.unmask("config")
    #expect(whole.code == 0, "\(whole.error)")
    try folder.write(whole.out, to: "whole.yml")
    #expect(try folder.unmask("config", "whole.yml").out == whole.out)
  }
}
