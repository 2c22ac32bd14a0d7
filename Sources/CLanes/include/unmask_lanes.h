// What Swift's vectors cannot say in one instruction, for whatever processor the caller is compiled
// for. Clang's vector types are no machine's own: the same lines are SSE, AVX or NEON.

#ifndef UNMASK_LANES_H
#define UNMASK_LANES_H

#include <stdbool.h>

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

/// Whether the processor has AVX2 and nobody forbade its use: `UNMASK_SIMD=baseline` does.
bool unmask_uses_avx2(void);

#endif
