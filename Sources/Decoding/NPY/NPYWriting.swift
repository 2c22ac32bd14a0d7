extension [Float] {
  /// An NPY file of these numbers, in row-major order of `shape`: what `np.save` writes for a
  /// float32 array (NumPy, `numpy.lib.format`, version 1.0). The product of `shape` is their count.
  package func npy(shape: [Int]) -> [UInt8] {
    precondition(shape.reduce(1, *) == count, "as many numbers as the shape has places")
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': \(tuple(shape)), }"
    // Magic, version and the header's length take 10 bytes; the numbers begin at a multiple of 64.
    let blanks = 63 - (10 + dictionary.utf8.count) % 64
    let header = dictionary + String(repeating: " ", count: blanks) + "\n"
    var bytes = NPYHeader.magic + [1, 0]
    bytes.reserveCapacity(10 + header.utf8.count + count * 4)
    bytes += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    bytes += header.utf8
    for number in self {
      let bits = number.bitPattern
      for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    return bytes
  }
}
