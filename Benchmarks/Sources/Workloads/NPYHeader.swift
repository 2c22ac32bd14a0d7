/// What stands before the numbers of an NPY file of version 1 (numpy.lib.format).
func npyHeader(_ type: String, shape: [Int]) -> [UInt8] {
  let sizes = shape.map { "\($0), " }.joined()
  let dictionary = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
  // Magic, version and length take 10 bytes, and the numbers begin at a multiple of 64.
  let blanks = 63 - (10 + dictionary.utf8.count) % 64
  let text = dictionary + String(repeating: " ", count: blanks) + "\n"
  return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count & 255)]
    + [UInt8(text.utf8.count >> 8)] + Array(text.utf8)
}
