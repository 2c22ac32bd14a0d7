// BLAKE3's compression function, of as many messages at once as a vector has words: sections 2 and 3 of
// https://c2sp.org/BLAKE3, whose names are kept here.

/// The 8 words of h, each of all messages.
typealias Values = (Words, Words, Words, Words, Words, Words, Words, Words)

/// The 16 words of m or v, each of all messages.
typealias Blocks = (
  Words, Words, Words, Words, Words, Words, Words, Words,
  Words, Words, Words, Words, Words, Words, Words, Words
)

/// The initial value of SHA-256 (section 2.2).
let iv: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (
  0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
  0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
)

// Flags (section 2.4).
let chunkStartFlag: UInt32 = 1
let chunkEndFlag: UInt32 = 2
let parentFlag: UInt32 = 4
let rootFlag: UInt32 = 8

/// What `h` becomes by a block `m` (section 3.3).
///
/// - Parameters:
///   - t: the low and high words of the chunk's number; 0 for a parent.
///   - length: of the block in bytes, which zeros fill up to 64.
@inline(__always)
func compress(
  _ h: inout Values, _ m: Blocks, _ t: (low: Words, high: Words), length: UInt32, flags: UInt32
) {
  var v: Blocks = (
    h.0, h.1, h.2, h.3, h.4, h.5, h.6, h.7,
    Words(repeating: iv.0), Words(repeating: iv.1), Words(repeating: iv.2),
    Words(repeating: iv.3), t.low, t.high, Words(repeating: length), Words(repeating: flags)
  )
  // Seven rounds without a loop, so that a permutation moves nothing and only says which word is which.
  var m = m
  mix(&v, m)
  permute(&m)
  mix(&v, m)
  permute(&m)
  mix(&v, m)
  permute(&m)
  mix(&v, m)
  permute(&m)
  mix(&v, m)
  permute(&m)
  mix(&v, m)
  permute(&m)
  mix(&v, m)
  h = (
    v.0 ^ v.8, v.1 ^ v.9, v.2 ^ v.10, v.3 ^ v.11, v.4 ^ v.12, v.5 ^ v.13, v.6 ^ v.14, v.7 ^ v.15
  )
}

/// A round: the columns, then the diagonals.
@inline(__always)
private func mix(_ v: inout Blocks, _ m: Blocks) {
  mix(&v.0, &v.4, &v.8, &v.12, m.0, m.1)
  mix(&v.1, &v.5, &v.9, &v.13, m.2, m.3)
  mix(&v.2, &v.6, &v.10, &v.14, m.4, m.5)
  mix(&v.3, &v.7, &v.11, &v.15, m.6, m.7)
  mix(&v.0, &v.5, &v.10, &v.15, m.8, m.9)
  mix(&v.1, &v.6, &v.11, &v.12, m.10, m.11)
  mix(&v.2, &v.7, &v.8, &v.13, m.12, m.13)
  mix(&v.3, &v.4, &v.9, &v.14, m.14, m.15)
}

/// The quarter round G (section 3.2).
@inline(__always)
private func mix(
  _ a: inout Words, _ b: inout Words, _ c: inout Words, _ d: inout Words, _ x: Words, _ y: Words
) {
  a = a &+ b &+ x
  d = rotated(d ^ a, right: 16)
  c = c &+ d
  b = rotated(b ^ c, right: 12)
  a = a &+ b &+ y
  d = rotated(d ^ a, right: 8)
  c = c &+ d
  b = rotated(b ^ c, right: 7)
}

/// The order in which the next round takes the words (section 2.3).
@inline(__always)
private func permute(_ m: inout Blocks) {
  m = (m.2, m.6, m.3, m.10, m.7, m.0, m.4, m.13, m.1, m.11, m.12, m.5, m.9, m.14, m.15, m.8)
}
