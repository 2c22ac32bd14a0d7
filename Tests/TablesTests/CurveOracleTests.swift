import Core
import Counting
import Tables
import Testing

/// Double-precision values of scikit-learn match to 1e-12, single-precision ones of torchmetrics to
/// 1e-6 where its own additions allow it.
@Suite(
  "Curves as torchmetrics 1.9.0 on PyTorch 2.13.0 and scikit-learn 1.9.1 have them",
  .enabled(if: CurveOracle.shared != nil, "the frameworks' values are not in the repository"))
struct CurveOracleTests {
  @Test(
    "average precision and the area under the ROC curve are exact on 8- and 16-bit planes",
    arguments: ["run-a", "run-b", "run-early", "run-a-16bit"])
  func planes(run: String) throws {
    let oracle = try CurveOracle("street/\(run)")
    let scale = run == "run-a-16bit" ? LevelScale.bits16 : .bits8
    let compared = try expectRankings(of: CurveOracle.planes(run), on: scale, as: oracle)
    #expect(compared >= 2)
  }

  @Test("on float arrays they lie within bounds of 0.0003")
  func arrays() throws {
    let street = try expectRankings(
      of: CurveOracle.arrays("samples/street/run-a.npy", "samples/street/truth.npy"),
      on: .bins(.single), as: CurveOracle("street/run-a-npy"))
    #expect(street == 12)
    for run in CurveOracle.camvidRuns {
      let compared = try expectRankings(
        of: CurveOracle.arrays("data/camvid8/\(run)/pred.npy", "data/camvid8/\(run)/gt.npy"),
        on: .bins(.single), as: CurveOracle("camvid8/\(run)"))
      #expect(compared == 20)
    }
  }

  @Test("calibration errors of 8-bit planes")
  func planeCalibration() throws {
    let oracle = try CurveOracle("street/run-a")
    for (c, pixels) in try CurveOracle.planes("run-a").enumerated() {
      try expectCalibration(of: pixels, on: .bits8, as: oracle) {
        "bin_calibration_\($0)_class\(c)"
      }
    }
  }

  @Test("calibration errors of float arrays")
  func arrayCalibration() throws {
    let pixels = try CurveOracle.arrays("samples/street/run-a.npy", "samples/street/truth.npy")
    let oracle = try CurveOracle("street/run-a-npy")
    for (c, pixels) in pixels.enumerated() {
      try expectCalibration(of: pixels, on: .bins(.single), as: oracle) {
        "bin_calibration_\($0)_class\(c)"
      }
    }
    for run in CurveOracle.camvidRuns {
      let folder = "data/camvid8/\(run)"
      let pixels = try CurveOracle.arrays("\(folder)/pred.npy", "\(folder)/gt.npy")
      let oracle = try CurveOracle("camvid8/\(run)")
      for (c, pixels) in pixels.enumerated() {
        try expectCalibration(of: pixels, on: .bins(.single), as: oracle) {
          "bin_calibration_\($0)_class\(c)"
        }
      }
    }
  }

  @Test("calibration errors of the most probable class")
  func mostProbable() throws {
    for run in CurveOracle.camvidRuns where run.hasPrefix("exclusive") {
      let folder = "data/camvid8/\(run)"
      let pixels = try CurveOracle.mostProbable("\(folder)/logits.npy", "\(folder)/labels.npy")
      try expectCalibration(
        of: pixels, on: .bins(.single), as: CurveOracle("camvid8/\(run)")
      ) { "mc_calibration_\($0)" }
    }
  }

  @Test("the pole would reach 0.228 at p > 0.42; at p > 0.5 it has the 0.2197 of the sample's page")
  func pole() throws {
    let pixels = try CurveOracle.planes("run-a")[4]
    let curve = pixels.curve(on: .bits8)
    func iou(_ overlap: Overlap) -> Double { Double(overlap.both) / Double(overlap.union) }
    let half = curve.decision(above: 0.5)
    #expect(half.worst == pixels.overlap(above: 0.5))
    #expect((iou(half.worst) - 0.2197).magnitude < 5e-5)
    let best = try #require(curve.bestDecision())
    #expect(best.threshold == 0.42)
    #expect((iou(best.worst) - 0.2275).magnitude < 5e-5)
    let every = (0..<255).map { iou(pixels.overlap(above: Double(Float($0) / 255))) }
    #expect(iou(best.worst) >= (every.max() ?? 0) - 0.0005)
  }
}

extension CurveOracleTests {
  /// Returns how many values there were to compare with.
  private func expectRankings(
    of classes: [CurvePixels], on scale: LevelScale, as oracle: CurveOracle
  ) throws -> Int {
    var compared = 0
    for (c, pixels) in classes.enumerated() {
      let curve = pixels.curve(on: scale)
      let precision = try #require(curve.averagePrecision)
      let area = try #require(curve.areaUnderROC)
      for estimate in [precision, area] {
        #expect(estimate.isExact || scale == .bins(.single) && estimate.width < 0.0003)
      }
      for (id, estimate, tolerance) in [
        ("average_precision_class\(c)", precision, 1e-12), ("roc_auc_class\(c)", area, 1e-12),
        ("bin_AP_class\(c)", precision, 1e-6), ("bin_AUROC_class\(c)", area, 1e-6),
      ] {
        guard let value = oracle.value(id) else { continue }
        #expect(estimate.contains(value, within: tolerance), "\(id)")
        compared += 1
      }
    }
    return compared
  }

  /// torchmetrics adds single-precision numbers one after the other; the same additions in its
  /// order give its value, the same in double precision ours.
  private func expectCalibration(
    of pixels: CurvePixels, on scale: LevelScale, as oracle: CurveOracle,
    id: (Calibration.Norm) -> String
  ) throws {
    let calibration = Calibration(pixels.curve(on: scale), rows: 15)
    for norm in Calibration.Norm.allCases {
      let value = try #require(oracle.value(id(norm)))
      let running = pixels.calibrationError(norm, in: Float.self)
      #expect(isClose(running, value, within: 1e-6), "\(id(norm))")
      let error = try #require(calibration.error(norm))
      let exact = pixels.calibrationError(norm, in: Double.self)
      #expect(error.contains(exact, within: 1e-12), "\(id(norm))")
      #expect(error.isExact || scale == .bins(.single))
      let coarse = try #require(calibration.addedInSinglePrecision.error(norm))
      #expect(coarse.contains(value, within: 1e-6), "\(id(norm))")
    }
  }
}
