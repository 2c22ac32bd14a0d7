// What Swift's vectors cannot say in one instruction, for whatever processor the caller is compiled
// for. Clang's vector types are no machine's own: the same lines are SSE, AVX or NEON.

#ifndef UNMASK_LANES_H
#define UNMASK_LANES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

typedef float unmask_floats __attribute__((ext_vector_type(8)));
typedef double unmask_doubles __attribute__((ext_vector_type(8)));
typedef unsigned char unmask_bytes __attribute__((ext_vector_type(8)));
typedef int unmask_words __attribute__((ext_vector_type(8)));
typedef unsigned int unmask_digits __attribute__((ext_vector_type(8)));
typedef unsigned long long unmask_longs __attribute__((ext_vector_type(8)));

#define UNMASK_INLINE static inline __attribute__((always_inline))

UNMASK_INLINE unmask_doubles unmask_widened(unmask_floats x) {
  return __builtin_convertvector(x, unmask_doubles);
}

/// The product of what the lowest 32 bits of two numbers say.
UNMASK_INLINE unmask_longs unmask_product(unmask_longs x, unmask_digits y) {
  return (x & 0xffffffff) * __builtin_convertvector(y, unmask_longs);
}

/// Asks for bytes that will be read soon; a place that is no memory does no harm.
UNMASK_INLINE void unmask_prefetch(const void *place) { __builtin_prefetch(place); }

/// All bits set where a byte is not 0.
UNMASK_INLINE unmask_words unmask_where_set(unmask_bytes x) {
  return __builtin_convertvector(x != 0, unmask_words);
}

/// All bits set where a number is above the limit.
UNMASK_INLINE unmask_words unmask_where_above(unmask_floats x, unmask_floats limit) {
  return x > limit;
}

/// NaN stays NaN.
UNMASK_INLINE unmask_floats unmask_at_least(unmask_floats x, unmask_floats low) {
  return low > x ? low : x;
}

/// NaN stays NaN.
UNMASK_INLINE unmask_floats unmask_at_most(unmask_floats x, unmask_floats high) {
  return high < x ? high : x;
}

UNMASK_INLINE unmask_words unmask_smaller(unmask_words x, unmask_words y) {
  return y < x ? y : x;
}

UNMASK_INLINE unmask_words unmask_larger(unmask_words x, unmask_words y) {
  return y > x ? y : x;
}

/// `x` where the mask is set, `y` elsewhere.
UNMASK_INLINE unmask_floats unmask_choice(unmask_words mask, unmask_floats x, unmask_floats y) {
  return mask ? x : y;
}

#if !defined(__SSE2__)
/// A bit for each of 8 bytes, the first one lowest: whether it is not 0.
UNMASK_INLINE uint64_t unmask_set_of_8(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  // The highest bit of each byte that is not 0; the product gathers the eight in its highest byte.
  const uint64_t low = 0x7f7f7f7f7f7f7f7f;
  uint64_t set = ((((word & low) + low) | word) & ~low) >> 7;
  return (set * 0x0102040810204080) >> 56;
}
#endif

/// A bit for each of 16 bytes, the first one lowest: whether it is not 0.
UNMASK_INLINE uint64_t unmask_set_of_16(const uint8_t *bytes) {
#if defined(__SSE2__)
  __m128i unset = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)bytes), _mm_setzero_si128());
  return (uint64_t)_mm_movemask_epi8(unset) ^ 0xffff;
#else
  return unmask_set_of_8(bytes) | unmask_set_of_8(bytes + 8) << 8;
#endif
}

/// The same of 64 bytes.
UNMASK_INLINE uint64_t unmask_set_of_64(const uint8_t *bytes) {
#if defined(__AVX512BW__)
  __m512i all = _mm512_loadu_si512(bytes);
  return _mm512_test_epi8_mask(all, all);
#else
  return unmask_set_of_16(bytes) | unmask_set_of_16(bytes + 16) << 16 |
         unmask_set_of_16(bytes + 32) << 32 | unmask_set_of_16(bytes + 48) << 48;
#endif
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
  uint8_t differences[16];
  for (int index = 0; index < 16; index++) {
    differences[index] = (a[index] ^ a[index + 1]) | (b[index] ^ b[index + 1]);
  }
  return unmask_set_of_16(differences);
#endif
}

/// The same of 64 neighbours; reads 65 bytes of each.
UNMASK_INLINE uint64_t unmask_ends_of_64(const uint8_t *a, const uint8_t *b) {
#if defined(__AVX512BW__)
  __mmask64 differA = _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(a), _mm512_loadu_si512(a + 1));
  __mmask64 differB = _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(b), _mm512_loadu_si512(b + 1));
  return differA | differB;
#else
  return unmask_ends_of_16(a, b) | unmask_ends_of_16(a + 16, b + 16) << 16 |
         unmask_ends_of_16(a + 32, b + 32) << 32 | unmask_ends_of_16(a + 48, b + 48) << 48;
#endif
}

/// The widest vectors that the processor has and nobody forbade, in bytes: 64 with AVX-512, 32 with
/// AVX2, otherwise 16. `UNMASK_SIMD=avx2` forbids the first, `UNMASK_SIMD=baseline` both.
int unmask_vector_bytes(void);

#endif
