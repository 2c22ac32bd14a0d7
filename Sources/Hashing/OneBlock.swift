/// What a chunk or a subtree hashes to: the 8 words of h.
typealias Value = SIMD8<UInt32>

/// The 16 words of m, as they lie in memory: the lowest byte comes first, as on every processor that this is
/// compiled for.
typealias Block = SIMD16<UInt32>

extension Value {
  static let initial = Value(iv.0, iv.1, iv.2, iv.3, iv.4, iv.5, iv.6, iv.7)

  /// What it becomes by one block (section 3.3).
  ///
  /// - Parameters:
  ///   - number: of the chunk; 0 for a parent.
  ///   - length: of the block in bytes, which zeros fill up to 64.
  @inline(never)
  mutating func compress(_ m: Block, number: UInt64, length: UInt32, flags: UInt32) {
    var h = (self[0], self[1], self[2], self[3], self[4], self[5], self[6], self[7])
    let number = (UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32))
    Hashing.compress(
      &h,
      (
        m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7],
        m[8], m[9], m[10], m[11], m[12], m[13], m[14], m[15]
      ), number, length: length, flags: flags)
    self = Value(h.0, h.1, h.2, h.3, h.4, h.5, h.6, h.7)
  }

  /// What a parent of two values hashes to (section 4.3).
  ///
  /// - Parameter flags: `rootFlag` or 0.
  init(parentWith children: Block, flags: UInt32) {
    self = .initial
    compress(children, number: 0, length: 64, flags: parentFlag | flags)
  }
}
