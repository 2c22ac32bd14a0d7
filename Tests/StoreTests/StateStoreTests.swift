import Core
import Foundation
import GRDB
import Store
import Testing

@Suite("The state of nights")
struct StateStoreTests {
  private let fixtures = EvidenceStoreTests()

  @Test("gives back what an image contributed, bit for bit, and under its new place and name")
  func images() throws {
    try withState { state, scheme, _ in
      for image in fixtures.everything where image.width > 0 {
        let listed = ListedImage(name: "other", index: image.index + 7, group: "g")
        var expected = image
        (expected.name, expected.index, expected.group) = ("other", listed.index, "g")
        let content = Data("content of \(image.index)".utf8)
        let seen = StoredSighting(place: Data([UInt8(image.index)]), stamp: Data([1]))
        try state.remember(
          [NewImage(sighting: seen, content: content, evidence: PackedEvidence(image))],
          counted: scheme, in: 1)
        let found = try state.remembered(
          listed, at: seen, counted: (scheme, fixtures.scheme), in: 2)
        guard case .evidence(let evidence, content) = found else {
          Issue.record("\(image.name): \(found)")
          continue
        }
        #expect(evidence == expected)
        // The same files at another time: only what they hold tells.
        let later = StoredSighting(place: seen.place, stamp: Data([2]))
        let unknown = try state.remembered(
          listed, at: later, counted: (scheme, fixtures.scheme), in: 2)
        guard case .nothing = unknown else {
          Issue.record("\(image.name): \(unknown)")
          continue
        }
        #expect(
          try state.evidence(
            of: listed, content: content, counted: (scheme, fixtures.scheme), in: 2) == expected)
      }
    }
  }

  @Test("puts a run's evidence together again")
  func listing() throws {
    try withState { state, scheme, _ in
      let images = fixtures.everything.filter { $0.width > 0 }
      var known: [(ListedImage, content: Data)] = []
      for image in images {
        let content = Data("\(image.index)".utf8)
        try state.remember(
          [NewImage(sighting: nil, content: content, evidence: PackedEvidence(image))],
          counted: scheme, in: 1)
        known.append(
          (ListedImage(name: image.name, index: image.index, group: image.group), content))
      }
      let id = try #require(
        try state.keep(
          known, of: fixtures.record, problems: fixtures.problems, counted: scheme, in: 1))
      // The same night once more needs no room.
      #expect(
        try state.keep(
          known, of: fixtures.record, problems: fixtures.problems, counted: scheme, in: 2) == id)
      let (run, evidence) = try state.evidence(of: id)
      #expect(run == fixtures.record)
      #expect(evidence.images == images)
      #expect(evidence.problems == fixtures.problems)
    }
  }

  @Test("takes no evidence from a row that was damaged, and is made right by the next count")
  func damagedRow() throws {
    try withState { state, scheme, path in
      let image = try #require(fixtures.everything.first)
      let new = NewImage(sighting: nil, content: Data([1]), evidence: PackedEvidence(image))
      let listed = ListedImage(name: image.name, index: 0, group: "")
      try state.remember([new], counted: scheme, in: 1)
      try DatabaseQueue(path: path).write {
        try $0.execute(sql: "UPDATE image SET evidence = evidence || x'00'")
      }
      #expect(
        try state.evidence(
          of: listed, content: Data([1]), counted: (scheme, fixtures.scheme), in: 1) == nil)
      try state.remember([new], counted: scheme, in: 1)
      #expect(
        try state.evidence(
          of: listed, content: Data([1]), counted: (scheme, fixtures.scheme), in: 1) == image)
    }
  }

  @Test("keeps nights with their classes and checks, and those of skipped ones once")
  func nights() throws {
    try withState { state, _, _ in
      var night = Night()
      (night.number, night.series, night.headline, night.value) = (1, "s", "miou", 0.5)
      night.classes = [
        Night.Class(
          name: "pole", state: "ok", verdict: "HIDDEN", badness: 0.7, iou: 0.3, dice: nil,
          loss: 1e-300, pixelShare: 0.1)
      ]
      night.checks = [
        Night.Check(id: "c", className: nil, state: "fail", value: 0.1, limit: 0.2)
      ]
      let marks = NightMarks(inputs: Data([1, 2]), output: Data([3]))
      try state.add(night, marks, listing: nil)
      var same = night
      (same.number, same.sameAs) = (2, 1)
      try state.add(same, NightMarks(inputs: nil, output: nil), listing: nil)
      #expect(try state.nights() == [night, same])
      let last = try #require(try state.last(of: "s", named: nil))
      #expect(last.night == night && last.marks == marks)
      #expect(try state.nextNumber == 3)
      #expect(try state.last(of: "other", named: nil) == nil)
    }
  }

  @Test("forgets what only old runs needed")
  func pruning() throws {
    try withState { state, scheme, path in
      let image = try #require(fixtures.everything.first)
      for run in 1...40 {
        // The first is needed by every run, each of the others by one.
        for content in [Data([0]), Data([UInt8(run)])] {
          let listed = ListedImage(name: "", index: 0, group: nil)
          let known = try state.evidence(
            of: listed, content: content, counted: (scheme, fixtures.scheme), in: run)
          let evidence = known == nil ? PackedEvidence(image) : nil
          let seen = StoredSighting(place: content, stamp: Data([1]))
          _ = try state.remembered(
            listed, at: seen, counted: (scheme, fixtures.scheme), in: run)
          guard evidence != nil else { continue }
          try state.remember(
            [NewImage(sighting: seen, content: content, evidence: evidence)], counted: scheme,
            in: run)
        }
        let known = [Data([0]), Data([UInt8(run)])].map {
          (ListedImage(name: "\($0)", index: 0, group: nil), content: $0)
        }
        let id = try state.keep(
          known, of: fixtures.record, problems: [], counted: scheme, in: run)
        var night = Night()
        (night.number, night.series) = (run, "s")
        try state.add(night, NightMarks(inputs: nil, output: nil), listing: id)
        try state.prune(keeping: 5)
      }
      let (images, listings, runs) = try DatabaseQueue(path: path).read { database in
        try (
          Int.fetchOne(database, sql: "SELECT count(*) FROM image") ?? 0,
          Int.fetchOne(database, sql: "SELECT count(*) FROM listing") ?? 0,
          Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0
        )
      }
      #expect(listings == 5 && runs == 40)
      #expect((6...14).contains(images), "\(images)")
      let last = try #require(try state.last(of: "s", named: nil)?.listing)
      #expect(try state.evidence(of: last).evidence.images.count == 2)
    }
  }

  @Test("is set aside where it is damaged, and refused where it is another's or newer")
  func faults() throws {
    try withDirectory { directory in
      let path = "\(directory)/\(StateStore.file)"
      try Data("no database at all, but long enough to look like a file".utf8)
        .write(to: URL(filePath: path))
      let (state, notice) = try StateStore.open(in: directory)
      state.close()
      #expect(notice?.contains("damaged-1") == true)
      #expect(FileManager.default.fileExists(atPath: "\(path).damaged-1"))

      try DatabaseQueue(path: path).write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9: later')")
      }
      let newer = #expect(throws: StateObstacle.self) { try StateStore.open(in: directory) }
      #expect(newer?.problem.what == "was written by a newer unmask")
      try FileManager.default.removeItem(atPath: path)
      try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
      let foreign = #expect(throws: StateObstacle.self) { try StateStore.open(in: directory) }
      #expect(foreign?.problem.what.contains("another program") == true)

      try FileManager.default.removeItem(atPath: path)
      try StateStore.open(in: directory).0.close()
      try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TABLE sighting") }
      let (again, lost) = try StateStore.open(in: directory)
      again.close()
      #expect(lost?.contains("the table 'sighting' is missing") == true)
    }
  }
}

extension StateStoreTests {
  private func withState(_ body: (StateStore, Int64, String) throws -> Void) throws {
    try withDirectory { directory in
      let (state, notice) = try StateStore.open(in: directory)
      defer { state.close() }
      #expect(notice == nil)
      let scheme = try state.scheme(fixtures.scheme, tool: "unmask 1")
      #expect(try state.scheme(fixtures.scheme, tool: "unmask 1") == scheme)
      try body(state, scheme, state.path)
    }
  }

  private func withDirectory(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "unmask-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path(percentEncoded: false))
  }
}
