import Core
import Decoding
import Raster
import Testing

private let ones = npy("|u1", "(2,)", data: [1, 1])
private let ramp = npy("<u2", "(3,)", data: [1, 0, 2, 0, 3, 0])

@Suite("NPZ archives")
struct NPZTests {
  @Test(
    "are read stored and deflated, whatever the way their sizes are written",
    arguments: [
      false, true,
    ])
  func ways(isDeflated: Bool) throws {
    for (isWide, isStreamed) in [(false, false), (true, false), (false, true)] {
      for isDirectoryWide in [false, true] {
        let archive = ZIPFixture(
          [
            .init(
              name: "pred.npy", content: ramp, isDeflated: isDeflated, isWide: isWide,
              isStreamed: isStreamed),
            .init(
              name: "gt.npy", content: ones, isDeflated: isDeflated, isWide: isWide,
              isStreamed: isStreamed),
          ], isWide: isDirectoryWide)
        try withFile(archive.bytes) { path in
          let file = try ArrayFile(opening: path)
          #expect(file.names == ["pred", "gt"])
          #expect(try numbers(file.array(named: "pred")) == [1, 2, 3])
          #expect(try numbers(file.array(named: "gt")) == [1, 1])
        }
      }
    }
  }

  @Test("leave stored arrays where they lie in the file")
  func inPlace() throws {
    let archive = ZIPFixture([.init(name: "a.npy", content: ramp)])
    let array = try array(archive.bytes)
    #expect(array.bytes.count == archive.bytes.count)
    #expect(array.offset == 30 + 5 + ramp.count - 6)
  }

  @Test("may end in a comment")
  func comment() throws {
    let archive = ZIPFixture(
      [.init(name: "a.npy", content: ones)], comment: "by hand, PK\u{5}\u{6}")
    #expect(try numbers(array(archive.bytes)) == [1, 1])
  }

  @Test("may hold other members, which are no arrays")
  func others() throws {
    let archive = ZIPFixture([
      .init(name: "readme.txt", content: Array("hello".utf8)), .init(name: "a.npy", content: ones),
    ])
    let names = try withFile(archive.bytes) { try ArrayFile(opening: $0).names }
    #expect(names == ["a"])
  }

  @Test("have names that are labels, never paths")
  func labels() throws {
    let names = ["../../etc/passwd", "/a/b", "", "a\\b", "größe"]
    let archive = ZIPFixture(names.map { .init(name: $0 + ".npy", content: ones) })
    try withFile(archive.bytes) { path in
      let file = try ArrayFile(opening: path)
      #expect(file.names == names)
      for name in names { #expect(try numbers(file.array(named: name)) == [1, 1]) }
    }
  }

  @Test("need a name when they hold several arrays")
  func naming() throws {
    let archive = ZIPFixture([
      .init(name: "pred.npy", content: ramp), .init(name: "gt.npy", content: ones),
    ])
    try withFile(archive.bytes) { path in
      let file = try ArrayFile(opening: path)
      #expect(
        throws: Problem(
          "holds 2 arrays", at: .file(path), remedy: "name one of 'pred', 'gt'")
      ) { try file.array(named: nil) }
      #expect(
        throws: Problem(
          "holds no array 'truth'", at: .file(path), remedy: "the arrays are 'pred', 'gt'")
      ) { try file.array(named: "truth") }
    }
  }
}

@Suite("NPZ archives that are refused")
struct NPZRefusalTests {
  private let stored = ZIPFixture([
    .init(name: "a.npy", content: ramp), .init(name: "b.npy", content: ones),
  ])
  private let deflated = ZIPFixture([.init(name: "a.npy", content: ramp, isDeflated: true)])

