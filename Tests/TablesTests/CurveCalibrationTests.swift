import Core
import Counting
import Tables
import Testing

@Suite("Calibration")
struct CurveCalibrationTests {
  @Test("two rows, drawn")
  func drawn() throws {
    // Below ½: .2 and .4, one of four true. From ½ on: .8, three of four true.
    let curve = CurvePixels("2888|2448").curve(on: .bits8)
    let calibration = Calibration(curve, rows: 2)
    #expect(calibration.rows.map(\.start) == [0, 0.5, 1])
    #expect(calibration.rows.map(\.end) == [0.5, 1, 1])
    #expect(calibration.rows.map(\.pixels) == [4, 4, 0])
    #expect(calibration.rows.map(\.ownShare) == [0.25, 0.75, nil])
    let confidences = calibration.rows[..<2].compactMap(\.meanConfidence)
    #expect(isClose(confidences, [0.3, 0.8], within: 1e-7))
    for norm in Calibration.Norm.allCases {
      #expect(isClose(try #require(calibration.error(norm)).value, 0.05, within: 1e-6))
    }
  }

  @Test("the example of torchmetrics' own documentation")
  func documented() throws {
    let curve = CurvePixels(
      p: [0.25, 0.25, 0.55, 0.75, 0.75], isOwn: [false, false, true, true, true]
    ).curve(on: .bins(.single))
    let calibration = Calibration(curve, rows: 2)
    let expected: [Calibration.Norm: Double] = [.l1: 0.29, .l2: 0.2918, .max: 0.3167]
    for (norm, value) in expected {
      let error = try #require(calibration.error(norm))
      #expect((error.value - value).magnitude < 5e-5)
      #expect(error.width < 2 * 0x1p-15)
    }
  }

  @Test("p = 1 is a row of its own")
  func one() {
    let calibration = Calibration(
      CurvePixels(p: [1, 1, 0.999], isOwn: [true, false, true])
        .curve(on: .bits16))
    #expect(calibration.rows.count == 16)
    #expect(calibration.rows[15].pixels == 2)
    #expect(calibration.rows[14].pixels == 1)
    #expect(calibration.error(.max) == Estimate(low: 0.5, high: 0.5))
  }

  @Test("a level at a boundary lies where torch.linspace leaves it, in float32")
  func boundaries() {
    // 17·k / 255 against k / 15: torch's boundary is above the level for three of them.
    let rows = (0...15).map { k in
      let p = Double(Float(17 * k) / 255)
      return Calibration(CurvePixels(p: [p], isOwn: [true]).curve(on: .bits8))
        .rows.firstIndex { $0.pixels == 1 }
    }
    #expect(rows == [0, 1, 2, 2, 4, 5, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15])
  }

  @Test("there is none without pixels")
  func undefined() {
    for norm in Calibration.Norm.allCases {
      #expect(Calibration(LevelCurve(.zero, on: .bits8)).error(norm) == nil)
    }
  }

  @Test("is that of a loop over the pixels", arguments: LevelScale.all)
  func loops(scale: LevelScale) throws {
    for rows in [1, 2, 3, 5, 10, 15, 17, 20, 51, 85, 100] {
      let pixels = CurvePixels(drawn: 3000, seed: UInt64(rows), on: scale)
      let calibration = Calibration(pixels.curve(on: scale), rows: rows)
      for norm in Calibration.Norm.allCases {
        let error = try #require(calibration.error(norm))
        let expected = pixels.calibrationError(norm, rows: rows, in: Double.self)
        #expect(error.contains(expected, within: 1e-12))
        switch scale {
        case .bits8, .bits16: #expect(error.isExact)
        case .bins: #expect(norm == .max || error.width < 0.01)
        }
        let coarse = try #require(calibration.addedInSinglePrecision.error(norm))
        #expect(coarse.low <= error.low && error.high <= coarse.high)
        let running = pixels.calibrationError(norm, rows: rows, in: Float.self)
        #expect(coarse.contains(running, within: 1e-6))
      }
    }
  }

  @Test("pixels in a bin that a boundary cuts may lie on either side of it")
  func cut() throws {
    // The boundary 1/3 lies inside the bin that holds it.
    let scale = LevelScale.bins(.double)
    let third = Double(1 / Float(3))
    for p in [third.nextDown, third] {
      for isOwn in [true, false] {
        let pixels = CurvePixels(p: [p, 0.2, 0.5], isOwn: [isOwn, true, false])
        let calibration = Calibration(pixels.curve(on: scale), rows: 3)
        for norm in Calibration.Norm.allCases {
          let error = try #require(calibration.error(norm))
          #expect(error.width > 0.05)
          #expect(error.contains(pixels.calibrationError(norm, rows: 3, in: Double.self)))
        }
      }
    }
  }
}
