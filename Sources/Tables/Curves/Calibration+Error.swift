extension Calibration {
  /// How the rows' gaps between confidence and accuracy become one number.
  package enum Norm: String, CaseIterable, Codable, Sendable {
    /// Σ wₖ·|gapₖ|, w the row's share of the pixels: the expected calibration error.
    case l1
    /// √(Σ wₖ·gapₖ²)
    case l2
    /// The largest gap, of however few pixels.
    case max
  }

  /// The calibration error; none without pixels.
  package func error(_ norm: Norm) -> Estimate? {
    let all = Double(rows.reduce(0) { $0 + $1.pixels })
    guard all > 0 else { return nil }
    let parts = rows.map { $0.part(in: norm) }
    return Estimate(
      low: combined(parts.map(\.low), of: all, in: norm),
      high: combined(parts.map(\.high), of: all, in: norm))
  }

  private func combined(_ parts: [Double], of pixels: Double, in norm: Norm) -> Double {
    switch norm {
    case .l1: parts.reduce(0, +) / pixels
    case .l2: (parts.reduce(0, +) / pixels).squareRoot()
    case .max: parts.max() ?? 0
    }
  }

  /// What the error may be if each row's Σ p is added pixel by pixel in single precision, in
  /// whatever order, as torchmetrics does.
  ///
  /// An addition is off by half a step of the sum at most, so the mean confidence is too. That is
  /// much: a row of 180,000 pixels near 1 has steps of 1/64. Confidence and accuracy are rounded
  /// once more each. From 2²⁴ pixels in a row on, its count stands still and nothing can be said.
  package var addedInSinglePrecision: Calibration {
    var coarse = self
    for index in rows.indices where rows[index].pixels > 0 {
      let pixels = Double(rows[index].pixels)
      let off = pixels * (pixels < 0x1p24 ? rows[index].halfStep + 0x1p-24 : 1)
      coarse.rows[index].doubt.below += off
      coarse.rows[index].doubt.above += off
    }
    return coarse
  }
}

extension Calibration.Row {
  /// |Σ (t − p)|, its square over the pixels, or it over the pixels: the row's part in a norm. No
  /// pixel has more than 1 of any.
  fileprivate func part(in norm: Calibration.Norm) -> Estimate {
    let (low, high) = (excess.low, excess.high)
    let (most, fewest) = (pixels + doubt.more, pixels - doubt.fewer)
    return switch norm {
    case .l1: excess
    case .l2:
      Estimate(low: quotient(low * low, most), high: min(high, quotient(high * high, fewest)))
    case .max: Estimate(low: quotient(low, most), high: min(1, quotient(high, fewest)))
    }
  }

  /// |Σ (t − p)|
  private var excess: Estimate {
    let low = Double(own) - confidence - doubt.below
    let high = Double(own) - confidence + doubt.above
    return Estimate(low: max(0, low, -high), high: max(high, -low))
  }

  /// Half the distance of the single-precision numbers around Σ p, or what the sum may have grown
  /// to by rounding.
  fileprivate var halfStep: Double {
    Double(Float(confidence * (1 + Double(pixels) * 0x1p-24)).ulp) / 2
  }

  private func quotient(_ above: Double, _ below: Int) -> Double {
    above == 0 ? 0 : above / Double(below)
  }
}
