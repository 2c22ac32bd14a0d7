#include "unmask_lanes.h"

#include <stdlib.h>
#include <string.h>

int unmask_vector_bytes(void) {
#if defined(__x86_64__)
  const char *wish = getenv("UNMASK_SIMD");
  if (wish && strcmp(wish, "baseline") == 0) return 16;
  if (!__builtin_cpu_supports("avx2")) return 16;
  if (wish && strcmp(wish, "avx2") == 0) return 32;
  // The parts that x86-64-v4 is made of.
  bool has512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512vl");
  return has512 ? 64 : 32;
#else
  return 16;
#endif
}
