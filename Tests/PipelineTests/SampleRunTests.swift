import Diagnosis
import Pipeline
import Testing

@Suite("The sample street")
struct SampleRunTests {
  /// Keras 3.15.1 on TensorFlow 2.21.0: `evaluate(batch_size=16)` of an identity model, 16 + 16 + 8
  /// images; `bce_per_class_mean_f64acc`; `BinaryIoU`, which adds 1e-7 to its denominator.
  static let kerasLoss = 0.010196104645729065
  static let kerasClassLosses = [
    0.0040929732097067326, 0.013131295834494822, 0.0060635426930117503, 0.0038616895301290116,
    0.023831012085204863,
  ]
  static let kerasIoU = [
    0.99771898984909058, 0.98979729413986206, 0.99715995788574219, 0.98902946710586548,
    0.21965017914772034,
  ]

  @Test("its headline, class losses and IoU are what Keras prints")
  func keras() throws {
    let report = try Scratch().run(samplePipeline()).report
    #expect(isClose(report.headline.printed, Self.kerasLoss))
    for (found, expected) in zip(report.headline.classes, Self.kerasClassLosses) {
      #expect(isClose(found.loss?.mean, expected), "\(found.name)")
    }
    for (found, expected) in zip(report.headline.classes, Self.kerasIoU) {
      #expect(isClose(found.badness.map { 1 - $0 }, expected), "\(found.name)")
    }
  }

  @Test("pole is hidden by the Keras mean and exposed by the mean of class IoUs")
  func verdicts() throws {
    let report = try Scratch().run(samplePipeline()).report
    #expect(report.headline.classes.map(\.verdict) == [.ok, .ok, .ok, .ok, .hidden])
    let global = try #require(
      report.others.first { $0.headline.name == "iou" && $0.headline.reduction == "global" }
    )
    #expect(global.classes.last?.verdict == .exposed)
  }

  @Test("float arrays, archives and 16-bit planes agree with Keras as well")
  func otherFormats() throws {
    let scratch = try Scratch()
    let street = checkout + "/samples/street"
    let array = try samplePipeline()
      .replacing("run-a/{image}/{class}.png", with: "run-a.npy")
      .replacing("truth/{image}/{class}.png", with: "truth.npy")
    // `evaluate_bce_batch4_loss`, 4 + 1 images.
    let four = array.replacing("size: 16", with: "size: 4")
    let fromArray = try scratch.run(four, to: "npy").report
    #expect(isClose(fromArray.headline.printed, 0.0091638518497347832))
    #expect(isClose(fromArray.headline.classes[4].loss?.mean, 0.024200857367049917))

    let archive = array.replacing("run-a.npy", with: "run-a.npz#pred")
      .replacing("truth.npy", with: "run-a.npz#truth")
    let fromArchive = try scratch.run(archive, to: "npz").report
    let again = try scratch.run(array, to: "npy16").report
    #expect(fromArchive.headline.printed == again.headline.printed)
    // But for where the files are.
    func record(_ directory: String) throws -> String {
      try scratch.text("\(directory)/report.json").replacing("run-a.npz#pred", with: "run-a.npy")
        .replacing("run-a.npz#truth", with: "truth.npy")
    }
    #expect(try record("npz") == record("npy16"))

    let names = try scratch.write(
      (1...6).map { "street_000\($0)" }.joined(separator: "\n"), to: "six")
    let sixteen = try samplePipeline()
      .replacing("\(street)/run-a/", with: "\(street)/run-a-16bit/")
      .replacing("kind:", with: "names: \(names)\n  kind:")
    let fromPlanes = try scratch.run(sixteen, to: "sixteen").report
    #expect(fromPlanes.inputs.isComplete)
    #expect(isClose(fromPlanes.headline.printed, 0.0071039176546037197))
    #expect(isClose(fromPlanes.headline.classes[4].loss?.mean, 0.018551012526343353))
  }

  @Test("any number of workers and any tile give the same bytes")
  func determinism() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline(), jobs: 1, to: "first")
    for (jobs, tile) in [(2, 32), (7, 100), (1, 256)] {
      _ = try scratch.run(samplePipeline() + "tile: \(tile)\n", jobs: jobs, to: "again")
      for name in ["report.json", "classes.csv", "images.csv", "reductions.csv", "report.md"] {
        #expect(try scratch.text("first/\(name)") == scratch.text("again/\(name)"))
      }
    }
  }

  @Test("few images are shared out block by block, and that changes no bit either")
  func blocksInParallel() throws {
    let scratch = try Scratch()
    let array = try samplePipeline()
      .replacing("run-a/{image}/{class}.png", with: "run-a.npy")
      .replacing("truth/{image}/{class}.png", with: "truth.npy")
      .replacing("[bce, iou,", with: "[bce, ce, soft-dice, iou,")
    _ = try scratch.run(array, jobs: 1, to: "first")
    _ = try scratch.run(array + "tile: 64\n", jobs: 16, to: "again")
    #expect(try scratch.text("first/report.json") == scratch.text("again/report.json"))
  }

  @Test("its evidence gives the same reports again, and other chains without a pixel")
  func evidence() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline(), to: "first")
    _ = try Pipeline.report(
      from: "\(scratch.path)/first", configuration: nil, to: "\(scratch.path)/again")
    for name in ["report.json", "classes.csv", "images.csv", "reductions.csv", "report.md"] {
      #expect(try scratch.text("first/\(name)") == scratch.text("again/\(name)"))
    }
    let other = try scratch.write(
      samplePipeline().replacing("reduce: keras}", with: "reduce: balanced}"), to: "other.yml")
    let report = try Pipeline.report(
      from: "\(scratch.path)/first/evidence.sqlite", configuration: other,
      to: "\(scratch.path)/other"
    ).report
    #expect(report.headline.classes.last?.verdict == .exposed)
  }

  @Test("evidence does not answer what was not counted")
  func otherEvidence() throws {
    let scratch = try Scratch()
    _ = try scratch.run(samplePipeline(), to: "first")
    let other = try scratch.write(
      samplePipeline().replacing("[bce,", with: "[bce, mse,"), to: "other.yml")
    let failure = #expect(throws: Failure.self) {
      try Pipeline.report(
        from: "\(scratch.path)/first", configuration: other, to: "\(scratch.path)/x")
    }
    #expect(failure?.code == .configuration)
    #expect(
      failure?.problem.what
        == "the evidence was counted with the losses bce, focal, tf-keras-bce, torch-bce, and this asks for mse"
    )
  }
}
