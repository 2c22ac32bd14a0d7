internal import Workloads

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The benchmarks, for `make bench` and `make bench-peers`:
///
///     bench generate DATA SCALE
///     bench run DATA UNMASK ROUNDS
///     bench peers DATA UNMASK ROUNDS PYTHON SCRIPTS
///
/// Falling short is a finding and not an error; a run that fails is one.
@main
enum Bench {
  static func main() {
    do throws(Failure) {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      complain(error.description)
      exit(1)
    }
  }

  private static func run(_ words: [String]) throws(Failure) {
    switch (words.first, words.count) {
    case ("generate", 3): try generate(into: words[1], scale: positive(words[2]), saying: say)
    case ("run", 4):
      try withScratch { scratch throws(Failure) in
        let tool = try Tool(words[2], data: words[1], scratch: scratch)
        try measureProduct(tool, rounds: Int(positive(words[3])))
      }
    case ("peers", 6):
      try withScratch { scratch throws(Failure) in
        let tool = try Tool(words[2], data: words[1], scratch: scratch)
        let peers = Peers(python: words[4], scripts: words[5], tool: tool)
        try peers.measure(rounds: Int(positive(words[3])))
      }
    // The two below run as children of `run`: their memory must not count as that of others.
    case ("bandwidth", 2): say("\(readBandwidth(threads: Int(try positive(words[1]))))")
    case ("floor", 2):
      let floor = try inflateFloor(of: words[1])
      complain(Stages.line([("read", floor.read), ("inflate", floor.inflate)]))
    default:
      throw Failure("generate DATA SCALE, run DATA UNMASK ROUNDS, or peers: see `make bench`")
    }
  }

  private static func measureProduct(_ tool: Tool, rounds: Int) throws(Failure) {
    if !tool.saysTimings { say("no --timings: the rows that need it are not measured") }
    var table = Table()
    for workload in [Workload.labels, .planes, .array, .deepPlanes] {
      try compareReports(workload, tool, into: &table)
    }
    try measureDecoders(.labels, atLeast: 3.6, tool, rounds: rounds, into: &table)
    try measureDecoders(.planes, atLeast: 2.8, tool, rounds: rounds, into: &table)
    try measureArray(tool, rounds: rounds, into: &table)
    try measureDecoders(.deepPlanes, atLeast: 2.2, tool, rounds: rounds, into: &table)
    try measureStart(tool, rounds: rounds, into: &table)
    try measureGrowth(tool, into: &table)
    try measureNights(.labels, bytesAnImage: 3000, tool, rounds: rounds, into: &table)
    try measureNights(.planes, bytesAnImage: 16_000, tool, rounds: rounds, into: &table)
    table.close()
  }

  private static func positive(_ text: String) throws(Failure) -> Double {
    guard let number = Double(text), number > 0, number <= 1000 else {
      throw Failure("'\(text)' is not a number above 0, up to 1000")
    }
    return number
  }

  /// A folder for outputs, in memory where Linux has one, that is gone in the end.
  private static func withScratch(_ body: (String) throws(Failure) -> Void) throws(Failure) {
    let root = Files.isFolder("/dev/shm") ? "/dev/shm" : "/tmp"
    let scratch = "\(root)/unmask-bench-\(getpid())"
    try Files.makeFolder(scratch)
    defer { Files.remove(scratch) }
    try body(scratch)
  }
}
