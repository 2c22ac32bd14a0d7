/// An input taken apart from the front, for targets that build what they read. Behind its end are zeros.
package struct Draws {
  package private(set) var rest: ArraySlice<UInt8>

  package init(_ input: [UInt8]) { rest = input[...] }

  package mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  package mutating func number(_ range: ClosedRange<Int>) -> Int {
    var number = Int(byte())
    if range.count > 256 { number += Int(byte()) << 8 }
    return range.lowerBound + number % range.count
  }

  package mutating func bytes(_ count: Int) -> [UInt8] {
    let part = rest.prefix(count)
    rest.removeFirst(part.count)
    return Array(part)
  }
}
