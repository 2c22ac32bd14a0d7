/// Hashes bytes that come in pieces; how they are cut does not matter.
///
/// Pieces of 64 kB and more are hashed fastest, since their chunks go side by side. A hasher of at most
/// 1024 bytes allocates nothing.
package struct ContentHasher {
  /// What has not been found to be a whole chunk with something after it.
  private var chunk = Chunk(number: 0)
  /// What is before it.
  private var tree = Tree()

  package init() {}

  package mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { unsafe update(start, bytes.count) }
    }
  }

  private mutating func update(_ start: UnsafeRawPointer, _ count: Int) {
    var done = 0
    while done < count {
      if chunk.count == Chunk.size {
        tree.append(chunk.value(flags: 0))
        chunk = Chunk(number: tree.chunks)
      }
      let whole = (count - done) / Chunk.size
      // One chunk alone might be the root.
      if chunk.count == 0, whole > 1 {
        unsafe tree.append(start + done, chunks: whole)
        chunk = Chunk(number: tree.chunks)
        done += whole * Chunk.size
      } else {
        let some = min(Chunk.size - chunk.count, count - done)
        unsafe chunk.append(start + done, some)
        done += some
      }
    }
  }

  /// The hash of all bytes so far; more may follow.
  package func finished() -> ContentHash { ContentHash(tree.root(with: chunk)) }
}
