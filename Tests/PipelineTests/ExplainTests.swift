import Core
import Counting
import Explaining
import Foundation
import Pages
import Pipeline
import Tables
import Testing

@Suite("Explanations")
struct ExplainTests {
  @Test("a preset is explained by its steps, constants and source")
  func preset() throws {
    let text = try explain("keras.binary_crossentropy", evidence: nil).terminal
    for part in [
      "1. The mean over classes, at each pixel.",
      "2. The mean over images and pixels, for each batch.",
      "3. The mean over batches, each counting as often as it has images.",
      "epsilon = 1e-07", "axis=-1 is the classes", "losses.py",
    ] { #expect(text.contains(part)) }
  }

  @Test("every loss is asked the five questions, and no score is")
  func everyPreset() throws {
    for preset in Preset.all {
      let text = try explain(preset.id, evidence: nil).terminal
      let isLoss = try preset.parts.allSatisfy { part in
        try part.measure(areClassesExclusive: false).worst == .largest
      }
      #expect(text.contains("\nThe five questions\n") == isLoss, "\(preset.id)")
      guard let questions = text.firstRange(of: "\nThe five questions\n")?.upperBound else {
        continue
      }
      for number in 1...5 {
        let answer = try #require(
          text[questions...].firstRange(of: "\n\(number). "), "\(preset.id)")
        #expect(text[answer.upperBound...].contains("?\n  "), "\(preset.id)")
      }
    }
  }

  @Test("the answers follow from the chain: classes first, pixels first, or both at once")
  func order() throws {
    func answer(_ id: String) throws -> Substring {
      try explain(id, evidence: nil).terminal.split(separator: "\n")
        .drop { !$0.hasPrefix("1. Which is combined first") }.dropFirst().first ?? ""
    }
    #expect(
      try answer("keras.binary_crossentropy")
        == "  The classes: at each pixel the mean over them is taken. Then go pixels and images, then batches."
    )
    #expect(
      try answer("keras.categorical_crossentropy")
        == "  The classes: at each pixel the sum over them is taken. Then go pixels and images, then batches."
    )
    #expect(
      try answer("torch.BCELoss")
        == "  Neither: classes, pixels and images go in one step, in which every value counts alike. Then go batches."
    )
    #expect(
      try answer("keras.dice")
        == "  Neither: over classes, pixels and images together p and t are added up, and one ratio is taken of the sums. Then go batches."
    )
    #expect(
      try answer("monai.DiceLoss")
        == "  The pixels: over pixels p and t are added up for each class, and a ratio is taken of the sums. Then go classes, images and batches."
    )
  }

  @Test("with a run the answers have its numbers")
  func numbers() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    let text = try explain("keras.binary_crossentropy", evidence: "\(scratch.path)/out").terminal
    for part in [
      "`mean(pixel, image) > mean(class) > mean(batch, by: images)`, it is 0.0102 as well.",
      "A mean at every step, nothing is summed: `mean(class)` ÷ 5 classes, `mean(pixel, image)` ÷ 131072 to 262144 pixels, `mean(batch, by: images)` ÷ sum of images = 40.",
      "axis=-1 is step 1, `mean(class)`: the classes alone.",
      "No: the outputs'.",
      "  class        pixels     loss  on own pixels  on others  part of 0.0102   share  if perfect  if unknown\n",
      "  pole        0.245 %   0.0238           2.47     0.0178         0.00477  46.7 %     0.00543     0.00886\n",
      "HIDDEN: pole: IoU 0.220, worse than a constant guess",
      "so the order of reduction is not the cause.",
    ] { #expect(text.contains(part), "\(part)") }
    let old = try explain("keras-3.0.binary_crossentropy", evidence: "\(scratch.path)/out").terminal
    #expect(old.contains("A shuffled run gives between 0.00959 and 0.0106, over 20 random"))
  }

  @Test("sums of losses, and a preset of each framework, are explained by a run and class by class")
  func everyKind() throws {
    let scratch = try Scratch()
    let run = try scratch.run(withPresets("all"))
    var frameworks: Set<String> = []
    for printed in run.report.presets {
      let preset = printed.preset
      guard frameworks.insert(preset.framework).inserted || preset.single == nil else { continue }
      let whole = try explain(preset.id, evidence: "\(scratch.path)/out").terminal
      let pole = try explain(class: "pole", of: preset.id, evidence: "\(scratch.path)/out").terminal
      #expect(whole.contains("\nWith this run's numbers\n"), "\(preset.id)")
      #expect(pole.contains(" in \(preset.id) = \(Figure.text(printed.value))\n"), "\(preset.id)")
    }
    #expect(frameworks.count >= 8)
  }

  @Test("the question's own loss: weights from a dictionary's keys, and a value below 0")
  func question() throws {
    let scratch = try Scratch()
    let weighted =
      try withPresets("[question.loss]")
      + "\nsample_weight: {first_class: [0, 1, 2, 3, 4]}\n"
    _ = try scratch.run(weighted)
    let text = try explain("question.loss", evidence: "\(scratch.path)/out").terminal
    for part in [
      "axis=-1 is step 1, `mean(class)`", "The 3 terms of the loss are added",
      "The weights in force are 0, 1, 2, 3, 4: these are the positions of the classes",
      "185,346 pixels of sky (28.3 % of all) weigh 0:", "a pixel weighs 1.25 on average",
      "The loss can be negative: the terms that it takes away come to −2.49 here.",
    ] { #expect(text.contains(part), "\(part)") }
    let pole = try explain(class: "pole", of: "question.loss", evidence: "\(scratch.path)/out")
      .terminal
    #expect(pole.contains("sample weight 4: 1,604 of its 1,604 pixels got it, 0 another class's"))
    #expect(pole.contains("with pole never predicted"))
  }

  @Test("what the run did not count, or does not fit, is refused with the way out")
  func misfits() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    func problem(_ id: String) -> Problem? {
      #expect(throws: Failure.self) { try explain(id, evidence: "\(scratch.path)/out").terminal }?
        .problem
    }
    let mse = problem("keras.mean_squared_error")
    #expect(
      mse?.what
        == "the evidence was counted with the losses bce, focal, tf-keras-bce, torch-bce, and this asks for mse"
    )
    #expect(
      mse?.remedy
        == "name the preset in the configuration (presets: [keras.mean_squared_error]) and run again"
    )
    #expect(
      problem("torch.CrossEntropyLoss")?.what
        == "'torch.CrossEntropyLoss' does not fit this run's predictions: it takes logits of exclusive classes"
    )
    #expect(problem("keras.dise")?.remedy == "did you mean 'keras.dice'?")
  }

  @Test("a class has its pixels, its part after each step, what could be, and what shows it")
  func ofClass() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    let text = try explain(class: "pole", of: nil, evidence: "\(scratch.path)/out").terminal
    #expect(text.hasPrefix("pole: where its loss went in bce by keras = 0.0102\n"))
    for part in [
      "1,604 of 655,360 counted pixels (0.245 %), in 22 of 40 images; some of it found in 10\n",
      "  mean(batch, by: images)  sum of images = 40            0.0102            0.00477\n",
      "pole has 0.00477 of the 0.0102: 46.7 %.\n",
      "with pole perfect                      0.00543\n",
      "with pole unknown (its best constant)  0.00886\n",
      "with pole never predicted               0.0133\n",
      "  street_0019    0  0.0500          122      0\n",
      "HIDDEN: pole: IoU 0.220",
      "  bce by balanced    0.256            0.00710\n",
    ] { #expect(text.contains(part), "\(part)") }
    let dice = try explain(class: "pole", of: "keras.dice", evidence: "\(scratch.path)/out")
      .terminal
    #expect(dice.contains("The classes are pooled before there is a value"))
    let slip = #expect(throws: Failure.self) {
      try explain(class: "poll", of: nil, evidence: "\(scratch.path)/out").terminal
    }
    #expect(
      slip?.problem
        == Problem(
          "the run has no class 'poll'",
          remedy: "did you mean 'pole'? its classes are sky, building, road, vegetation, pole"))
  }

  private func withPresets(_ list: String) throws -> String {
    let text = try samplePipeline()
    let start = try #require(text.firstRange(of: "presets:\n")).lowerBound
    let end = try #require(text.firstRange(of: "diagnose:")).lowerBound
    return text[..<start] + "presets: \(list)\n" + text[end...]
  }
}