  @Test("no arrays in it")
  func empty() throws {
    #expect(try arrayRefusal(ZIPFixture([]).bytes) == "holds no arrays")
    #expect(
      try arrayRefusal(ZIPFixture([.init(name: "a.txt", content: [1])]).bytes) == "holds no arrays")
  }

  @Test("cut off, at any byte")
  func truncated() throws {
    let bytes = stored.bytes
    for length in bytes.indices { #expect(try arrayRefusal(Array(bytes.prefix(length))) != nil) }
    #expect(
      try arrayRefusal(bytes.dropLast())
        == "the archive is truncated or still being written: "
        + "its end record is missing (byte \(bytes.count - 1))"
    )
  }

  @Test("a member that is no readable array is named")
  func member() throws {
    let text = ZIPFixture([.init(name: "a.npy", content: Array("hello, world".utf8))])
    #expect(
      try arrayRefusal(text.bytes)
        == "in member 'a.npy': does not begin as an NPY file does (byte 35)")
    // Once inflated, the byte has no place in the file.
    let objects = ZIPFixture([.init(name: "a.npy", content: npy("|O", "(1,)"), isDeflated: true)])
    #expect(
      try arrayRefusal(objects.bytes)
        == "in member 'a.npy': holds Python objects (dtype '|O'), not plain numbers")
  }

  @Test("a checksum that does not fit the data")
  func checksum() throws {
    let wrong = "in member 'a.npy': the archive is damaged: its checksum (CRC-32) is wrong (byte 0)"
    #expect(try arrayRefusal(stored.patched(at: 30 + 5 + ramp.count - 1, [9])) == wrong)
    #expect(try arrayRefusal(deflated.patched(at: 30 + 5 + 5 + ramp.count - 1, [9])) == wrong)
  }

  @Test("data that inflates to fewer or more bytes than declared, or does not inflate")
  func inflation() throws {
    func fault(_ size: Int) -> String {
      "in member 'a.npy': the archive is damaged: "
        + "its data does not inflate to the \(size) bytes declared (byte 0)"
    }
    // The header tells without inflating more.
    let claims = [
      ramp.count - 1: "the file is truncated or still being written: its header says",
      ramp.count + 1: "the archive is damaged: its data does not inflate to",
      0: "the file is truncated or still being written: it ends within its header",
    ]
    for (size, claim) in claims {
      let sizes = little(size, 4)
      var bytes = deflated.patched(at: 22, sizes)
      bytes.replaceSubrange(deflated.entries[0] + 24..<deflated.entries[0] + 28, with: sizes)
      #expect(try arrayRefusal(bytes)?.hasPrefix("in member 'a.npy': \(claim)") == true)
    }
    #expect(try arrayRefusal(deflated.patched(at: 35, [7])) == fault(ramp.count))
  }

  @Test("bytes of a member behind the end of what it was deflated to")
  func behindTheEnd() throws {
    let long = ZIPFixture([.init(name: "a.npy", content: ramp + [0], isDeflated: true)])
    // Checksum and size are those of the array, and the one block ends with it.
    var bytes = long.bytes
    bytes.replaceSubrange(14..<18, with: deflated.bytes[14..<18])
    bytes.replaceSubrange(22..<26, with: little(ramp.count, 4))
    let entry = long.entries[0]
    bytes.replaceSubrange(entry + 16..<entry + 20, with: deflated.bytes[14..<18])
    bytes.replaceSubrange(entry + 24..<entry + 28, with: little(ramp.count, 4))
    bytes.replaceSubrange(36..<40, with: little(ramp.count, 2) + little(~ramp.count, 2))
    #expect(
      try arrayRefusal(bytes)
        == "in member 'a.npy': the archive is damaged: "
        + "its data does not inflate to the \(ramp.count) bytes declared (byte 0)")
  }

  @Test("a member that would inflate beyond the limit, before any memory is taken")
  func bomb() throws {
    let sizes = little(3_000_000_000, 4)
    var bytes = deflated.patched(at: 22, sizes)
    bytes.replaceSubrange(deflated.entries[0] + 24..<deflated.entries[0] + 28, with: sizes)
    #expect(
      try arrayRefusal(bytes, inflatedLimit: 1 << 30)
        == "in member 'a.npy': would inflate to 3000000000 bytes; the limit is 1073741824 (byte 0)")
    #expect(
      try arrayRefusal(bytes, inflatedLimit: 1 << 32)
        == "in member 'a.npy': the archive is damaged: "
        + "its data does not inflate to the 3000000000 bytes declared (byte 0)")
  }

  @Test("encrypted, or compressed in another way")
  func foreign() throws {
    let entry = stored.entries[0]
    #expect(
      try arrayRefusal(stored.patched(at: entry + 8, [1]))
        == "the archive is encrypted (byte \(entry))")
    var bytes = deflated.patched(at: 8, [12])
    bytes[deflated.entries[0] + 10] = 12
    #expect(
      try arrayRefusal(bytes)
        == "in member 'a.npy': "
        + "is compressed by ZIP method 12; read are 0 (stored) and 8 (deflate) (byte 0)"
    )
  }

  @Test("split over several files")
  func split() throws {
    let place = stored.end
    for field in [4, 6, 8] {
      #expect(
        try arrayRefusal(stored.patched(at: place + field, [9]))
          == "the archive is split over several files (byte \(place))")
    }
    let entry = stored.entries[1]
    #expect(
      try arrayRefusal(stored.patched(at: entry + 34, [1]))
        == "the archive is split over several files (byte \(entry))")
  }

  @Test("two members of one name")
  func duplicate() throws {
    let twice = ZIPFixture([
      .init(name: "a.npy", content: ramp), .init(name: "a.npy", content: ones),
    ])
    #expect(
      try arrayRefusal(twice.bytes)
        == "the archive is damaged: two members are called 'a.npy' (byte \(twice.entries[1]))")
  }

  @Test("members that overlap")
  func overlap() throws {
    // A second member inside the data of the first.
    let inner = ZIPFixture([.init(name: "b.npy", content: ones)]).bytes.prefix(30 + 5 + ones.count)
    let outer = ZIPFixture([
      .init(name: "a.npy", content: Array(inner)), .init(name: "b.npy", content: ones),
    ])
    #expect(
      try arrayRefusal(outer.patched(at: outer.entries[1] + 42, little(35, 4)))
        == "the archive is damaged: two of its members overlap (byte 35)")
  }

  @Test(
    "local headers that say something else than the directory",
    arguments: [
      8, 14, 18, 22, 30,  // method, checksum, both sizes, name
    ])
  func disagreement(field: Int) throws {
    let byte = stored.bytes[field] ^ 0x40
    #expect(
      try arrayRefusal(stored.patched(at: field, [byte]))
        == "the archive is damaged: a member's own header and the directory disagree (byte 0)")
  }

  @Test("a directory that is not where the end record says")
  func directory() throws {
    let start = stored.entries[0]
    for field in [12, 16] {
      #expect(
        try arrayRefusal(stored.patched(at: stored.end + field, little(start + 1, 4)))
          == "the archive is damaged: its directory does not end where its end record begins "
          + "(byte \(stored.end))")
    }
    #expect(
      try arrayRefusal(stored.patched(at: stored.end + 8, [1, 0, 1, 0]))
        == "the archive is damaged: its directory is longer than its members need "
        + "(byte \(stored.entries[1]))")
    #expect(
      try arrayRefusal(stored.patched(at: stored.end + 8, [3, 0, 3, 0]))
        == "the archive is damaged: a record is cut off (byte \(stored.end))")
  }

  @Test("damage to any byte is refused or does no harm")
  func damage() throws {
    let wide = ZIPFixture(
      [
        .init(name: "a.npy", content: ramp, isDeflated: true, isWide: true),
        .init(name: "b.npy", content: ones, isStreamed: true),
      ], isWide: true)
    for archive in [stored, wide] {
      for place in archive.bytes.indices {
        for mask in [0x01, 0xff] as [UInt8] {
          let bytes = archive.patched(at: place, [archive.bytes[place] ^ mask])
          let values = try withFile(bytes) { try firstArray(of: $0) }
          #expect(values == nil || values == [1, 2, 3])
        }
      }
    }
  }

  /// Nil if anything in the archive is refused.
  private func firstArray(of path: String) throws -> [Double]? {
    if try arrayRefusal(path) != nil { return nil }
    let file = try ArrayFile(opening: path)
    return try numbers(file.array(named: file.names.first))
  }
}
