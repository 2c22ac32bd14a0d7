internal import Workloads

/// A workload of PNG files: our own decoder against libpng's in the same program, what is spent
/// after decoding, and the floors under both.
func measureDecoders(
  _ workload: Workload, atLeast bound: Double, _ tool: Tool, rounds: Int, into table: inout Table
) throws(Failure) {
  let name = workload.rawValue
  let pair = try Pair(
    { () throws(Failure) in try tool.run(name) },
    { () throws(Failure) in try tool.run(name, decoder: "libpng") }, rounds: rounds)
  table.add(pair.row("\(name)/libpng cpu", \.cpu, atLeast: bound))
  table.add(pair.row("\(name)/libpng wall", \.wall))
  let later = pair.first.compactMap(\.shareAfterDecoding)
  let hasLimit = workload == .labels || workload == .planes
  table.add(
    Row(
      name: "share \(name) after decoding", value: later.isEmpty ? nil : later.median,
      bound: hasLimit ? .atMost(0.25) : .none, detail: pair.first.stagesInWords))
  table.add(
    Row(
      name: "memory \(name)", value: pair.first.map { megabytes($0.peak) }.median, unit: "MB",
      bound: workload == .labels ? .atMost(300) : .none, detail: "2 jobs"))
  let floor = try Child(
    command: [CommandLine.arguments[0], "floor", "\(tool.data)/\(name)"],
    folder: "\(tool.scratch)/floor"
  ).run()
  let cpu = pair.first.map(\.cpu).median
  for part in ["read", "inflate"] {
    let seconds = floor.stages[part]
    table.add(
      Row(
        name: "floor \(name) \(part) only", value: seconds, unit: "s",
        detail: "one thread, of \(cpu.figures) s that the whole diagnosis takes"))
  }
}

func megabytes(_ bytes: Int) -> Double { Double(bytes) / 1e6 }

extension Cost {
  /// What measuring, keeping, diagnosing and reporting take of all CPU seconds of the process.
  var shareAfterDecoding: Double? {
    guard stages["decode"] != nil else { return nil }
    return stages.filter { $0.key != "decode" }.values.reduce(0, +) / cpu
  }
}

extension [Cost] {
  /// The medians of what the stages took, the longest first.
  var stagesInWords: String {
    let names = Set(flatMap(\.stages.keys))
    return names.map { name in (name, compactMap { $0.stages[name] }.median) }
      .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
      .map { "\($0.0) \($0.1.figures) s" }.joined(separator: ", ")
  }
}
