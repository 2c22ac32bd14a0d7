#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A line for the reader, at once even into a file: a run takes minutes.
func say(_ line: String) {
  print(line)
  fflush(nil)
}

/// A line for the one who started the program.
func complain(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  unsafe _ = bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
