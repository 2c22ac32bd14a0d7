internal import Workloads

/// What a memory costs in the first night and saves in the second, in which nothing has changed.
///
/// The comparison is the same program without one. The files are older than the two seconds for which a change is
/// not trusted, as those of a night are.
func measureNights(
  _ workload: Workload, bytesAnImage: Double, _ tool: Tool, rounds: Int, into table: inout Table
) throws(Failure) {
  let name = workload.rawValue
  guard tool.hasState else {
    table.add(Row(name: "\(name) nights", word: "no --state"))
    return
  }
  let state = "\(tool.scratch)/state"
  let first = try Pair(
    { () throws(Failure) in try tool.run(name) },
    { () throws(Failure) in
      Files.remove(state)
      return try tool.run(name, out: "out-first", state: state)
    }, rounds: rounds)
  var row = first.row("\(name) first night/no state cpu") { $0.cpu }
  row.bound = .atMost(1.1)
  table.add(row)
  // What `--cron` leaves is what the next night finds.
  _ = try tool.run(name, out: "out-night", state: state, isNight: true)
  let second = try Pair(
    { () throws(Failure) in
      try tool.run(name, out: "out-night", state: state, isNight: true)
    }, { () throws(Failure) in try tool.run(name) }, rounds: rounds)
  table.add(second.row("\(name) no state/unchanged night cpu", { $0.cpu }, atLeast: 50))
  table.add(
    second.row("\(name) no state/unchanged night wall", { $0.wall }, atLeast: 30))
  let count = try images(of: tool)
  table.add(
    Row(
      name: "\(name) state an image",
      value: Double(try Files.size(of: "\(state)/state.sqlite")) / Double(count), unit: "bytes",
      bound: .atMost(bytesAnImage)))
  Files.remove(state)
}

/// How many images the last night had.
private func images(of tool: Tool) throws(Failure) -> Int {
  let facts = try Files.text("\(tool.scratch)/out-night/run.json")
  guard let found = facts.firstRange(of: "\"listed\" : ") else {
    throw Failure("run.json does not say how many images there are")
  }
  return Int(facts[found.upperBound...].prefix { $0.isNumber }) ?? 0
}
