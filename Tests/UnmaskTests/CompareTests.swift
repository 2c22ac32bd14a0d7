import Foundation
import Testing

@Suite("unmask compare")
struct CompareTests {
  /// Two runs of `Street`, a and b; in b the pole's last pixel is found.
  static func runs(_ newer: String = Street.configuration) throws -> Folder {
    let folder = try Street.folder()
    _ = try folder.unmask("run", "--out", "a")
    try folder.write(gray("0000/0009/0000/0000", times: 28), to: "pred/c/pole.png")
    try folder.write(newer, to: "pipeline.yml")
    _ = try folder.unmask("run", "--out", "b")
    return folder
  }

  @Test("says how the headline and each class moved, and what the headline does not tell")
  func summary() throws {
    #expect(
      try Self.runs().unmask("compare", "a", "b")
        == Ending(
          code: 0,
          out: """
            A         a
            B         b
            images    3 that both have
            headline  bce by keras: 0.219 → 0.0509, −0.168 [−0.879, 0.543]: undecided
                      34.7 % of the headline's scale 0.483; what a class moves it by is not seen \
            below 0.00483

            class  IoU A  IoU B  difference            p             headline  verdict
            road   1      1      0 [0, 0]              1  undecided  0         UNDETERMINED (OK)
            pole   0.250  0.500  +0.250 [−1.03, 1.53]  1  undecided  −0.168    UNDETERMINED \
            (EXPOSED) → UNDETERMINED (OK)

            A reader of the loss curve (bce by keras) would have missed nothing that these 3 \
            images can show: they are too few to show any change of a score.

            """))
  }

  @Test("a run compared with itself has nothing to say")
  func identical() throws {
    let ending = try Self.runs().unmask("compare", "a", "a/evidence.sqlite")
    #expect(ending.code == 0)
    #expect(ending.line("headline") == "bce by keras: 0.219 → 0.219, 0 [0, 0]: the same")
    #expect(ending.out.contains("would have missed nothing that these 3 images can show."))
  }

  @Test("a distance between boundaries is compared as any headline is")
  func distance() throws {
    let configuration =
      Street.configuration.replacing("[bce, iou]", with: "[hd, iou]")
      .replacing("reduce:\n", with: "reduce:\n  images: \"\(Self.perImage)\"\n")
      + "diagnose: {headline: {measure: hd, reduce: images}}\n"
    let folder = try Street.folder(configuration)
    _ = try folder.unmask("run", "--out", "a")
    // One row too low: the pole of b, which was found, is a pixel off.
    try folder.write(gray("0000/9000/0000/0000", times: 28), to: "pred/b/pole.png")
    _ = try folder.unmask("run", "--out", "b")
    let ending = try folder.unmask("compare", "a", "b")
    #expect(ending.code == 0)
    #expect(ending.line("headline")?.hasPrefix("hd by images: ") == true, "\(ending.out)")
    // Roads 0, poles 0, 0 and missed; then 0, 1 and missed.
    #expect(ending.line("headline")?.contains("0 → 0.167, +0.167") == true, "\(ending.out)")
  }

  private static let perImage = "pool(pixel) > score > mean(class) > mean(image, batch)"

  @Test("neither threads nor a second time change a byte of the documents")
  func determinism() throws {
    let folder = try Self.runs()
    _ = try folder.unmask("compare", "a", "b", "--out", "x", "--jobs", "1")
    let ending = try folder.unmask("compare", "a", "b", "--out", "y", "--jobs", "7")
    #expect(ending.line("report") == "y/compare.md")
    #expect(
      try folder.documents(in: "x") == [
        "compare.csv", "compare.html", "compare.json", "compare.md",
      ])
    #expect(try folder.reports(in: "x") == folder.reports(in: "y"))
  }

  @Test("classes are paired by name, whatever their order")
  func classOrder() throws {
    let folder = try Self.runs()
    _ = try folder.unmask("compare", "a", "b", "--out", "x")
    try folder.write(
      Street.configuration.replacing("[road, pole]", with: "[pole, road]"), to: "pipeline.yml")
    _ = try folder.unmask("run", "--out", "b")
    #expect(try folder.unmask("compare", "a", "b", "--out", "y").code == 0)
    #expect(try folder.reports(in: "x") == folder.reports(in: "y"))
  }

  @Test("images that cannot be paired are named, the others compared, and the command ends with 3")
  func unpaired() throws {
    let folder = try Self.runs()
    for path in ["pred/a", "truth/a", "pred/b/pole.png"] { try folder.remove(path) }
    _ = try folder.unmask("run", "--out", "b")
    let ending = try folder.unmask("compare", "a", "b", "--out", "x")
    #expect(ending.code == 3)
    #expect(
      ending.out.hasPrefix(
        """
        A         a
        B         b
        images    1 that both have
                  only A has 1 image: a
                  B could not use 1 image: b

        """))
    #expect(
      try folder.text("x/compare.md").contains("> **Not all images could be paired:**\n>\n> * only")
    )
    let json = try folder.text("x/compare.json")
    #expect(json.contains("\"complete\" : false") && json.contains("\"reason\" : \"problem_b\""))
  }

  @Test("images that have another truth are named, and what that did to the headline")
  func changedTruth() throws {
    let folder = try Self.runs()
    try folder.write(gray("0000/0001/0001/0000", times: 255), to: "truth/c/pole.png")
    _ = try folder.unmask("run", "--out", "b")
    let ending = try folder.unmask("compare", "a", "b")
    #expect(ending.code == 0)
    #expect(ending.line("truth") == "not the same in 1 image: c")
    #expect(ending.out.contains("from the classes' losses and"))
  }

  @Test("without a common image the command ends with 4")
  func nothing() throws {
    let folder = try Self.runs()
    for path in ["pred", "truth"] {
      for (old, new) in [("a", "d"), ("b", "e"), ("c", "f")] {
        try FileManager.default.moveItem(
          at: folder.url("\(path)/\(old)"), to: folder.url("\(path)/\(new)"))
      }
    }
    _ = try folder.unmask("run", "--out", "b")
    #expect(
      try folder.unmask("compare", "a", "b")
        == Ending(
          code: 4,
          error: """
            the runs have no image in common
              images are paired by name: A could use 3 images, the first of them 'a'; B could use 3 \
            images, the first of them 'd'

            """))
  }

  @Test("runs of other classes are not compared")
  func otherClasses() throws {
    let folder = try Self.runs()
    for directory in ["pred", "truth"] {
      for image in ["a", "b", "c"] {
        try FileManager.default.moveItem(
          at: folder.url("\(directory)/\(image)/pole.png"),
          to: folder.url("\(directory)/\(image)/tree.png"))
      }
    }
    try folder.write(
      Street.configuration.replacing("pole]", with: "tree]"), to: "pipeline.yml")
    _ = try folder.unmask("run", "--out", "b")
    #expect(
      try folder.unmask("compare", "a", "b")
        == Ending(
          code: 2,
          error: """
            b: the classes are not the same: only A has pole; only B has tree
              compare runs of the same classes; their order may differ

            """))
  }

  @Test("A's headline is taken for both, unless --config names another")
  func headlines() throws {
    let other = Street.configuration + "diagnose: {headline: {measure: iou, reduce: global}}\n"
    let folder = try Self.runs(other)
    let ending = try folder.unmask("compare", "a", "b")
    #expect(
      ending.line("note")
        == "the headline of A is taken; that of B is iou by global"
    )
    #expect(ending.line("headline")?.hasPrefix("bce by keras: 0.219 → ") == true)
    let configured = try folder.unmask("compare", "a", "b", "--config", "pipeline.yml")
    #expect(configured.line("headline")?.hasPrefix("iou by global: 0.625 → ") == true)
    #expect(
      configured.line("note") == "the headline of --config is taken; that of A is bce by keras")
  }

  @Test("a headline that a run has not counted is asked for")
  func notCounted() throws {
    let folder = try Self.runs(Street.configuration.replacing("[bce, iou]", with: "[mse, iou]"))
    #expect(
      try folder.unmask("compare", "a", "b")
        == Ending(
          code: 2,
          error: """
            b: B does not answer the headline 'bce': the evidence was counted with the losses mse, \
            and this asks for bce
              run it again with that among its measures and chains, or name another headline with \
            --config

            """))
  }

  @Test("losses that are weighed otherwise are not compared")
  func otherWeights() throws {
    func weighted(_ pole: Int) -> String {
      Street.configuration + """
          weighted: "mean(class) > mean(pixel, image, batch, times: sample-weights)"
        sample_weight: {first_class: [1, \(pole)]}
        diagnose: {headline: {measure: bce, reduce: weighted}}

        """
    }
    let folder = try Street.folder(weighted(5))
    _ = try folder.unmask("run", "--out", "a")
    #expect(try folder.unmask("compare", "a", "a").code == 0)
    try folder.write(weighted(7), to: "pipeline.yml")
    _ = try folder.unmask("run", "--out", "b")
    let ending = try folder.unmask("compare", "a", "b")
    #expect(ending.code == 2)
    #expect(
      ending.fault
        == "b: B does not answer the headline 'bce': the evidence was counted with the sample weights [1, 7] by first class (1 without one), and this asks for [1, 5] by first class (1 without one)"
    )
  }

  @Test(
    "what cannot be compared ends with 2",
    arguments: [
      (["a"], "Error: Missing expected argument '<b>'"),
      (
        ["a", "b", "--floor", "2"],
        "Error: --floor 2.0: give a difference of scores, from 0 to below 1"
      ),
      (["a", "b", "--level", "95"], "Error: --level 95.0: give a number from 0.5 to 0.999"),
      (["a", "b", "--jobs", "0"], "Error: --jobs 0: give a number from 1 to 1024"),
    ])
  func usage(arguments: [String], fault: String) throws {
    let ending = try Folder().shell("unmask compare \(arguments.joined(separator: " "))")
    #expect(ending.code == 2)
    #expect(ending.fault == fault)
  }
}

