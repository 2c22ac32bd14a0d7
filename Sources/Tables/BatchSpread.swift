internal import Core

/// Between which values a number lies when the images are put into batches at random, as a shuffled
/// run does.
package struct BatchSpread: Hashable, Codable, Sendable {
  /// `nil` where every batching gives NaN.
  package var lowest: Double?
  package var highest: Double?
  /// How many batchings gave something.
  package var batchings = 0
  /// How many of them gave NaN; `nil` where none did.
  package var nan: Int?
}

extension Measurements {
  /// The smallest and largest value of a formula over random batchings of the run's own size.
  ///
  /// The order of the images is drawn from a generator that starts from their names, so the same
  /// images always give the same answer. `nil` where the run is one batch, or has neither value nor NaN.
  package func spread(of formula: Formula, batchings: Int = 20) -> BatchSpread? {
    guard let size = batching.size, size < evidence.listed || batching.dropsLast else { return nil }
    var generator = SplitMix64(state: seed)
    var spread = BatchSpread()
    for _ in 0..<batchings {
      let shuffled = shuffled(by: &generator)
      if let value = (try? shuffled.outcome(of: formula))?.scalar {
        spread.lowest = min(spread.lowest ?? value, value)
        spread.highest = max(spread.highest ?? value, value)
      } else if shuffled.nanCause(of: formula) != nil {
        spread.nan = (spread.nan ?? 0) + 1
      } else {
        continue
      }
      spread.batchings += 1
    }
    return spread.batchings > 0 ? spread : nil
  }

  /// The same images at other places of the list; those that could not be used move too.
  private func shuffled(by generator: inout SplitMix64) -> Measurements {
    var places = Array(0..<evidence.listed)
    // Fisher and Yates: each order is equally likely.
    for last in places.indices.dropFirst().reversed() {
      places.swapAt(last, generator.number(below: last + 1))
    }
    var shuffled = self
    for image in evidence.images.indices {
      shuffled.evidence.images[image].index = places[evidence.images[image].index]
    }
    shuffled.evidence.images.sort { $0.index < $1.index }
    return shuffled
  }

  /// Of the images' names, each ended by a zero byte.
  private var seed: UInt64 {
    var digest = Digest()
    for image in evidence.images { digest.add(image.name.utf8 + [0]) }
    return digest.value
  }
}

/// Steele, Lea and Flood's SplitMix64.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The upper half of a product of 128 bits; for the few thousand images of a run its bias is
  /// below 2⁻⁵⁰.
  mutating func number(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
