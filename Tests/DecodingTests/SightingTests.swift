import Core
import Decoding
import Foundation
import Testing

/// By what an image is known without being read.
@Suite("Files that are as they were")
struct SightingTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "unmask-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  /// Three images of 2×2, all of one label.
  private func write(_ label: UInt8, to name: String) throws {
    let bytes = npy("|u1", "(3, 2, 2)", data: [UInt8](repeating: label, count: 12))
    try Data(bytes).write(to: folder.appending(path: name), options: .atomic)
  }

  private func images() throws -> [ImageFiles] {
    try ImageList(
      predictions: SideLocation(
        key: "predictions", template: PathTemplate(parsing: "p.npy"), axes: .NHW),
      truth: SideLocation(key: "truth", template: PathTemplate(parsing: "t.npy"), axes: .NHW),
      classes: ClassList([.init(name: "a", value: 0), .init(name: "b", value: 1)]),
      in: folder.path(percentEncoded: false), names: nil, group: nil
    ).images
  }

  @Test("an array that another has replaced since it was opened is none that is known")
  func replaced() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(0, to: "p.npy")
    try write(0, to: "t.npy")
    let opened = try images()
    let seen = try #require(opened[1].sighting(at: secondsNow()))
    #expect(seen.holds)
    let content = try #require(try opened[1].content())
    #expect(try opened[2].content() == content)
    try write(1, to: "p.npy")
    #expect(!seen.holds)
    #expect(opened[1].sighting(at: secondsNow()) == nil)
    // The old one is still what was opened.
    #expect(try opened[1].content() == content)
    let now = try images()
    #expect(try now[1].content() != content)
    #expect(try #require(now[1].sighting(at: secondsNow())).place == seen.place)
    #expect(try #require(now[1].sighting(at: secondsNow())).stamp != seen.stamp)
  }

  @Test("what changed a moment ago is not trusted, and nothing is in memory")
  func settled() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(0, to: "p.npy")
    let stamp = try #require(FileStamp(of: path("p.npy")))
    #expect(!stamp.isSettled(at: secondsNow()))
    #expect(FileStamp(of: path("none")) == nil)
    let memory = "/dev/shm/unmask-\(UUID())"
    guard FileManager.default.createFile(atPath: memory, contents: Data([1])) else { return }
    defer { try? FileManager.default.removeItem(atPath: memory) }
    #expect(try #require(FileStamp(of: memory)).isSettled(at: .max) == false)
  }
}