@Suite("unmask compare without evidence")
struct CompareMissingTests {
  @Test("ends with 3, as every command does that cannot read it")
  func missing() throws {
    for command in [
      "compare a b", "explain hidden --from a", "total seg=a", "report --from a --out b",
    ] {
      let ending = try Folder().shell("unmask \(command)")
      #expect(ending.code == 3, "\(command)")
      #expect(ending.fault == "a/evidence.sqlite: does not exist", "\(command)")
    }
  }
}

@Suite("unmask compare on the sample")
struct CompareSampleTests {
  static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)

  /// Runs of three states of one network, over the same 40 images.
  static func folder(_ runs: String...) throws -> Folder {
    let folder = try Folder()
    let configuration = try String(contentsOfFile: checkout + "pipeline.yml", encoding: .utf8)
      .replacing("samples/", with: checkout + "samples/")
    for run in runs {
      try folder.write(configuration.replacing("/run-a/", with: "/\(run)/"), to: "\(run).yml")
      let ending = try folder.unmask("run", "\(run).yml", "--out", run)
      try #require(ending.code == 0)
    }
    return folder
  }

  @Test(
    "the loss rose, no class got worse, and the rise is that of a pole that is found more often")
  func street() throws {
    let folder = try Self.folder("run-a", "run-b")
    let ending = try folder.unmask("compare", "run-a", "run-b", "--out", "x")
    #expect(
      ending
        == Ending(
          code: 0,
          out: """
            A         run-a
            B         run-b
            images    40 that both have
            headline  bce by keras: 0.0102 → 0.0120, +0.00180 [0.00143, 0.00217]: worse
                      0.423 % of the headline's scale 0.425; what a class moves it by is not seen \
            below 0.00425

            class       IoU A  IoU B  difference                      p                   headline  \
              verdict
            pole        0.220  0.238  +0.0182 [−0.0317, 0.0682]       0.454    undecided  +0.00237  \
              HIDDEN
            vegetation  0.989  0.990  +0.000640 [−0.000230, 0.00151]  0.242    same       −0.0000434\
              OK
            sky         0.998  0.998  +0.000648 [0.000180, 0.00112]   0.0270   same       −0.000178 \
              OK
            road        0.997  0.998  +0.000693 [0.000155, 0.00123]   0.00800  same       −0.000260 \
              OK
            building    0.990  0.992  +0.00191 [0.00127, 0.00255]     0.00500  same       −0.0000903\
              OK

            A reader of the loss curve (bce by keras) would have missed
            * The loss moved by +0.00180 [0.00143, 0.00217] and reads as a step back, but no class \
            is shown to have got worse.
            * pole: the headline counts it as worse (+0.00237; all else moved it by −0.000572), but \
            its own score moved the other way: IoU 0.220 → 0.238 (+0.0182 [−0.0317, 0.0682]), \
            undecided. Its loss fell from 2.47 to 1.82 on its own pixels, of which 26.6 % were found \
            and now 36.2 % are, and rose from 0.0178 to 0.0313 on the others, 99.8 % of all.

            report    x/compare.md

            """))
    // NumPy, from the files: with p in single and logarithms in double precision.
    let rows = try folder.text("x/compare.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[5]))
    for (column, value) in [
      ("score_a", 0.21965020576131689), ("score_b", 0.23789991796554555),
      ("recall_a", 0.2662094763092269), ("recall_b", 0.36159600997506236),
      ("loss_mean_diff", 0.011860711755095933), ("headline_part", 0.0023721423510191866),
    ] {
      let found = numbers[Substring(column)].flatMap { Double($0) } ?? .nan
      #expect(abs(found - value) <= 1e-9, "\(column)")
    }
  }

  @Test("a pole that was never found and then is, while its part of the loss rises")
  func hiddenGain() throws {
    let folder = try Self.folder("run-early", "run-b")
    let ending = try folder.unmask("compare", "run-early", "run-b")
    #expect(
      ending.out.hasSuffix(
        """
        would have missed
        * pole got better, IoU 0 → 0.238 (+0.238 [0.137, 0.339]), and the headline hides it: by \
        itself this moves the headline by +0.000298, the wrong way. Its loss fell from 13.6 to 1.82 \
        on its own pixels, of which 0 % were found and now 36.2 % are, and rose from 0.000886 to \
        0.0313 on the others, 99.8 % of all.

        """))
  }
}
