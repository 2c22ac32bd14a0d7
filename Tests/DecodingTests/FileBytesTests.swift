import Core
import Decoding
import Foundation
import Raster
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("The bytes of a file")
struct FileBytesTests {
  enum Way: CaseIterable {
    case read, map

    func bytes(_ path: String) throws(Problem) -> Bytes {
      switch self {
      case .read: try FileBytes.read(path)
      case .map: try FileBytes.map(path)
      }
    }
  }

  @Test("are the same read and mapped, and there may be none", arguments: [0, 1, 5000, 100_000])
  func content(count: Int) throws {
    let expected = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try withFile(expected) { path in
      for way in Way.allCases {
        let bytes = try way.bytes(path)
        #expect(bytes.count == count)
        let plane = Plane(packed: bytes, element: .u1, width: count, height: 1)
        #expect(numbers(plane) == expected.map(Double.init))
      }
    }
  }

  @Test("are reached through a symbolic link")
  func link() throws {
    try withFile([1, 2, 3]) { path in
      let link = path + "-link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      defer { try? FileManager.default.removeItem(atPath: link) }
      for way in Way.allCases { #expect(try way.bytes(link).count == 3) }
    }
  }

  @Test("stay readable when the file's name is gone")
  func unlinked() throws {
    let bytes = try withFile([1, 2, 3]) { try FileBytes.map($0) }
    #expect(numbers(Plane(packed: bytes, element: .u1, width: 3, height: 1)) == [1, 2, 3])
  }

  @Test("are refused for what is no regular file, at once, with the reason")
  func foreign() throws {
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    let pipe = folder + "/unmask-\(UUID().uuidString)"
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    defer { try? FileManager.default.removeItem(atPath: pipe) }
    for way in Way.allCases {
      #expect(fault(folder, way) == "is a directory")
      #expect(fault(pipe, way) == "is a pipe")
      #expect(fault("/dev/null", way) == "is a device")
      #expect(fault(pipe + "-missing", way) == "does not exist")
      #expect(fault("/dev/null/file", way) == "does not exist")
      #expect(fault("a\0b", way) == "is no file name: it holds a zero byte")
    }
  }

  @Test("need the permission to read", .enabled(if: geteuid() != 0, "root may read everything"))
  func permission() throws {
    try withFile([1]) { path in
      try #require(unsafe chmod(path, 0) == 0)
      for way in Way.allCases { #expect(fault(path, way) == "permission denied") }
    }
  }

  @Test("are mapped, not read, when there are too many")
  func long() throws {
    try withFile([]) { path in
      // A hole: it takes no room on the disk.
      try #require(unsafe truncate(path, Limits.pngBytes.most + 1) == 0)
      #expect(fault(path, .read) == "is 1073741825 bytes long; the limit is 1073741824")
      #expect(try FileBytes.map(path).count == Limits.pngBytes.most + 1)
    }
  }

  private func fault(_ path: String, _ way: Way) -> String? {
    do throws(Problem) {
      _ = try way.bytes(path)
      return nil
    } catch {
      #expect(error.place == .file(path))
      #expect(!error.remedy.isEmpty)
      return error.what
    }
  }
}
