internal import Workloads

/// Whether time is linear in the number of images and memory flat: the same small label maps, ten
/// times as many from one row to the next.
func measureGrowth(_ tool: Tool, into table: inout Table) throws(Failure) {
  let counts = Files.names(in: "\(tool.data)/growth").compactMap { Int($0) }.sorted()
  var costs: [(images: Int, cost: Cost)] = []
  for count in counts {
    let cost = try tool.run("growth/\(count)")
    costs.append((count, cost))
    table.add(
      Row(
        name: "growth \(count) images", value: cost.cpu / Double(count) * 1e6, unit: "µs an image",
        detail: "\(cost.cpu.figures) s cpu, \(cost.wall.figures) s wall, "
          + "\(megabytes(cost.peak).figures) MB"))
  }
  guard costs.count == 4 else { return }
  // Per added image, because each run has the same start-up.
  func added(_ first: Int, _ second: Int) -> Double {
    let (less, more) = (costs[first], costs[second])
    return (more.cost.cpu - less.cost.cpu) / Double(more.images - less.images)
  }
  let last = costs[3]
  table.add(
    Row(
      name: "growth cpu an added image, to \(last.images) against to \(costs[2].images)",
      value: added(2, 3) / added(1, 2), bound: .atMost(1.2)))
  table.add(
    Row(
      name: "growth memory, \(last.images) against \(costs[1].images) images",
      value: Double(last.cost.peak) / Double(costs[1].cost.peak)))
  table.add(
    Row(
      name: "growth memory of \(last.images) images", value: megabytes(last.cost.peak), unit: "MB",
      bound: .atMost(300)))
}
