package import Core

// What can be said of a plane of bytes at a glance. Sixteen pixels are looked at together, and
// those that are like the sixteen before them are passed over: in masks and label maps, most are.

extension Plane {
  /// For each byte whether a pixel has it, of elements b1 and u1 only.
  package var occurringBytes: [Bool] {
    var occurs = [Bool](repeating: false, count: 256)
    var part = [UInt8](repeating: 0, count: 4096)
    for first in stride(from: 0, to: pixels, by: part.count) {
      let run = first..<min(first + part.count, pixels)
      var target = part.mutableSpan
      load(run, into: &target)
      note(part.span.extracting(first: run.count), in: &occurs)
    }
    return occurs
  }

  private func note(_ bytes: Span<UInt8>, in occurs: inout [Bool]) {
    let parts = bytes.count / 16
    let raw = unsafe bytes.bytes
    var before = ByteVector()
    for index in 0..<parts {
      let part = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &* 16, as: ByteVector.self)
      if index > 0, (part ^ before).isZero { continue }
      before = part
      for byte in index * 16..<index * 16 + 16 { occurs[Int(bytes[byte])] = true }
    }
    for byte in parts * 16..<bytes.count { occurs[Int(bytes[byte])] = true }
  }
}
