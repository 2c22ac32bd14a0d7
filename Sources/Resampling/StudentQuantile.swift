/// How many standard errors an interval must reach to either side, where the clusters are unequal.
///
/// With n clusters of one size an estimate over its jackknife error follows Student's t with n − 1
/// degrees of freedom. Where a few clusters have most of the weight, the error is made of few terms, but
/// the largest of them stands above and below the line: the quantile is larger than the normal one, and
/// smaller than that of a t with as few degrees of freedom (Satterthwaite's), which covers 99 % where 95 %
/// were asked for. So the ratio is drawn, for clusters of just these sizes whose rates differ normally:
///
///     T = Σ hᵢεᵢ / √Σ(hᵢ(εᵢ − Σhⱼεⱼ) / (1 − hᵢ))²,  h the shares
///
/// The draws are the same for all.
enum StudentQuantile {
  /// The value below which |T| is in `level` of the draws; 1.96 for many clusters of one size.
  ///
  /// - Parameter shares: 0…½ each, 1 in all.
  static func of(_ shares: [Double], level: Double) -> Double {
    let largest = shares.sorted(by: >)
    let single = largest.prefix(mostSingle)
    var (squares, fourths) = (0.0, 0.0)
    for share in largest.dropFirst(mostSingle) {
      let square = share * share
      squares += square
      fourths += square * square
    }
    let (deviation, spread) = (squares.squareRoot(), (2 * fourths).squareRoot())
    let errors = StudentQuantile.errors
    var ratios: [Double] = []
    ratios.reserveCapacity(replicates)
    for block in 0..<blocks {
      var sum = deviation * errors[mostSingle * blocks + block]
      for (column, share) in single.enumerated() {
        sum += share * errors[column * blocks + block]
      }
      // Those that are left are so many and so small that their own part of the sum is no matter.
      var variance = squares + spread * errors[(mostSingle + 1) * blocks + block]
      variance.replace(with: 0, where: variance .< 0)
      for (column, share) in single.enumerated() {
        let residual = share * (errors[column * blocks + block] - sum) / (1 - share)
        variance += residual * residual
      }
      let ratio = sum / variance.squareRoot()
      for lane in 0..<Errors.scalarCount {
        ratios.append(variance[lane] > 0 ? ratio[lane].magnitude : .infinity)
      }
    }
    let place = level * Double(replicates - 1)
    let first = min(Int(place), replicates - 2)
    let (low, high) = ratios.inOrder(at: first)
    return low + (place - Double(first)) * (high - low)
  }

  private static let replicates = 4096
  /// The largest clusters, which are drawn one by one; the sum of all others is normal.
  private static let mostSingle = 32
  private static let columns = mostSingle + 2

  /// Of eight replicates.
  private typealias Errors = SIMD8<Double>
  private static let blocks = replicates / Errors.scalarCount

  /// Standard normal numbers, a cluster's of all replicates side by side: each one of 1,024 quantiles,
  /// six to a word of a SplitMix64 sequence.
  private static let errors: [Errors] = {
    let half = (0..<512).map { Normal.quantile((Double($0) + 0.5) / 1024) }
    let quantiles = half + half.reversed().map { -$0 }
    let count = replicates * columns
    var errors: [Double] = []
    errors.reserveCapacity(count + 5)
    var position: UInt64 = 0
    while errors.count < count {
      position &+= 0x9e37_79b9_7f4a_7c15
      var word = mixed(position)
      for _ in 0..<6 {
        errors.append(quantiles[Int(word & 1023)])
        word >>= 10
      }
    }
    return (0..<columns).flatMap { column in
      (0..<blocks).map { block in
        var eight = Errors.zero
        for lane in 0..<Errors.scalarCount {
          eight[lane] = errors[(block * Errors.scalarCount + lane) * columns + column]
        }
        return eight
      }
    }
  }()
}

extension [Double] {
  /// What would stand at a place and behind it if the numbers were sorted; a 25th of what sorting takes
  /// (Hoare's selection).
  ///
  /// - Parameter place: not the last one. No number is NaN.
  fileprivate mutating func inOrder(at place: Int) -> (Double, Double) {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { break }
    }
    // All that stand behind the place are as large as it or larger.
    return (self[place], self[(place + 1)...].min() ?? self[place])
  }
}
