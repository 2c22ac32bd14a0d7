internal import Pages

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What standard output can show; `nil` where nobody watches it.
///
/// As bixense.com/clicolors and no-color.org have it: `NO_COLOR` takes colours away, also where
/// `CLICOLOR_FORCE` asks for them.
func watchedTerminal() -> TerminalStyle? {
  func isSet(_ name: String) -> Bool { variable(name).map { !$0.isEmpty && $0 != "0" } ?? false }
  let isForced = isSet("CLICOLOR_FORCE") || isSet("FORCE_COLOR")
  let isTerminal = isatty(STDOUT_FILENO) == 1 && variable("TERM") != "dumb"
  guard isTerminal || isForced else { return nil }
  let isPlain = variable("NO_COLOR").map { !$0.isEmpty } ?? false
  return TerminalStyle(width: terminalWidth, hasColor: !isPlain, hasUnicode: isUTF8)
}

private var terminalWidth: Int {
  var size = winsize()
  if unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
    return Int(size.ws_col)
  }
  return variable("COLUMNS").flatMap { Int($0) }.map { min(1000, max(20, $0)) } ?? 100
}

/// Which of three variables decides the locale of characters, as POSIX has it.
private var isUTF8: Bool {
  let locale =
    ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variable($0) }
    .first { !$0.isEmpty } ?? ""
  let name = locale.lowercased()
  return name.contains("utf-8") || name.contains("utf8")
}
