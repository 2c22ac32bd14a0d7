package import Core

// What can be said of a plane of bytes at a glance. Sixteen pixels are looked at together, and
// those that are like the sixteen before them are passed over: in masks and label maps, most are.

extension Plane {
  /// For each byte whether a pixel has it, of elements b1 and u1 only.
  package var occurringBytes: [Bool] {
    var occurs = [Bool](repeating: false, count: 256)
    var room = [UInt8](repeating: 0, count: 1 << 16)
    for first in stride(from: 0, to: pixels, by: room.count) {
      withBytes(first..<min(first + room.count, pixels), loadedInto: &room) { bytes in
        note(bytes, in: &occurs)
      }
    }
    return occurs
  }

  private func note(_ bytes: Span<UInt8>, in occurs: inout [Bool]) {
    guard let first = bytes.indices.first.map({ bytes[$0] }) else { return }
    var occurs = occurs.mutableSpan
    occurs[Int(first)] = true
    var before = ByteVector(repeating: first)
    let raw = unsafe bytes.bytes
    let parts = bytes.count / 16
    // Most often nothing changes within 64 pixels.
    for start in stride(from: 0, to: parts - 3, by: 4) {
      let (a, b) = (raw.part(start), raw.part(start &+ 1))
      let (c, d) = (raw.part(start &+ 2), raw.part(start &+ 3))
      if (((a ^ before) | (b ^ before)) | ((c ^ before) | (d ^ before))).isZero { continue }
      a.note(unlike: &before, in: &occurs)
      b.note(unlike: &before, in: &occurs)
      c.note(unlike: &before, in: &occurs)
      d.note(unlike: &before, in: &occurs)
    }
    for byte in (parts / 4 * 64)..<bytes.count { occurs[Int(bytes[byte])] = true }
  }
}

extension RawSpan {
  @inline(__always)
  fileprivate func part(_ index: Int) -> ByteVector {
    unsafe unsafeLoadUnaligned(fromByteOffset: index &* 16, as: ByteVector.self)
  }
}

extension ByteVector {
  /// Notes the bytes where they are not those of `last`, and becomes it.
  @inline(__always)
  fileprivate func note(unlike last: inout ByteVector, in occurs: inout MutableSpan<Bool>) {
    if (self ^ last).isZero { return }
    last = self
    occurs[Int(self[0])] = true
    if (self ^ ByteVector(repeating: self[0])).isZero { return }
    for byte in 1..<16 { occurs[Int(self[byte])] = true }
  }
}
