internal import Workloads

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What one finished process cost.
struct Cost {
  /// Seconds, by the monotonic clock.
  var wall: Double
  /// Seconds of user and system together, of all threads.
  var cpu: Double
  /// The most memory that was resident at once, in bytes.
  ///
  /// Linux keeps the peak of the memory that a process gave up when it executed another program, so
  /// no child can have less than this process; that is why this program stays small and measures
  /// bandwidths in children.
  var peak: Int
  /// What the process itself said it had spent, in seconds by the name of the stage.
  var stages: [String: Double] = [:]
}

/// A command that is run to its end, with its output kept in files.
struct Child {
  var command: [String]
  /// Where `stdout` and `stderr` are written.
  var folder: String

  /// The command's cost; one that fails is an error of the benchmark.
  func run() throws(Failure) -> Cost {
    try Files.makeFolder(folder)
    let start = seconds()
    let (status, usage) = try wait(for: spawn())
    let wall = seconds() - start
    guard status == 0 else {
      throw Failure("\(command.joined(separator: " ")) ended with \(status)\n\(try errors())")
    }
    return Cost(
      wall: wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      // Linux counts in KiB, macOS in bytes.
      peak: usage.ru_maxrss * (isLinux ? 1024 : 1), stages: Stages.parse(try errors()))
  }

  func output() throws(Failure) -> String { try Files.text("\(folder)/stdout") }

  func errors() throws(Failure) -> String { try Files.text("\(folder)/stderr") }

  private func spawn() throws(Failure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (number, name) in [(1, "stdout"), (2, "stderr")] {
      unsafe posix_spawn_file_actions_addopen(
        &actions, Int32(number), "\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    var process: pid_t = 0
    let verdict = unsafe withCStrings(command) { arguments in
      unsafe withCStrings(environment) { environment in
        unsafe posix_spawnp(&process, command[0], &actions, nil, arguments, environment)
      }
    }
    guard verdict == 0 else {
      throw Failure("cannot start \(command[0]): \(unsafe String(cString: strerror(verdict)))")
    }
    return process
  }

  /// The code of a process that ended, or 128 and the signal that ended it.
  private func wait(for process: pid_t) throws(Failure) -> (status: Int32, usage: rusage) {
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw Failure("lost sight of \(command[0])") }
    }
    let signal = status & 0x7f
    return (signal == 0 ? status >> 8 & 0xff : 128 + signal, usage)
  }

  /// The same for every run, whatever the shell of the day has set: numeric libraries use one thread.
  private var environment: [String] {
    let inherited = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"].compactMap { name -> String? in
      guard let value = unsafe getenv(name) else { return nil }
      return "\(name)=\(unsafe String(cString: value))"
    }
    return inherited + ["LC_ALL=C.UTF-8", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1"]
      + ["MKL_NUM_THREADS=1"]
  }
}

#if os(Linux)
  private let isLinux = true
#else
  private let isLinux = false
#endif

/// Seconds since some moment, which never go back.
func seconds() -> Double {
  var now = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// Seconds that this thread has computed.
func threadSeconds() -> Double {
  var now = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

private func seconds(_ time: timeval) -> Double {
  Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
}

/// C's list of strings, for as long as `body` runs.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: strings.count + 1)
  defer { unsafe list.deallocate() }
  for (index, string) in strings.enumerated() {
    unsafe (list + index).initialize(to: strdup(string))
  }
  unsafe (list + strings.count).initialize(to: nil)
  defer { for index in strings.indices { unsafe free(list[index]) } }
  return unsafe body(list)
}
