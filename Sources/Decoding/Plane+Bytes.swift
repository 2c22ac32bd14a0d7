internal import CLanes
internal import Core
package import Raster

// Quick looks at a plane of bytes: where neighbours are equal, as most are in masks and label maps,
// one of them stands for all.

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

  /// Whether no pixel is more than 1, of elements b1 and u1 only.
  package var holdsOnlyBits: Bool {
    var room = [UInt8](repeating: 0, count: 1 << 16)
    for first in stride(from: 0, to: pixels, by: room.count) {
      var bits: UInt8 = 0
      withBytes(first..<min(first + room.count, pixels), loadedInto: &room) { bytes in
        for index in bytes.indices { bits |= bytes[index] }
      }
      if bits > 1 { return false }
    }
    return true
  }

  /// Notes the bytes that a run of equal ones ends with.
  private func note(_ bytes: Span<UInt8>, in occurs: inout [Bool]) {
    var occurs = occurs.mutableSpan
    var index = 0
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      while index &+ 65 <= bytes.count {
        var ends = unsafe unmask_ends_of_64(start + index, start + index)
        while ends != 0 {
          unsafe occurs[Int(start[index &+ ends.trailingZeroBitCount])] = true
          ends &= ends &- 1
        }
        index &+= 64
      }
    }
    for index in index..<bytes.count { occurs[Int(bytes[index])] = true }
  }
}
