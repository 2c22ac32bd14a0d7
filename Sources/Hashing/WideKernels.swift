#if arch(x86_64)
  internal import CLanes
  internal import HashingAVX2
  internal import HashingAVX512
#endif

// Each kernel by the widest vectors of this machine's processor.

#if arch(x86_64)
  private let vectorBytes = unmask_vector_bytes()
#endif

func hashChunksHere(
  _ chunks: UnsafeRawPointer, _ count: Int, number: UInt64, into values: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe HashingAVX512.hashChunks(chunks, count: count, number: number, into: values)
    }
    if vectorBytes == 32 {
      return unsafe HashingAVX2.hashChunks(chunks, count: count, number: number, into: values)
    }
  #endif
  unsafe hashChunks(chunks, count: count, number: number, into: values)
}

func hashParentsHere(
  _ children: UnsafeRawPointer, _ count: Int, into values: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe HashingAVX512.hashParents(children, count: count, into: values)
    }
    if vectorBytes == 32 {
      return unsafe HashingAVX2.hashParents(children, count: count, into: values)
    }
  #endif
  unsafe hashParents(children, count: count, into: values)
}
