/// Whole chunks, hashed: the roots of complete subtrees, from left to right (section 4.3).
///
/// The numbers of their chunks are the powers of two that add up to `chunks`, falling. Only the last ones
/// may still be in parts: a parent is hashed when something follows it, because without that it might be
/// the root, which is hashed differently.
struct Tree {
  private(set) var chunks: UInt64 = 0
  private var values: [Value] = []

  /// Adds the chunk that follows.
  mutating func append(_ value: Value) {
    joinParts()
    values.append(value)
    chunks += 1
  }

  private mutating func joinParts() {
    while values.count > chunks.nonzeroBitCount {
      let right = values.removeLast()
      let left = values.removeLast()
      values.append(Value(parentWith: Block(lowHalf: left, highHalf: right), flags: 0))
    }
  }

  /// The root's value, given the chunk that follows, which may only be empty if there is no byte in it.
  func root(with last: Chunk) -> Value {
    guard !values.isEmpty else { return last.value(flags: rootFlag) }
    var tree = self
    if last.count > 0 { tree.append(last.value(flags: 0)) }
    var value = tree.values.removeLast()
    while let left = tree.values.popLast() {
      value = Value(
        parentWith: Block(lowHalf: left, highHalf: value),
        flags: tree.values.isEmpty ? rootFlag : 0)
    }
    return value
  }
}

extension Tree {
  /// So many are hashed before their parents are; their values fit the first cache.
  private static let batch = 256

  /// Adds chunks that follow, at least two in the whole input.
  mutating func append(_ start: UnsafeRawPointer, chunks count: Int) {
    unsafe withUnsafeTemporaryAllocation(
      of: Value.self, capacity: min(count, Tree.batch)
    ) { values in
      guard let values = values.baseAddress else { return }
      var done = 0
      while done < count {
        // Those that end where a subtree does have the fewest parents to be hashed one by one.
        let some = min(count - done, Tree.batch - Int(chunks % UInt64(Tree.batch)))
        unsafe hashChunksHere(start + done * Chunk.size, some, number: chunks, into: values)
        unsafe append(values, some)
        done += some
      }
    }
  }

  /// Adds the values of chunks that follow, in the largest subtrees that they fill.
  private mutating func append(_ values: UnsafeMutablePointer<Value>, _ count: Int) {
    var done = 0
    while done < count {
      let most = 1 << (Int.bitWidth - 1 - (count - done).leadingZeroBitCount)
      let size = min(most, 1 << min(chunks.trailingZeroBitCount, 32))
      let subtree = unsafe values + done
      var width = size
      while width > 2 {
        width /= 2
        unsafe hashParentsHere(subtree, width, into: subtree)
      }
      joinParts()
      unsafe self.values.append(contentsOf: UnsafeBufferPointer(start: subtree, count: width))
      chunks += UInt64(size)
      done += size
    }
  }
}
