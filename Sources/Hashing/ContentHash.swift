/// What bytes hash to: 32 bytes that no other content has, by BLAKE3 (https://c2sp.org/BLAKE3) in its
/// mode without a key.
package struct ContentHash: Hashable, Sendable {
  private let value: Value

  init(_ value: Value) { self.value = value }

  /// Of bytes that are there as a whole.
  package init(of bytes: RawSpan) {
    var hasher = ContentHasher()
    hasher.update(bytes)
    self = hasher.finished()
  }

  /// 32 of them, in the order of the specification.
  package var bytes: [UInt8] {
    value.indices.flatMap { index in
      (0..<4).map { UInt8(truncatingIfNeeded: value[index] >> (8 * $0)) }
    }
  }
}

extension ContentHash: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
