// What Swift's module of the C library leaves out: two directories that change places at once, and what kind of file
// system a file is on.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <stdio.h>

#if defined(__linux__)
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#else
#include <string.h>
#include <sys/mount.h>
#include <sys/param.h>
#endif

/* Whether a file system notes by itself when a file changed, and takes no time for it from anybody. By linux/magic.h,
   Linux 6.12, and of ZFS its own zfs_vfsops.h: ext2 to 4, XFS, Btrfs, F2FS, bcachefs, ZFS, NFS, and the overlay of containers,
   which has the times of what lies below. */
static inline int unmask_has_own_times(const char *path) {
  struct statfs status;
  if (statfs(path, &status) != 0) return 0;
#if defined(__linux__)
  switch ((unsigned int)status.f_type) {
    case 0xef53u: case 0x58465342u: case 0x9123683eu: case 0xf2f52010u: case 0xca451a4eu: case 0x2fc12fc1u:
    case 0x6969u: case 0x794c7630u:
      return 1;
    default:
      return 0;
  }
#else
  return strcmp(status.f_fstypename, "apfs") == 0 || strcmp(status.f_fstypename, "hfs") == 0 ||
         strcmp(status.f_fstypename, "nfs") == 0;
#endif
}

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
