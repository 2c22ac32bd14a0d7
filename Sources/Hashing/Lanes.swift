/// A word of a message: without wide vectors, one message at a time is about as fast as four.
typealias Words = UInt32

extension UInt32 {
  @inline(__always)
  init(repeating word: UInt32) { self = word }
}

@inline(__always)
func rotated(_ x: Words, right count: UInt32) -> Words {
  x &>> Words(repeating: count) | x &<< Words(repeating: 32 &- count)
}
