import Foundation
import Testing

/// A program that a test starts and waits for.
///
/// Foundation's `Process` is not used: before it starts a program it copies all 256 bytes of each
/// directory entry of /proc/self/fd, and reads beyond the buffer where the last entry is a short one
/// (swift-corelibs-foundation of Swift 6.3.1). Where the page after the buffer is unmapped, all tests
/// end with it.
struct Child {
  var program: String
  var arguments: [String]
  var directory: URL
  /// What it adds to the environment of the tests.
  var environment: [String: String] = [:]
  /// Where it writes, instead of nowhere.
  var stdout: URL?
  var stderr: URL?

  /// The exit code of `python3` with these arguments.
  static func python(_ arguments: [String], in directory: URL) throws -> Int32 {
    try Child(
      program: "/usr/bin/env", arguments: ["python3", "-B"] + arguments, directory: directory
    )
    .run(seconds: 300)
  }

  /// Runs it to its end.
  ///
  /// - Returns: its exit code, or 128 and the signal that ended it.
  /// - Throws: it cannot be started.
  func run(seconds: Double) throws -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    for (descriptor, file) in [(STDOUT_FILENO, stdout), (STDERR_FILENO, stderr)] {
      unsafe posix_spawn_file_actions_addopen(
        &actions, descriptor, file?.path(percentEncoded: false) ?? "/dev/null",
        O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    // The shell goes to the directory and becomes the program.
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\""]
    let words = shell + [directory.path(percentEncoded: false), program] + arguments
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var process = pid_t()
    let failure = unsafe withPointers(words) { words in
      unsafe withPointers(variables.map { "\($0)=\($1)" }) { variables in
        unsafe posix_spawn(&process, shell[0], &actions, nil, words, variables)
      }
    }
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
    return wait(for: process, seconds: seconds)
  }

  private func wait(for process: pid_t, seconds: Double) -> Int32 {
    var status: Int32 = 0
    let start = ContinuousClock.now
    while unsafe waitpid(process, &status, WNOHANG) == 0 {
      if ContinuousClock.now - start > .seconds(seconds) {
        Issue.record(
          "\(program) \(arguments.joined(separator: " ")) ran for more than \(seconds) s")
        kill(process, SIGKILL)
        unsafe waitpid(process, &status, 0)
        break
      }
      usleep(500)
    }
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  /// Shows `body` the strings as C has them, with a null pointer behind the last.
  private func withPointers(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let pointers = unsafe strings.map { unsafe strdup($0) }
    defer {
      for index in unsafe pointers.indices { unsafe free(pointers[index]) }
    }
    return unsafe body(pointers + [nil])
  }
}
