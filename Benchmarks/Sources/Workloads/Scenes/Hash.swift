/// A number that follows from where it is asked for and from nothing else, so that files can be
/// made in any order, on any machine, by any number of threads.
///
/// The mixing is the finaliser of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom
/// number generators", OOPSLA 2014).
func hashed(_ words: UInt64...) -> UInt64 {
  words.reduce(0x9e37_79b9_7f4a_7c15) { state, word in
    var z = (state ^ word) &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z &>> 31)
  }
}

/// White noise from 0 to 1: one number a pixel of a row, whose own hash is `row`.
///
/// The mixing is that of MurmurHash3's finaliser (Appleby), which is cheap enough for a pixel.
@inline(__always)
func whiteNoise(_ row: UInt32, _ x: Int) -> Float {
  var z = row ^ (UInt32(truncatingIfNeeded: x) &* 0x9e37_79b1)
  z = (z ^ (z &>> 16)) &* 0x85eb_ca6b
  z = (z ^ (z &>> 13)) &* 0xc2b2_ae35
  z ^= z &>> 16
  return Float(z &>> 8) * 0x1p-24
}
