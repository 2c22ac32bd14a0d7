// What Swift's module of the C library leaves out: how it keeps freed memory.
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

static inline void unmask_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

static inline void unmask_return_freed_memory(void) { malloc_trim(0); }
#else
static inline void unmask_keep_freed_memory(void) {}
static inline void unmask_return_freed_memory(void) {}
#endif
