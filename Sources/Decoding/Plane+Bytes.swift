package import Core

// What can be said of a plane of bytes at a glance. Eight pixels are looked at together, and those
// that are like the eight before them are passed over: in masks and label maps, most are.

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
    var before: UInt64?
    let words = bytes.count / 8
    let raw = unsafe bytes.bytes
    for index in 0..<words {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      if word == before { continue }
      before = word
      for byte in index * 8..<index * 8 + 8 { occurs[Int(bytes[byte])] = true }
    }
    for byte in words * 8..<bytes.count { occurs[Int(bytes[byte])] = true }
  }
}
