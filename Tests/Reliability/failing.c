/* Makes a call of the C library fail, once or for a while: a library to preload into the program under test.

   Only calls on files below one directory count, so that the loader and the system's own files are left alone. An open
   file is what the system says it is, whoever opened it.

     FAIL_BELOW   the directory, without links, from the root
     FAIL_CALL    open read write sync rename close map unlink mkdir link truncate list stat mode lock, or any
     FAIL_AT      the number of the call, from 1
     FAIL_TIMES   how many calls from there on (1)
     FAIL_AS      an errno, or 0: a read or write of a part of what was asked for
     FAIL_SIGNAL  instead: this signal is raised before the call
     FAIL_ROOM    instead: so many bytes can be written, and then the disk is full
     FAIL_NOTE    gets a line for each call that was hit */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))

static const char *below, *wanted, *note;
static long first, times, code, number, room;
static atomic_long calls, written;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static long setting(const char *name, long usual) { return getenv(name) ? atol(getenv(name)) : usual; }

__attribute__((constructor)) static void prepare(void) {
  below = getenv("FAIL_BELOW");
  wanted = getenv("FAIL_CALL");
  note = getenv("FAIL_NOTE");
  first = setting("FAIL_AT", 0), times = setting("FAIL_TIMES", 1);
  code = setting("FAIL_AS", EIO), number = setting("FAIL_SIGNAL", 0);
  room = setting("FAIL_ROOM", -1);
}

