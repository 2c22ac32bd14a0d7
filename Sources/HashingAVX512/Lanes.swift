internal import CLanes

/// The same word of 16 messages, as many as a vector of a processor with AVX-512 holds.
typealias Words = SIMD16<UInt32>

/// The first half of `x` and of `y`, interleaved.
@inline(__always)
func firstHalves(_ x: Words, _ y: Words) -> Words { unmask_first_halves_of_16(x, y) }

@inline(__always)
func lastHalves(_ x: Words, _ y: Words) -> Words { unmask_last_halves_of_16(x, y) }

@inline(__always)
func rotated(_ x: Words, right count: UInt32) -> Words { unmask_rotated_16(x, count) }
