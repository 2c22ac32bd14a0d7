internal import Core

// Counts single-precision probabilities, without doubles where none are needed. The numbers equal
// those of the general way in `ClassBlock+Summing`.

extension ClassBlock {
  var singleSoftSums: SoftSums {
    get throws(Problem) {
      var predicted = Lanes.zero
      var both = Lanes.zero
      var squared = Lanes.zero
      var bothSquared = Lanes.zero
      for index in 0..<vectors {
        let p = singles[index].kept(where: own[index] | other[index])
        let wide = Lanes(widening: p)
        predicted += wide
        squared += wide * wide
        let wideOwn = Lanes(widening: p.kept(where: own[index]))
        both += wideOwn
        bothSquared += wideOwn * wideOwn
      }
      return SoftSums(
        predicted: try exact(predicted.total), both: try exact(both.total),
        predictedSquared: try exact(squared.total), bothSquared: try exact(bothSquared.total),
        truth: ownPixels)
    }
  }

  func singleOverlap(above limit: Float) -> Overlap {
    // A mask is −1 where it holds, so that taking it away counts.
    var hits = SIMD8<UInt32>.zero
    var both = SIMD8<UInt32>.zero
    for index in 0..<vectors {
      let isAbove = SIMD8<UInt32>(where: singles[index] .> limit)
      hits &-= isAbove & (own[index] | other[index])
      both &-= isAbove & own[index]
    }
    let (found, predicted) = (Int(both.wrappedSum()), Int(hits.wrappedSum()))
    return Overlap(
      both: found, onlyTrue: ownPixels - found, onlyPredicted: predicted - found,
      neither: otherPixels - (predicted - found))
  }

  /// Whether the class is predicted at each of the first pixels.
  func decisions(_ count: Int, above threshold: Double) -> [Bool] {
    let limit = precision == .double ? threshold : Double(Float(threshold))
    return (0..<count).map { probability($0 / 8).p[$0 % 8] > limit }
  }

  /// Whether a probability is 0 or 1.
  var hasSaturatedSingles: Bool {
    var least = SIMD8<Float>(repeating: 1)
    var greatest = SIMD8<Float>.zero
    for index in 0..<vectors {
      let p = singles[index]
      least = least.replacing(with: p, where: p .< least)
      greatest = greatest.replacing(with: p, where: p .> greatest)
    }
    return least.min() <= 0 || greatest.max() >= 1
  }
}

extension SIMD8<Float> {
  /// 0 where the mask is not set.
  @inline(__always)
  func kept(where mask: SIMD8<UInt32>) -> SIMD8<Float> {
    unsafe unsafeBitCast(
      unsafe unsafeBitCast(self, to: SIMD8<UInt32>.self) & mask, to: SIMD8<Float>.self)
  }

  /// 1 where the mask is not set.
  @inline(__always)
  func keptOrOne(where mask: SIMD8<UInt32>) -> SIMD8<Float> {
    let one = SIMD8<UInt32>(repeating: Float(1).bitPattern)
    return unsafe unsafeBitCast(
      unsafe unsafeBitCast(self, to: SIMD8<UInt32>.self) & mask | one & ~mask,
      to: SIMD8<Float>.self)
  }
}

extension SIMD8<UInt32> {
  /// All bits set where the condition holds.
  @inline(__always)
  init(where condition: SIMDMask<SIMD8<Int32>>) {
    self = SIMD8<UInt32>.zero.replacing(with: .max, where: condition)
  }

  /// Each number as it is, without a conversion that the compiler turns into a loop.
  @inline(__always)
  init(widening x: SIMD8<UInt8>) {
    self.init(
      UInt32(x[0]), UInt32(x[1]), UInt32(x[2]), UInt32(x[3]), UInt32(x[4]), UInt32(x[5]),
      UInt32(x[6]), UInt32(x[7]))
  }
}
