internal import Workloads

/// Whether every report of a workload is the same, byte for byte, with either decoder and any number
/// of jobs. It also warms the page cache for the runs that are timed.
func compareReports(_ workload: Workload, _ tool: Tool, into table: inout Table) throws(Failure) {
  let name = workload.rawValue
  _ = try tool.run(name, out: "reference")
  var differing: [String] = []
  for (jobs, decoder) in [(1, "fast"), (2, "fast"), (7, "fast"), (2, "libpng")] {
    _ = try tool.run(name, jobs: jobs, decoder: decoder, out: "other")
    if !(try Reports.areSame("\(tool.scratch)/reference", "\(tool.scratch)/other")) {
      differing.append("\(decoder) with \(jobs) jobs")
    }
  }
  table.add(
    Row(
      name: "same \(name) decoders, jobs 1 2 7:", value: differing.isEmpty ? 1 : 0,
      word: differing.isEmpty ? "yes" : "no", bound: .atLeast(1),
      detail: differing.joined(separator: ", ")))
}
