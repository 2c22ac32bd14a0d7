// What the builds for wide vectors do side by side (`NodeKernels.swift`), one after the other.

/// Hashes whole chunks that follow each other (section 4.2), none of them the root.
///
/// - Parameters:
///   - chunks: `count` times 1024 bytes.
///   - number: of the first chunk in the input.
///   - values: becomes 32 bytes for each chunk.
package func hashChunks(
  _ chunks: UnsafeRawPointer, count: Int, number: UInt64, into values: UnsafeMutableRawPointer
) {
  for index in 0..<count {
    var chunk = Chunk(number: number &+ UInt64(index))
    unsafe chunk.append(chunks + index * Chunk.size, Chunk.size)
    unsafe values.storeBytes(
      of: chunk.value(flags: 0), toByteOffset: index * 32, as: Value.self)
  }
}

/// Hashes parents (section 4.3), none of them the root.
///
/// - Parameters:
///   - children: two values of 32 bytes for each parent.
///   - values: becomes 32 bytes for each parent; may be where the children are.
package func hashParents(
  _ children: UnsafeRawPointer, count: Int, into values: UnsafeMutableRawPointer
) {
  for index in 0..<count {
    let block = unsafe children.loadUnaligned(fromByteOffset: index * 64, as: Block.self)
    unsafe values.storeBytes(
      of: Value(parentWith: block, flags: 0), toByteOffset: index * 32, as: Value.self)
  }
}
