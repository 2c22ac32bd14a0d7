internal import Core
internal import Decoding
internal import Raster
package import Reports

/// A record that was published, to be shown in other forms.
///
/// - Parameter configuration: what its configuration is called there; `nil` is as the run named it.
/// - Throws: Failure: it cannot be read, or is no record.
package func recordView(
  of path: String, configuration: String?
) throws(Failure) -> RecordView {
  let path = isDirectory(path) ? "report.json".under(path) : path
  return try failing(.configuration) { () throws(Problem) in
    var view = RecordView(
      try Record(reading: try readText(path), from: path), configuration: configuration)
    view.take(try view.record.pictures(beside: path))
    return view
  }
}

/// - Throws: Failure: the directory or a file cannot be written.
package func write(
  _ view: RecordView, as formats: [Format], to directory: String, mayOverwrite: Bool = false
) throws(Failure) {
  try failing(.cannotWrite) { () throws(Problem) in
    var output = try StagedOutput(to: directory, mayOverwrite: mayOverwrite)
    do throws(Problem) {
      for format in formats.inOrder { try output.write(view, as: format.views) }
      for (name, bytes) in view.pictures.sorted(by: { $0.key < $1.key }) {
        try output.write(to: name) { sink throws(Problem) in try sink(bytes) }
      }
      try output.publish(replacing: [])
    } catch {
      throw output.unstaged(error)
    }
  }
}

/// The text of a format that is one file.
///
/// - Throws: Failure: a number of the record is not finite.
package func text(of view: RecordView, as format: Format) throws(Failure) -> String {
  try failing(.cannotWrite) { () throws(Problem) in
    var bytes: [UInt8] = []
    for file in format.views {
      try file.write(view) { part throws(Problem) in bytes += part }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Record {
  /// The pictures that lie beside it.
  func pictures(beside path: String) throws(Problem) -> [Report.ClassPicture] {
    try pictures { name throws(Problem) in
      let bytes = try ifThere { () throws(Problem) in
        try FileBytes.read(name.under(directory(of: path)))
      }
      guard let bytes else { return nil }
      return bytes.withSpan { span in unsafe span.withUnsafeBytes { unsafe Array($0) } }
    }
  }
}
