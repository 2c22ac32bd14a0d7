/// How often each cluster is drawn in each replicate: independent Poisson(1) counts.
///
/// A count is a function of seed, replicate and the cluster's name, and of nothing else: neither the
/// order of files nor shards, threads or a resumed run can change it, and two runs over the same
/// images draw the same images.
///
/// Every name starts a SplitMix64 sequence of its own (Steele, Lea, Flood: "Fast splittable
/// pseudorandom number generators", OOPSLA 2014); the replicate is the position in it, which that
/// generator can jump to. The start is the name's FNV-1a hash (Fowler, Noll, Vo; RFC 9923), mixed.
/// That any two of n sequences overlap within B replicates has a chance of n²·B / 2⁶⁴: 1e-8 for
/// 10,000 names and 2,000 replicates.
package struct Draws: Sendable {
  package let seed: UInt64
  let poisson = Poisson()

  package init(seed: UInt64) { self.seed = seed }

  /// Where a name's sequence starts.
  package func start(of name: String) -> UInt64 { mixed(fnv1a(name) ^ mixed(seed)) }

  /// How often the cluster whose sequence starts at `start` is drawn in `replicate`.
  @inline(__always)
  package func count(from start: UInt64, in replicate: Int) -> UInt8 {
    poisson.count(mixed(start &+ distance(of: replicate)))
  }

  /// How far a replicate is in every sequence from its start.
  @inline(__always)
  func distance(of replicate: Int) -> UInt64 {
    (UInt64(replicate) &+ 1) &* 0x9e37_79b9_7f4a_7c15
  }
}

/// Makes every bit of the outcome depend on every bit of `word`: the finaliser of SplitMix64, which
/// is variant 13 of David Stafford's "Better bit mixing" (2011).
@inline(__always)
package func mixed(_ word: UInt64) -> UInt64 {
  var z = word
  z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
  return z ^ (z &>> 31)
}

/// The 64-bit FNV-1a hash of the name's bytes.
package func fnv1a(_ name: String) -> UInt64 {
  name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
