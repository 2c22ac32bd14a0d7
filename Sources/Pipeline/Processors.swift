#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How many processors this machine has: as many threads as work at once where nobody says otherwise.
package let processors = max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))
