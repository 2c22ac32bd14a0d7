/// Fills `target` with what PackBits says (TIFF 6.0, section 9): a byte n from 0 to 127 and n + 1 bytes as they are, or a
/// byte -n and a byte that stands for n + 1 of its kind; -128 says nothing. False where it says too little.
func unpackBits(
  _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
) -> Bool {
  var read = 0
  var written = 0
  while written < target.count {
    guard read < source.count else { return false }
    let head = Int8(bitPattern: unsafe source[read])
    read += 1
    if head >= 0 {
      // A run that goes beyond a strip is cut there.
      let count = min(Int(head) + 1, target.count - written)
      guard count <= source.count - read else { return false }
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[written..<written + count])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[read..<read + count]))
      read += count
      written += count
    } else if head != -128 {
      guard read < source.count else { return false }
      let count = min(1 - Int(head), target.count - written)
      let byte = unsafe source[read]
      for index in written..<written + count { unsafe target[index] = byte }
      read += 1
      written += count
    }
  }
  return true
}