@Suite("A printed number")
struct PrintedNumberTests {
  @Test("is found again, with the batches and decimals that tell the ways apart")
  func found() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline())
    func found(_ number: String) throws -> String {
      try explain(printed: number, evidence: "\(scratch.path)/out").terminal
    }
    let short = try found("0.0102")
    #expect(
      short.contains(
        """
        \n    keras.binary_crossentropy
              Other versions: 0.0104 in Keras 3.0 and 3.1.
            bce by keras
            bce by per-class

        """))
    for part in [
      "      That is in the order of the files; a shuffled run in batches of 16 gives between 0.00959 and 0.0106.\n",
      """
          In batches of 16 they part
            0.0102: keras.binary_crossentropy, bce by keras, bce by per-class
            0.0104: keras-3.0.binary_crossentropy

      """, "    tf.keras.binary_crossentropy\n", "tells these numbers apart: 0.01020, 0.01015",
    ] { #expect(short.contains(part), "\(part)") }
    #expect(
      try found("0.010408").contains(
        """
        \n  0.010407920378101098
            keras-3.0.binary_crossentropy, batches of 16

        """))
    let none = try found("77.7")
    #expect(none.contains("\nThe nearest are\n"))
    #expect(
      try found("0.00980").contains(
        """
        A run that shuffles might print it too
          keras-3.0.binary_crossentropy, batches of 16: between 0.00959 and 0.0106

        """))
  }

  @Test(
    "the last digit of a printed number says how far it is open",
    arguments: [
      ("0.0102", 0.00005), ("12", 0.5), ("1.02e-2", 0.00005), ("3e2", 50), ("-0.5", 0.05),
    ])
  func digits(text: String, halfUnit: Double) throws {
    #expect(isClose(try PrintedNumber(parsing: text).halfUnit, halfUnit, within: 1e-12))
  }

  @Test("what is no number is refused", arguments: ["", "abc", "0x10", "inf", "1e999", "1e2e3"])
  func noNumber(text: String) {
    #expect(throws: Problem.self) { try PrintedNumber(parsing: text) }
  }
}
