internal import Workloads

/// What starting costs: one image of 8 × 8, reports written to memory.
func measureStart(_ tool: Tool, rounds: Int, into table: inout Table) throws(Failure) {
  let name = Workload.start.rawValue
  _ = try tool.run(name)
  // A run is a hundredth of the others, so there can be more of them.
  var costs: [Cost] = []
  for _ in 0..<rounds * 4 + 1 { costs.append(try tool.run(name)) }
  let walls = costs.map { $0.wall * 1000 }
  table.add(
    Row(
      name: "limit \(name) wall", value: walls.median, unit: "ms", bound: .atMost(15),
      detail: "\((walls.min() ?? .nan).figures) to \((walls.max() ?? .nan).figures) in "
        + "\(costs.count) runs"))
  table.add(
    Row(
      name: "limit \(name) memory", value: costs.map { megabytes($0.peak) }.median, unit: "MB",
      bound: .atMost(30)))
}
