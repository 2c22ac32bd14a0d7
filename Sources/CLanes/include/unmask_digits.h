// Whole numbers of 32 bits, 8 or 16 at once: what Swift's vectors could only say number by number, in
// hundreds of instructions.

#ifndef UNMASK_DIGITS_H
#define UNMASK_DIGITS_H

#include "unmask_lanes.h"

typedef unsigned int unmask_16_digits __attribute__((ext_vector_type(16)));

/// The first halves of two vectors, interleaved.
UNMASK_INLINE unmask_digits unmask_first_halves(unmask_digits x, unmask_digits y) {
  return __builtin_shufflevector(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
}

/// The last halves of two vectors, interleaved.
UNMASK_INLINE unmask_digits unmask_last_halves(unmask_digits x, unmask_digits y) {
  return __builtin_shufflevector(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
}

/// The bits moved to the right by `count`, from 1 to 31; those that fall out come in on the left.
UNMASK_INLINE unmask_digits unmask_rotated(unmask_digits x, unsigned int count) {
  return x >> count | x << (32 - count);
}

UNMASK_INLINE unmask_16_digits unmask_first_halves_of_16(unmask_16_digits x, unmask_16_digits y) {
  return __builtin_shufflevector(
      x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

UNMASK_INLINE unmask_16_digits unmask_last_halves_of_16(unmask_16_digits x, unmask_16_digits y) {
  return __builtin_shufflevector(
      x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

UNMASK_INLINE unmask_16_digits unmask_rotated_16(unmask_16_digits x, unsigned int count) {
  return x >> count | x << (32 - count);
}

#endif
