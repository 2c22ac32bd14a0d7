/// A short name of some bytes: the same bytes always have the same one, other bytes hardly ever.
///
/// FNV-1a (Fowler, Noll and Vo; 64 bits, offset 0xcbf29ce484222325, prime 0x100000001b3). It guards
/// against mistakes, not against someone who wants two files to look alike.
package struct Digest: Hashable, Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package init(of bytes: some Sequence<UInt8>) { add(bytes) }

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
}

extension Digest: CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
