// What Swift's vectors cannot say in one instruction, for whatever processor the caller is compiled
// for. Clang's vector types are no machine's own: the same lines are SSE, AVX or NEON.

#ifndef UNMASK_LANES_H
#define UNMASK_LANES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef float unmask_floats __attribute__((ext_vector_type(8)));
typedef double unmask_doubles __attribute__((ext_vector_type(8)));
typedef unsigned char unmask_bytes __attribute__((ext_vector_type(8)));
typedef unsigned int unmask_words __attribute__((ext_vector_type(8)));
typedef int unmask_signed_words __attribute__((ext_vector_type(8)));

#define UNMASK_INLINE static inline __attribute__((always_inline))

UNMASK_INLINE unmask_doubles unmask_widened(unmask_floats x) {
  return __builtin_convertvector(x, unmask_doubles);
}

/// Asks for bytes that will be read soon; a place that is no memory does no harm.
UNMASK_INLINE void unmask_prefetch(const void *place) { __builtin_prefetch(place); }

/// All bits set where a byte is not 0.
UNMASK_INLINE unmask_words unmask_where_set(unmask_bytes x) {
  return (unmask_words)__builtin_convertvector(x != 0, unmask_signed_words);
}

/// All bits set where a number is above the limit.
UNMASK_INLINE unmask_words unmask_where_above(unmask_floats x, unmask_floats limit) {
  return (unmask_words)(x > limit);
}

/// NaN stays NaN.
UNMASK_INLINE unmask_floats unmask_at_least(unmask_floats x, unmask_floats low) {
  return low > x ? low : x;
}

/// NaN stays NaN.
UNMASK_INLINE unmask_floats unmask_at_most(unmask_floats x, unmask_floats high) {
  return high < x ? high : x;
}

/// `x` where the mask is set, `y` elsewhere.
UNMASK_INLINE unmask_floats unmask_choice(unmask_words mask, unmask_floats x, unmask_floats y) {
  return (unmask_signed_words)mask ? x : y;
}

/// A bit for each of 16 neighbours in two rows of bytes, the first one lowest: whether the next one
/// differs in either row. Reads 17 bytes of each.
UNMASK_INLINE uint64_t unmask_ends_of_16(const uint8_t *a, const uint8_t *b) {
#if defined(__SSE2__)
  __m128i sameA = _mm_cmpeq_epi8(
      _mm_loadu_si128((const __m128i *)a), _mm_loadu_si128((const __m128i *)(a + 1)));
  __m128i sameB = _mm_cmpeq_epi8(
      _mm_loadu_si128((const __m128i *)b), _mm_loadu_si128((const __m128i *)(b + 1)));
  return (uint64_t)_mm_movemask_epi8(_mm_and_si128(sameA, sameB)) ^ 0xffff;
#else
  uint64_t ends = 0;
  for (int half = 0; half < 16; half += 8) {
    uint64_t here, next, difference;
    memcpy(&here, a + half, 8);
    memcpy(&next, a + half + 1, 8);
    difference = here ^ next;
    memcpy(&here, b + half, 8);
    memcpy(&next, b + half + 1, 8);
    difference |= here ^ next;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    difference = __builtin_bswap64(difference);
#endif
    // The lowest bit of each byte that is not 0; the product gathers the eight in its highest byte.
    const uint64_t low = 0x7f7f7f7f7f7f7f7f;
    uint64_t set = ((((difference & low) + low) | difference) & ~low) >> 7;
    ends |= ((set * 0x0102040810204080) >> 56) << half;
  }
  return ends;
#endif
}

/// The same of 64 neighbours; reads 65 bytes of each.
UNMASK_INLINE uint64_t unmask_ends_of_64(const uint8_t *a, const uint8_t *b) {
  return unmask_ends_of_16(a, b) | unmask_ends_of_16(a + 16, b + 16) << 16 |
         unmask_ends_of_16(a + 32, b + 32) << 32 | unmask_ends_of_16(a + 48, b + 48) << 48;
}

/// Whether the processor has AVX2 and nobody forbade its use: `UNMASK_SIMD=baseline` does.
bool unmask_uses_avx2(void);

#endif
