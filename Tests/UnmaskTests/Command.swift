import Foundation
import Testing

/// A fresh directory in which a test writes files and runs the command, as a user would; it goes
/// when the test ends.
final class Folder {
  private let base: URL
  /// Where files are written and the command runs.
  private let work: URL

  init() throws {
    base = FileManager.default.temporaryDirectory.appending(path: "unmask-\(UUID().uuidString)")
    work = base.appending(path: "work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: base) }

  func url(_ path: String) -> URL { work.appending(path: path) }

  func write(_ bytes: [UInt8], to path: String) throws {
    try makeDirectory(url(path).deletingLastPathComponent())
    try Data(bytes).write(to: url(path))
  }

  func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  func makeDirectory(_ path: String) throws { try makeDirectory(url(path)) }

  private func makeDirectory(_ url: URL) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(at: url(path)) }

  func bytes(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: url(path))) }

  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// The names in a directory, hidden ones too.
  func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url(path).path(percentEncoded: false))
      .sorted()
  }

  /// The files but for pictures and the list of all.
  func documents(in path: String) throws -> [String] {
    try names(in: path).filter { !$0.hasSuffix(".png") && $0 != ".unmask-set" }
  }

  /// Every report in a directory and what it holds: the evidence, and what is kept of the names, are not among them.
  func reports(in path: String) throws -> [String: String] {
    var reports: [String: String] = [:]
    for name in try names(in: path) where !["evidence.sqlite", ".unmask-set"].contains(name) {
      reports[name] = try text("\(path)/\(name)")
    }
    return reports
  }
}

// MARK: - Running

/// How a command ended: its exit code and what it said.
struct Ending: Equatable {
  var code: Int32
  var out = ""
  var error = ""

  /// The first line of stderr: place and fault.
  var fault: String { String(error.prefix { $0 != "\n" }) }

  /// The line of stdout that begins with `word`, without it.
  func line(_ word: String) -> String? {
    out.split(separator: "\n").first { $0.hasPrefix(word) }
      .map { $0.dropFirst(word.count).trimmingCharacters(in: .whitespaces) }
  }
}

extension Folder {
  /// Runs the command in this directory; `directory` starts it below.
  func unmask(_ arguments: String..., directory: String = "") throws -> Ending {
    try run(try #require(command), arguments, in: directory)
  }

  /// Runs a shell script in this directory, where `unmask` is the command.
  func shell(_ script: String) throws -> Ending {
    let path = try #require(command).deletingLastPathComponent().path(percentEncoded: false)
    return try run(URL(filePath: "/bin/sh"), ["-c", "PATH=\"$0:$PATH\"; \(script)", path], in: "")
  }

  private func run(
    _ program: URL, _ arguments: [String], in directory: String
  ) throws -> Ending {
    // Files and not pipes, which a process that says much would fill.
    let names = ["stdout", "stderr"].map { base.appending(path: $0) }
    // A crash is a failed test; its story would only take time.
    let code = try Child(
      program: program.path(percentEncoded: false), arguments: arguments,
      directory: directory.isEmpty ? work : url(directory),
      environment: ["SWIFT_BACKTRACE": "enable=no"], stdout: names[0], stderr: names[1]
    ).run(seconds: 60)
    return Ending(
      code: code, out: String(decoding: try Data(contentsOf: names[0]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self))
  }
}

/// `unmask` as it was built with these tests: beside them, or where the package puts it.
private let command: URL? = {
  let beside = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
  var folder = URL(filePath: #filePath)
  while folder.path() != "/", !isFile(folder.appending(path: "Package.swift")) {
    folder.deleteLastPathComponent()
  }
  #if DEBUG
    let built = folder.appending(path: ".build/debug")
  #else
    let built = folder.appending(path: ".build/release")
  #endif
  return [beside, built].map { $0.appending(path: "unmask") }.first(where: isFile)
}()

private func isFile(_ url: URL) -> Bool {
  (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false
}

/// The super-user may read and write everything, so there is nothing to refuse.
let isSuperUser = geteuid() == 0
