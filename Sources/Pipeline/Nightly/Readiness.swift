internal import Configuration
internal import Core
internal import Decoding

extension PipelineFile {
  /// That the job which writes the predictions has left its mark.
  ///
  /// - Throws: Failure: it has not; the same run may work later.
  func expectMarker(in root: String) throws(Failure) {
    guard let marker = ready.marker else { return }
    let place = decode.predictions.template.fixedDirectory
    let path = marker.under(place.isEmpty ? "." : place).under(root)
    guard FileStamp(of: path) == nil else { return }
    throw .unready(
      "the predictions are not complete: there is no '\(printable(marker))' beside them", at: path,
      "wait for the job that writes them; ready: {marker: …} says that it ends with this file")
  }
}

extension Plan {
  /// That no file of the predictions has changed for as long as the configuration wants.
  ///
  /// - Throws: Failure: one has; the same run may work later.
  func expectQuiet() throws(Failure) {
    guard let quiet = file.ready.quiet else { return }
    let now = secondsNow()
    let newest = images.lazy.flatMap(\.prediction.paths)
      .compactMap { path in FileStamp(of: path).map { (path, $0.writtenOrChanged) } }
      .max { $0.1 < $1.1 }
    guard let (path, time) = newest, time > now - quiet else { return }
    throw .unready(
      time > now
        ? "has a time that has not come yet"
        : "changed \(now - time) s ago, so the predictions may not be complete", at: path,
      "try again when nothing has changed for \(quiet) s, as ready: {quiet: \(quiet)} says")
  }
}

extension Failure {
  fileprivate static func unready(_ what: String, at path: String, _ remedy: String) -> Failure {
    Failure(problem: Problem(what, at: .file(path), remedy: remedy), code: .tryLater)
  }
}
