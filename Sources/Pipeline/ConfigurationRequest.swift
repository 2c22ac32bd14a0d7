internal import Configuration
internal import Core
internal import Decoding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A configuration as a command names it, and what was given beside it.
package struct ConfigurationRequest: Sendable {
  /// A file; `-` is standard input.
  package var path: String
  /// `decode.threshold=0.6`
  package var sets: [String]
  /// Instead of `decode.predictions` and `decode.truth`: a path, or a directory in which files lie as
  /// the configuration says below its own.
  package var predictions: String?
  package var truth: String?
  /// What the file holds, where it was read already: standard input is read once.
  var given: String?
  /// The run whose directory stands for `{run}`.
  var run: NamedRun?

  package init(
    path: String, sets: [String] = [], predictions: String? = nil, truth: String? = nil
  ) {
    self.path = path
    self.sets = sets
    self.predictions = predictions
    self.truth = truth
  }
}

extension ConfigurationRequest {
  /// Where relative paths start.
  var root: String { path == "-" ? "" : directory(of: path) }

  /// What problems and reports call it.
  var name: String { path == "-" ? "standard input" : path }

  var text: String {
    get throws(Problem) {
      if let given { return given }
      if path == "-" { return try readStandardInput() }
      do throws(Problem) {
        return try readText(path)
      } catch {
        guard error.what == "does not exist" else { throw error }
        throw Problem(
          "does not exist", at: .file(path),
          remedy:
            "`unmask init DIR` writes one for the files below a directory; another is named behind the command"
        )
      }
    }
  }

  func read() throws(Problem) -> PipelineFile {
    let text = try text
    return try PipelineFile(parsing: text, path: name, adjusted: try adjustments(of: text))
  }

  /// The settings as they hold in the end, key by key.
  package func effective(showingOrigins: Bool) throws(Failure) -> String {
    try failing(.configuration) { () throws(Problem) in
      let text = try text
      return try PipelineFile.effective(
        parsing: text, path: name, adjusted: try adjustments(of: text),
        showingOrigins: showingOrigins)
    }
  }

  private func adjustments(of text: String) throws(Problem) -> Adjustments {
    var changes: [Adjustments.Change] = []
    for argument in sets { changes.append(try Adjustments.Change(parsing: argument)) }
    for (key, given) in [("predictions", predictions), ("truth", truth)] {
      guard let given else { continue }
      let old = try? Setting(parsing: text, file: name).text(at: ["decode", key])
      changes.append(.init("decode.\(key)", toText: try path(given, old), by: "--\(key)"))
    }
    if let run {
      changes.append(.init("decode.predictions", toText: run.predictions, by: "{run}"))
    }
    return Adjustments(changes) { name in
      guard let value = unsafe getenv(name) else { return nil }
      return unsafe String(cString: value)
    }
  }

  /// A path of the command line, which starts from here, as one of the configuration.
  ///
  /// - Throws: Problem: it is a plain path, the configuration's is a pattern, and there is nothing.
  private func path(_ given: String, _ old: String?) throws(Problem) -> String {
    let free = given.hasPrefix("/") || root.isEmpty ? given : "\(workingDirectory)/\(given)"
    guard let old else { return free }
    let isPlain = !given.contains { "{*[".contains($0) }
    guard isDirectory(given) else {
      if isPlain, old.contains("{"), !isThere(given) { throw .notThere(given) }
      return free
    }
    var directory = free.literalInPattern
    while directory.hasSuffix("/"), directory.count > 1 { directory.removeLast() }
    var pattern = old.patternPart
    // One of the directories that {run} stands for.
    let fixed = String(old.dropLast(pattern.count)).under(root)
    if pattern.hasPrefix("{run}/"), let parent = realPath("\(given)/.."),
      parent == realPath(fixed.isEmpty ? "." : fixed)
    {
      pattern.removeFirst("{run}/".count)
    }
    return "\(directory)/\(pattern)"
  }
}

/// One of the runs that `{run}` stands for.
struct NamedRun: Sendable {
  var name: String
  /// The template of its predictions.
  var predictions: String
  /// Whether there is a later one.
  var isEarlier: Bool
}

extension Problem {
  static let notYet = "is not there"

  /// What may be there later.
  static func notThere(_ path: String) -> Problem {
    Problem(notYet, at: .file(path), remedy: "wait for the job that writes it, or correct the path")
  }
}

extension Setting {
  fileprivate func text(at keys: [String]) throws(Problem) -> String? {
    guard let key = keys.first else { return try string }
    return try entries.first { $0.key == key }?.value.text(at: Array(keys.dropFirst()))
  }
}

extension String {
  /// A path from the first directory on that holds a capture or a wildcard; of a plain one the file's
  /// name.
  fileprivate var patternPart: String {
    let parts = split(separator: "/", omittingEmptySubsequences: true)
    let open = parts.firstIndex { part in
      part.replacing("${", with: "").contains { "{*[".contains($0) }
    }
    return parts[(open ?? max(0, parts.count - 1))...].joined(separator: "/")
  }
}

private var workingDirectory: String {
  guard let path = unsafe getcwd(nil, 0) else { return "." }
  defer { unsafe free(path) }
  return unsafe String(cString: path)
}