static void tell(const char *kind, const char *path) {
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%s %s\n", kind, path);
  int kept = errno;
  /* Not by the calls of this file. */
  long file = note ? REAL(syscall)(SYS_openat, AT_FDCWD, note, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
  if (file >= 0) {
    REAL(syscall)(SYS_write, file, line, (long)length);
    REAL(syscall)(SYS_close, file);
  }
  errno = kept;
}

static int lies_below(const char *path) {
  size_t length = below ? strlen(below) : 0;
  return length && !strncmp(path, below, length) && (path[length] == '/' || !path[length]);
}

static int file_below(int file, char path[PATH_MAX]) {
  char name[64];
  int kept = errno;
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  long length = REAL(syscall)(SYS_readlinkat, AT_FDCWD, name, path, PATH_MAX - 1);
  errno = kept;
  path[length > 0 ? length : 0] = 0;
  return lies_below(path);
}

static int path_below(int directory, const char *name, char path[PATH_MAX]) {
  char start[PATH_MAX] = "";
  if (!below || !name) return 0;
  if (*name == '/') return snprintf(path, PATH_MAX, "%s", name) < PATH_MAX && lies_below(path);
  if (directory == AT_FDCWD ? !getcwd(start, sizeof start) : (file_below(directory, start), !*start)) return 0;
  return snprintf(path, PATH_MAX, "%s/%s", start, name) < PATH_MAX && lies_below(path);
}

/* Whether it is this call's turn; `errno` is then set. */
static int hit(const char *kind, const char *path) {
  if (!wanted || (strcmp(wanted, "any") && strcmp(wanted, kind))) return 0;
  long turn = atomic_fetch_add(&calls, 1) + 1;
  if (turn < first || turn >= first + times) return 0;
  /* A program that asks for ever would fill the disk. */
  if (turn < first + 10000) tell(kind, path);
  if (number) {
    kill(getpid(), (int)number);
    return 0;
  }
  errno = (int)code;
  return 1;
}

#define IF_HIT(counts, kind, failed)                       \
  do {                                                     \
    char at_[PATH_MAX];                                    \
    if (code && (counts) && hit(kind, at_)) return failed; \
  } while (0)
#define PATH(kind, directory, name, failed) IF_HIT(path_below(directory, name, at_), kind, failed)
#define OPENED(kind, file, failed) IF_HIT(file_below(file, at_), kind, failed)

/* MARK: names */

#define OPENS(name, at, parameters, ...)          \
  int name parameters {                           \
    va_list rest;                                 \
    va_start(rest, flags);                        \
    int mode = va_arg(rest, int);                 \
    va_end(rest);                                 \
    PATH("open", at, path, -1);                   \
    return REAL(name)(__VA_ARGS__, flags, mode);  \
  }
OPENS(open, AT_FDCWD, (const char *path, int flags, ...), path)
OPENS(open64, AT_FDCWD, (const char *path, int flags, ...), path)
OPENS(openat, d, (int d, const char *path, int flags, ...), d, path)

/* What fails is said by -1, or by nothing where a pointer is asked for. */
#define NAMES(kind, result, failed, name, parameters, ...) \
  result name parameters {                                 \
    PATH(kind, AT_FDCWD, a, failed);                       \
    return REAL(name)(__VA_ARGS__);                        \
  }
NAMES("rename", int, -1, rename, (const char *a, const char *b), a, b)
NAMES("unlink", int, -1, unlink, (const char *a), a)
NAMES("unlink", int, -1, rmdir, (const char *a), a)
NAMES("mkdir", int, -1, mkdir, (const char *a, mode_t b), a, b)
NAMES("mkdir", char *, NULL, mkdtemp, (char *a), a)
NAMES("link", int, -1, link, (const char *a, const char *b), a, b)
NAMES("list", DIR *, NULL, opendir, (const char *a), a)
NAMES("stat", int, -1, stat, (const char *restrict a, struct stat *restrict b), a, b)
NAMES("stat", int, -1, lstat, (const char *restrict a, struct stat *restrict b), a, b)
NAMES("stat", int, -1, stat64, (const char *restrict a, struct stat64 *restrict b), a, b)
NAMES("stat", int, -1, lstat64, (const char *restrict a, struct stat64 *restrict b), a, b)
NAMES("stat", int, -1, access, (const char *a, int b), a, b)
NAMES("stat", char *, NULL, realpath, (const char *restrict a, char *restrict b), a, b)
NAMES("mode", int, -1, chmod, (const char *a, mode_t b), a, b)

int fstatat(int d, const char *restrict a, struct stat *restrict b, int flags) {
  PATH("stat", d, a, -1);
  return REAL(fstatat)(d, a, b, flags);
}
/* Two directories that change places, for which C has no other name everywhere. */
long syscall(long which, ...) {
  long a[6];
  va_list rest;
  va_start(rest, which);
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  if (which == SYS_renameat2) PATH("rename", (int)a[0], (const char *)a[1], -1);
  return REAL(syscall)(which, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* MARK: open files */

#define FILES(kind, name, parameters, ...) \
  int name parameters {                    \
    OPENED(kind, a, -1);                   \
    return REAL(name)(__VA_ARGS__);        \
  }
FILES("sync", fsync, (int a), a)
FILES("sync", fdatasync, (int a), a)
FILES("truncate", ftruncate, (int a, off_t b), a, b)
FILES("truncate", ftruncate64, (int a, off64_t b), a, b)
FILES("stat", fstat, (int a, struct stat *b), a, b)
FILES("stat", fstat64, (int a, struct stat64 *b), a, b)
FILES("mode", fchmod, (int a, mode_t b), a, b)
FILES("lock", flock, (int a, int b), a, b)

struct dirent *readdir(DIR *directory) {
  OPENED("list", dirfd(directory), NULL);
  return REAL(readdir)(directory);
}

#define MAPS(name, offset)                                                          \
  void *name(void *place, size_t size, int rights, int flags, int file, offset o) { \
    if (file >= 0) OPENED("map", file, MAP_FAILED);                                 \
    return REAL(name)(place, size, rights, flags, file, o);                         \
  }
MAPS(mmap, off_t) MAPS(mmap64, off64_t)

#define CONTROLS(name)                            \
  int name(int file, int what, ...) {             \
    va_list rest;                                 \
    va_start(rest, what);                         \
    void *value = va_arg(rest, void *);           \
    va_end(rest);                                 \
    if (what == F_SETLK || what == F_SETLKW) OPENED("lock", file, -1); \
    return REAL(name)(file, what, value);         \
  }
CONTROLS(fcntl) CONTROLS(fcntl64)

/* Whatever is said, the file is closed: so does Linux. */
int close(int file) {
  char path[PATH_MAX];
  int counts = code && file_below(file, path);
  if (counts && number) counts = hit("close", path);
  int result = REAL(close)(file);
  return counts && !number && hit("close", path) ? -1 : result;
}

/* MARK: bytes */

/* A part is what was read, without its second half. */
#define READS(name, parameters, arguments, back)                               \
  ssize_t name parameters {                                                    \
    char path[PATH_MAX];                                                       \
    OPENED("read", a, -1);                                                     \
    ssize_t count = REAL(name) arguments;                                      \
    if (code || count < 2 || !file_below(a, path) || !hit("read", path)) return count; \
    ssize_t half = (count + 1) / 2;                                            \
    back;                                                                      \
    return half;                                                               \
  }
READS(read, (int a, void *b, size_t c), (a, b, c), lseek(a, half - count, SEEK_CUR))
READS(pread, (int a, void *b, size_t c, off_t d), (a, b, c, d), (void)0)
READS(pread64, (int a, void *b, size_t c, off64_t d), (a, b, c, d), (void)0)

/* How many of so many bytes a write takes; -1 where it fails. */
static ssize_t taken(int file, size_t count) {
  char path[PATH_MAX];
  if (!count || !file_below(file, path)) return (ssize_t)count;
  if (room >= 0) {
    long left = room - atomic_fetch_add(&written, (long)count);
    if (left >= (long)count) return (ssize_t)count;
    tell("write", path);
    errno = ENOSPC;
    return left > 0 ? left : -1;
  }
  if (code) return hit("write", path) ? -1 : (ssize_t)count;
  return count > 1 && hit("write", path) ? (ssize_t)(count / 2) : (ssize_t)count;
}

#define WRITES(name, parameters, ...)            \
  ssize_t name parameters {                      \
    ssize_t count = taken(a, c);                 \
    return count < 0 ? -1 : REAL(name)(__VA_ARGS__); \
  }
WRITES(write, (int a, const void *b, size_t c), a, b, (size_t)count)
WRITES(pwrite, (int a, const void *b, size_t c, off_t d), a, b, (size_t)count, d)
WRITES(pwrite64, (int a, const void *b, size_t c, off64_t d), a, b, (size_t)count, d)
