internal import CLanes

/// The same word of 8 messages, as many as a vector of a processor with AVX2 holds.
typealias Words = SIMD8<UInt32>

/// The first half of `x` and of `y`, interleaved.
@inline(__always)
func firstHalves(_ x: Words, _ y: Words) -> Words { unmask_first_halves(x, y) }

@inline(__always)
func lastHalves(_ x: Words, _ y: Words) -> Words { unmask_last_halves(x, y) }

@inline(__always)
func rotated(_ x: Words, right count: UInt32) -> Words { unmask_rotated(x, count) }
