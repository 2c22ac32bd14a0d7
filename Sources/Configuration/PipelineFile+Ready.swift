extension PipelineFile {
  /// How one knows that predictions are complete, before they are looked at.
  package struct Ready: Hashable, Sendable {
    /// A file in their directory that the job writes last.
    package var marker: String?
    /// For how many seconds no file of theirs has changed.
    package var quiet: Int?
  }
}

extension Section<Keys.Pipeline> {
  var readiness: PipelineFile.Ready? {
    guard let ready = self.ready else { return nil }
    guard let ready else { return PipelineFile.Ready() }
    guard let marker = ready.marker, let quiet = ready.quiet else { return nil }
    return PipelineFile.Ready(marker: marker, quiet: quiet)
  }
}
