import Foundation
import Testing

@Suite("An explanation")
struct ExplainCommandTests {
  /// pole lies within road everywhere, as thin things do in masks that overlap.
  private static func overlapping(_ weights: String) throws -> Folder {
    let folder = try Street.folder(
      Street.configuration.replacing(
        "mean(class) > mean(pixel) > mean(image) >",
        with: "mean(class) > mean(pixel, image, times: sample-weights) >")
        + "sample_weight: {first_class: \(weights)}\n")
    for image in ["a", "b", "c"] {
      try folder.write(gray("1111/1111/1111/1111", times: 255), to: "truth/\(image)/road.png")
    }
    _ = try folder.unmask("run")
    return folder
  }

  @Test("of the sample answers the five questions in the run's numbers")
  func sample() throws {
    let folder = try Folder()
    let checkout = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let pipeline = checkout.appending(path: "pipeline.yml").path(percentEncoded: false)
    #expect(try folder.unmask("run", pipeline, "--out", "out").code == 0)
    let ending = try folder.unmask("explain", "keras.binary_crossentropy", "--from", "out")
    #expect(ending.code == 0 && ending.error.isEmpty)
    for question in [
      "1. Which is combined first: the classes of a pixel, or the pixels of a class?",
      "2. Where is it a sum, and where a mean?", "3. Is axis=-1 the pixels or the classes?",
      "4. \"The total loss is the sum of all individual losses\": the classes' losses?",
      "5. Where did the loss of a class go?",
    ] { #expect(ending.line(question) == "") }
    #expect(
      ending.line("  pole ")?.split(separator: " ").joined(separator: " ")
        == "0.245 % 0.0238 2.47 0.0178 0.00477 46.7 % 0.00543 0.00886")
    let pole = try folder.unmask("explain", "--class", "pole", "--from", "out")
    #expect(pole.line("  pole has") == "0.00477 of the 0.0102: 46.7 %.")
    #expect(try folder.unmask("explain", "--printed", "0.0102", "--from", "out").code == 0)
    #expect(try folder.unmask("explain", "--printed", "-0.5", "--from", "out").code == 0)
  }

  @Test("is text for a terminal, Markdown, or a page for a browser")
  func formats() throws {
    let folder = try Folder()
    for (format, opening) in [
      ("terminal", "MUTED\n  What it means: "), ("markdown", "## MUTED\n\nWhat it means: "),
      ("html", "<!doctype html>\n"),
    ] {
      let ending = try folder.unmask("explain", "muted", "--format", format)
      #expect(ending.code == 0 && ending.out.hasPrefix(opening), "\(format)")
    }
    #expect(try folder.unmask("explain", "muted", "--format", "pdf").code == 2)
  }

  @Test("says that a weight of 1000 is never used where another class comes first")
  func neverUsed() throws {
    let folder = try Self.overlapping("[1, 1000]")
    let ending = try folder.unmask("explain", "--class", "pole", "--from", "out")
    #expect(ending.line("  sample weight 1000:") == "0 of its 4 pixels got it, 4 another class's")
    #expect(
      ending.line("  The weight 1000 of pole")
        == "is never used: on 100 % of its pixels another class comes first in the list.")
    #expect(
      ending.line("  Every pixel weighs") == "1, so the weighted loss is the plain one.")
  }

  @Test("says that weights in the order of the classes' places come from a dictionary's keys")
  func dictionary() throws {
    let ending = try Self.overlapping("[0, 1]")
      .unmask("explain", "--class", "road", "--from", "out")
    #expect(
      ending.line("  The weights in force are 0, 1:")
        == "these are the positions of the classes, so a dictionary was probably iterated by its keys."
    )
    #expect(
      ending.line("  48 pixels of road")
        == "(100 % of all) weigh 0: whatever is predicted there counts nothing, for any class.")
  }

  @Test(
    "that cannot be given ends with 2 and the way out",
    arguments: [
      ("explain", "Error: name a preset or a --class, or give a number with --printed"),
      ("explain --class pole", "Error: --class needs a finished run: --from out"),
      ("explain --printed 1", "Error: --printed needs a finished run: --from out"),
      (
        "explain keras.dice --printed 1 --from out",
        "Error: --printed goes alone: it searches all presets"
      ),
      (
        "explain upgrade",
        "an upgrade is a library and two versions: unmask explain upgrade smp 0.5 0.6"
      ),
      ("explain upgrade pandas 1 2", "no versions are known of 'pandas'"),
      ("explain upgrade smp 0.2 0.6", "what smp 0.2 prints is not known"),
      ("explain upgrade smp new 0.6", "'new' is no version"),
      ("explain keras.dice 0.5", "Error: explain one name at a time, not '0.5' as well"),
      ("explain --class polle --from out", "the run has no class 'polle'"),
      ("explain keras.dise --from out", "nothing is called 'keras.dise'"),
      ("explain keras.dise --class pole --from out", "nothing is called 'keras.dise'"),
    ])
  func refused(arguments: String, fault: String) throws {
    let folder = try Street.folder()
    _ = try folder.unmask("run")
    let ending = try folder.shell("unmask \(arguments)")
    #expect(ending.code == 2)
    #expect(ending.out.isEmpty)
    #expect(ending.fault == fault)
  }

  @Test("a loss and a combination of one's own are explained with their run")
  func ownNames() throws {
    let folder = try Street.folder(
      Street.configuration.replacing(
        "[bce, iou]",
        with: """

            - bce
            - iou
            - {name: heavy, loss: "-w * (t*log(p) + (1-t)*log(1-p))", clip: 1e-7, weights: {pole: 10, else: 1}}
            - {name: both, combine: "bce + 2*heavy"}
          """))
    #expect(try folder.unmask("run").code == 0)
    let heavy = try folder.unmask("explain", "heavy", "--from", "out")
    #expect(heavy.code == 0, "\(heavy.error)")
    #expect(heavy.out.contains("w is road 1 and pole 10"))
    // −ln ½ and ten times that; −ln 0.01 and ten times that.
    let rows = heavy.out.split(separator: "\n").filter { $0.contains("own pixels") }
    #expect(rows.count == 2, "\(heavy.out)")
    #expect(rows[0].contains("4.61") && rows[0].contains("0.693"))
    #expect(rows[1].contains("46.1") && rows[1].contains("6.93"))
    let both = try folder.unmask("explain", "both", "--from", "out")
    #expect(both.code == 0, "\(both.error)")
    #expect(both.out.contains("2 · heavy: mean(class)"), "\(both.out)")
    let unknown = try folder.unmask("explain", "zzzzzzzz")
    #expect(unknown.error.contains("a loss of your own is explained with its run: --from out"))
  }
}
