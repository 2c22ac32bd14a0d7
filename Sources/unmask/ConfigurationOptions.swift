internal import ArgumentParser
internal import Pipeline

/// A configuration, and what holds instead of what it says.
struct ConfigurationOptions: ParsableArguments {
  @Argument(
    help: "The configuration; paths in it start from its directory. - is standard input.",
    completion: .pipeline)
  var pipeline = "pipeline.yml"

  @Option(
    name: .customLong("set"),
    help: "Another value of a key: decode.threshold=0.6. Can be given several times.")
  var sets: [String] = []

  @Option(
    help:
      "Where the predictions lie instead: a path, or a directory in which they lie as the configuration says below its own.",
    completion: .directory)
  var predictions: String?

  @Option(help: "The same for the truth.", completion: .directory)
  var truth: String?

  var request: ConfigurationRequest {
    ConfigurationRequest(path: pipeline, sets: sets, predictions: predictions, truth: truth)
  }
}
