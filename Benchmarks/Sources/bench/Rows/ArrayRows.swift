internal import Workloads

/// The array workload, whose limit is the memory: both files have to be read once.
func measureArray(_ tool: Tool, rounds: Int, into table: inout Table) throws(Failure) {
  let name = Workload.array.rawValue
  let folder = "\(tool.data)/\(name)"
  var bytes = 0.0
  for file in ["predictions.npy", "truth.npy"] {
    bytes += Double(try Files.size(of: "\(folder)/\(file)"))
  }
  for threads in [1, 2] {
    var speeds: [Double] = []
    var costs: [Cost] = []
    for _ in 0..<rounds {
      speeds.append(try bandwidth(threads, tool))
      costs.append(try tool.run(name, jobs: threads))
    }
    let counting = costs.compactMap { $0.stages["measure"] }
    // The stage is CPU seconds of all workers, which work at the same time.
    let speed = counting.isEmpty ? nil : bytes / (counting.median / Double(threads))
    let jobs = threads == 1 ? "1 job" : "2 jobs"
    table.add(
      Row(
        name: "floor \(name) bandwidth, \(threads) thread\(threads == 1 ? "" : "s")",
        value: speeds.median / 1e9, unit: "GB/s"))
    table.add(
      Row(
        name: "share \(name) measure/bandwidth, \(jobs)",
        value: speed.map { $0 / speeds.median }, bound: threads == 2 ? .atLeast(0.6) : .none,
        detail: costs.stagesInWords))
    for (what, cost) in [("cpu", \Cost.cpu), ("wall", \Cost.wall)] {
      table.add(
        Row(
          name: "time \(name) \(what), \(jobs)", value: costs.map { $0[keyPath: cost] }.median,
          unit: "s"))
    }
  }
}

private func bandwidth(_ threads: Int, _ tool: Tool) throws(Failure) -> Double {
  let child = Child(
    command: [CommandLine.arguments[0], "bandwidth", "\(threads)"],
    folder: "\(tool.scratch)/bandwidth")
  _ = try child.run()
  let text = try child.output()
  guard let speed = Double(text.split(whereSeparator: \.isNewline).first ?? "") else {
    throw Failure("no bandwidth in '\(text)'")
  }
  return speed
}
