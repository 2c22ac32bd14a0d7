package import Hashing

/// Values one after the other, so that no two lists of values are the same bytes.
extension ContentHasher {
  package mutating func add(_ number: Int) {
    let bits = UInt64(bitPattern: Int64(number))
    add(bytes: (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
  }

  package mutating func add(_ text: String) {
    add(text.utf8.count)
    add(bytes: Array(text.utf8))
  }

  package mutating func add(_ text: String?) {
    add(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  private mutating func add(bytes: [UInt8]) {
    // The array lives as long as its span.
    unsafe update(bytes.span.bytes)
  }
}
