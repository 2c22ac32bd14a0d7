#include "unmask_lanes.h"

#include <stdlib.h>
#include <string.h>

bool unmask_uses_avx2(void) {
#if defined(__x86_64__)
  const char *wish = getenv("UNMASK_SIMD");
  if (wish && strcmp(wish, "baseline") == 0) return false;
  return __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}
