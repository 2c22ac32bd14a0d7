#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How many processors this machine has, which is the default number of threads.
package let processors = max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))
