internal import Core
internal import Foundation
internal import Reports
internal import Store

/// What is known of a run besides what its evidence says: when and where it was. It stands beside the report, which is the
/// same for the same evidence.
struct RunFacts: Encodable {
  static let file = "run.json"
  /// For node_exporter: the key metric of a batch job is when it last succeeded (prometheus.io, "Instrumentation").
  static let freshness = "unmask-run.prom"

  private let schemaVersion = "1.0"
  private let tool: String
  private let host: String
  private let started: String
  private let ended: String
  private let configuration: String
  private let predictions: String
  private let truth: String
  private let output: String
  private let images: Images
  private let seconds: (ended: Double, took: Double)

  private struct Images: Encodable {
    var listed: Int
    var used: Int
    var counted: Int
    var reused: Int
  }

  private enum CodingKeys: CodingKey {
    case schemaVersion, tool, host, started, ended, configuration, predictions, truth, output,
      images
  }

  /// - Parameter report: of a run that was not skipped, before its night knows what came of it.
  init(_ night: Night, of report: Report? = nil, into output: String) {
    tool = night.tool
    host = night.host
    started = timeText(night.started)
    ended = timeText(night.ended)
    configuration = night.configuration
    predictions = night.predictions
    truth = night.truth
    self.output = output
    let used = report?.inputs.used ?? night.used
    images = Images(
      listed: report?.inputs.listed ?? night.images, used: used, counted: night.counted,
      reused: max(0, used - night.counted))
    seconds = (night.ended, max(0, night.ended - night.started))
  }

  var json: String {
    get throws(Problem) {
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      do {
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
      } catch {
        throw Problem("\(RunFacts.file) cannot be written: \(error)", remedy: "report this fault")
      }
    }
  }

  /// Prometheus' text format; times are values, since a time behind a value would make the collector leave out the file.
  func freshness(isComplete: Bool) -> String {
    func gauge(_ name: String, _ help: String, _ value: Double) -> String {
      "# HELP unmask_\(name) \(help)\n# TYPE unmask_\(name) gauge\nunmask_\(name) \(value)\n"
    }
    var text = gauge(
      "last_run_timestamp_seconds",
      "When these reports were last made, or found to be of unchanged files.", seconds.ended)
    if isComplete {
      text += gauge(
        "last_success_timestamp_seconds",
        "The same of a run that could use every image; its checks may have failed.",
        seconds.ended)
    }
    return text + gauge("last_run_duration_seconds", "How long it took.", seconds.took) + "# EOF\n"
  }
}
