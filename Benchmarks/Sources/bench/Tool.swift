internal import Workloads

/// The program that is measured, and where its files are.
struct Tool {
  var executable: String
  /// The folder of the workloads.
  var data: String
  /// For outputs: in memory where there is such a file system, so that no disk is measured.
  var scratch: String
  /// Whether it can say what its stages take.
  var saysTimings: Bool
  /// Whether it can remember.
  var hasState: Bool

  init(_ executable: String, data: String, scratch: String) throws(Failure) {
    self.executable = executable
    self.data = data
    self.scratch = scratch
    let help = Child(command: [executable, "run", "--help"], folder: "\(scratch)/help")
    _ = try help.run()
    saysTimings = try help.output().contains("--timings")
    hasState = try help.output().contains("--state")
  }

  /// One whole diagnosis, into `scratch/out`.
  func run(
    _ workload: String, jobs: Int = 2, decoder: String? = nil, out: String = "out",
    state: String? = nil, isNight: Bool = false, with settings: [String] = []
  ) throws(Failure) -> Cost {
    var command = [executable, "run", "\(data)/\(workload)/pipeline.yml"]
    command += ["--out", "\(scratch)/\(out)", "--jobs", "\(jobs)"]
    if let decoder { command += ["--decoder", decoder] }
    if let state { command += ["--state", state] }
    if isNight { command.append("--cron") }
    for setting in settings { command += ["--set", setting] }
    if saysTimings { command.append("--timings") }
    return try Child(command: command, folder: "\(scratch)/said").run()
  }
}
