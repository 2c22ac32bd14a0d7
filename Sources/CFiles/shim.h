// What Swift's module of the C library leaves out: two directories that change places at once.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <stdio.h>

#if defined(__linux__)
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/* Returns 0, or -1 with errno; ENOSYS where the system cannot. */
static inline int unmask_exchange(const char *a, const char *b) {
#if defined(__linux__) && defined(SYS_renameat2)
  /* 2 is RENAME_EXCHANGE. */
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2u);
#elif defined(RENAME_SWAP)
  return renamex_np(a, b, RENAME_SWAP);
#else
  (void)a;
  (void)b;
  errno = ENOSYS;
  return -1;
#endif
}
