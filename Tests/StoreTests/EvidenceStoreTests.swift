import Core
import Foundation
import GRDB
import Store
import Testing

@Suite("The evidence of a run")
struct EvidenceStoreTests {
  @Test("comes back from its file as it was, bit for bit")
  func roundTrip() throws {
    try withFile { path in
      try write(everything, to: path)
      let (run, evidence) = try EvidenceStore.read(path)
      #expect(run == record)
      #expect(evidence.scheme == record.scheme)
      #expect(evidence.listed == record.listed)
      #expect(evidence.images == everything)
      // Equal texts may differ in their scalars.
      let names = evidence.images.map { Array($0.name.utf8) }
      #expect(names == everything.map { Array($0.name.utf8) })
      #expect(evidence.problems == problems)
    }
  }

  @Test("is in the order of the list, whatever the order in which images were added")
  func order() throws {
    let images = (0..<600).map { index in
      ImageEvidence(
        name: "\(index % 7)-\(index)", index: index, width: 2, height: 2, tally: tally(index))
    }
    // 600 and 77 have no common factor, so every image is visited once.
    let shuffled = images.indices.map { images[$0 * 77 % 600] }
    var run = record
    run.listed = 600
    for order in [images, shuffled, images.reversed()] {
      try withFile { path in
        try write(order, of: run, to: path)
        #expect(try EvidenceStore.read(path).evidence.images == images)
      }
    }
  }

  @Test("may be none")
  func nothing() throws {
    let run = RunRecord(
      configuration: "", configurationFile: "", tool: "", scheme: Scheme(classes: ClassList([])),
      listed: 0)
    try withFile { path in
      try write([], of: run, problems: [], to: path)
      let (read, evidence) = try EvidenceStore.read(path)
      #expect(read == run)
      #expect(evidence.images.isEmpty && evidence.isComplete)
    }
  }

  @Test("is one plain file: nothing stands beside it")
  func alone() throws {
    try withFile { path in
      try write(everything, to: path)
      let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["evidence.sqlite"])
    }
  }

  @Test("answers a person's questions in SQL")
  func questions() throws {
    try withFile { path in
      try write(everything, to: path)
      let answer = try DatabaseQueue(path: path).read { database in
        try String.fetchOne(
          database,
          sql: """
            SELECT class.name || ': ' || overlap.tp_px || ' px, ' || loss.name || ' '
              || loss_sum.other_value
            FROM overlap JOIN class ON class.id = overlap.class
              JOIN loss_sum USING (image, tile, class) JOIN loss ON loss.id = loss_sum.loss
            WHERE image = 0 AND tile = -1 AND class = 1 AND loss = 0
            """)
      }
      #expect(answer == "it's a \"road\": 5 px, bce -1.5")
      let confused = try DatabaseQueue(path: path).read { database in
        try Row.fetchAll(
          database,
          sql:
            "SELECT truth, predicted, px FROM confusion WHERE image = 0 AND tile = -1 ORDER BY 1, 2"
        ).map { [$0[0], $0[1], $0[2]] as [Int] }
      }
      #expect(confused == [[0, 3, 5], [3, 0, 1]])
    }
  }

  // MARK: What is no evidence

  @Test("is refused while the run that writes it has not finished")
  func unfinished() throws {
    try withFile { path in
      do {
        let writer = try EvidenceWriter(creating: path, run: record)
        for image in everything { try writer.add(image) }
      }
      #expect(fault(path) == "is incomplete: the run that wrote it did not finish")
    }
  }

  @Test("cannot be completed after a failure")
  func failure() throws {
    try withFile { path in
      let writer = try EvidenceWriter(creating: path, run: record)
      let twin = ImageEvidence(name: "same", index: 0, width: 1, height: 1, tally: .zero)
      try writer.add(twin)
      var other = twin
      other.index = 1
      let expected = "cannot be written: UNIQUE constraint failed: image.name"
      #expect(fault { try writer.add(other) } == expected)
      #expect(fault { try writer.finish(problems: []) } == expected)
      #expect(fault(path) == "is incomplete: the run that wrote it did not finish")
    }
  }

  @Test("is refused when the file is something else, with the reason")
  func foreign() throws {
    try withFile { path in
      #expect(fault(path) == "does not exist")
      #expect(fault(URL(filePath: path).deletingLastPathComponent().path()) == "is not a file")
      #expect(fault("/dev/null") == "is not a file")
      try Data("class,iou\nroad,0.5\n".utf8).write(to: URL(filePath: path))
      #expect(fault(path) == "is no evidence: file is not a database")
      try Data().write(to: URL(filePath: path))
      #expect(fault(path) == "is no evidence: another program's database")
      try tamper(path, "CREATE TABLE image (id INTEGER)")
      #expect(fault(path) == "is no evidence: another program's database")
    }
  }

  @Test("is refused when a later version wrote it")
  func version() throws {
    try withFile { path in
      try write(everything, to: path)
      try tamper(path, "PRAGMA user_version = 16")
      #expect(
        fault(path) == "has version 16 of the tables, but only version 15 can be read")
    }
  }

  @Test("is refused when the file was cut off, wherever")
  func truncated() throws {
    try withFile { path in
      try write(everything, to: path)
      let whole = try Data(contentsOf: URL(filePath: path))
      for count in stride(from: 0, to: whole.count, by: 1000) {
        try whole.prefix(count).write(to: URL(filePath: path))
        #expect(fault(path) != nil, "\(count) of \(whole.count) bytes")
      }
      try whole.prefix(whole.count - 1).write(to: URL(filePath: path))
      #expect(fault(path)?.hasPrefix("is damaged: ") == true)
    }
  }

  @Test("is refused when a byte of the file is wrong, whichever")
  func flipped() throws {
    try withFile { path in
      try write(everything, to: path)
      let whole = try Data(contentsOf: URL(filePath: path))
      for index in stride(from: 0, to: whole.count, by: 251) {
        var wrong = whole
        wrong[index] ^= 0xff
        try wrong.write(to: URL(filePath: path))
        #expect(fault(path) != nil, "byte \(index)")
      }
    }
  }

  @Test("is refused when it was changed by another program, also where every value could be")
  func changed() throws {
    try withFile { path in
      try write(everything, to: path)
      try changeUnsealed(path, "UPDATE overlap SET tp_px = tp_px + 1 WHERE image = 0")
      #expect(fault(path) == "is damaged: its checksum is not that of its content")
      try EvidenceSeal.put(on: path)
      #expect(fault(path) == nil)
      let whole = try Data(contentsOf: URL(filePath: path))
      try whole.prefix(whole.count - 31).write(to: URL(filePath: path))
      #expect(fault(path) == "is damaged: its last line is missing")
    }
  }

  @Test(
    "is refused when a value cannot be",
    arguments: [
      (
        "UPDATE overlap SET tp_px = -1 WHERE image = 0 AND tile = -1 AND class = 1",
        "in the table 'overlap', at image 0, tile -1, class 1, 'tp_px' is -1, which cannot be"
      ),
      ("UPDATE overlap SET tp_px = 1 << 49", "'tp_px' is 562949953421312, which cannot be"),
      ("UPDATE overlap SET tp_px = 'many'", "'tp_px' is \"many\", which cannot be"),
      ("UPDATE overlap SET tp_px = 0.5", "'tp_px' is 0.5, which cannot be"),
      ("UPDATE overlap SET class = class + 10", "'class' is 10, which cannot be"),
      ("UPDATE overlap SET tile = 7 WHERE tile = 2", "'tile' is 7, which cannot be"),
      ("DELETE FROM overlap WHERE class = 2", "'class' is 2, which cannot be"),
      (
        "DELETE FROM overlap WHERE class = 2 AND image = 1; DELETE FROM loss_sum WHERE class = 2",
        "missing"
      ),
      ("DELETE FROM loss_sum WHERE loss = 1 AND class = 2", "missing"),
      ("DELETE FROM repair WHERE truth = 2", "missing"),
      ("DELETE FROM level WHERE class = 2", "missing"),
      ("DELETE FROM tile WHERE tile = 0", "'tile' is 1, which cannot be"),
      ("DELETE FROM image WHERE id = 0", "'image' is 0, which cannot be"),
      ("UPDATE loss_sum SET own = x'00'", "'own' is a blob of 1 bytes, which cannot be"),
      ("UPDATE repair SET cells = zeroblob(47)", "'cells' is a blob of 47 bytes"),
      ("UPDATE level SET own = x'80'", "'own' is a blob of 1 bytes, which cannot be"),
      ("UPDATE level SET own = x'ffffffffffffffffff01'", "'own' is a blob of 10 bytes"),
      ("UPDATE level SET own = x'ffffffffffffff7f'", "a count of 72057594037927935 pixels"),
      ("UPDATE level SET own = zeroblob(257)", "'own' is a blob of 257 bytes"),
      ("UPDATE distance SET predicted = x'00'", "'predicted' is a blob of 1 bytes"),
      ("UPDATE distance SET predicted = x'0000'", "'predicted' is a blob of 2 bytes"),
      ("UPDATE distance SET truth = x'00010001'", "'truth' is a blob of 4 bytes"),
      ("UPDATE distance SET truth = x'80'", "'truth' is a blob of 1 bytes"),
      (
        "UPDATE distance SET truth = x'00ffffffffffffff3f01ffffffffffffff3f'",
        "'truth' is a blob of 18 bytes"
      ),
      ("UPDATE distance SET truth_unreached_px = -1", "'truth_unreached_px' is -1"),
      ("UPDATE distance SET class = 3 WHERE class = 2", "'class' is 3, which cannot be"),
      ("UPDATE distance SET image = 3", "'image' is 3, which cannot be"),
      (
        "UPDATE confusion_row SET truth = 4 WHERE image = 0 AND truth = 3",
        "'truth' is 4, which cannot be"
      ),
      ("UPDATE confusion_row SET predicted = '{\"4\":1}'", "'predicted' is \"{\"4\":1}\", which"),
      ("UPDATE confusion_row SET predicted = '{\"0\":1,}'", "'predicted' is \"{\"0\":1,}\", which"),
      ("UPDATE confusion_row SET predicted = '{\"0\":-1}'", "'predicted' is \"{\"0\":-1}\", which"),
      ("UPDATE image SET id = 9 WHERE id = 4", "'id' is 9, which cannot be"),
      ("UPDATE image SET width = 1 << 40, height = 1 << 40", "'height' is 1099511627776"),
      (
        "UPDATE run SET value = '{}' WHERE key = 'scheme'",
        "is damaged: how it was counted cannot be read"
      ),
      (
        "UPDATE run SET value = replace(value, '\"red\":0', '\"red\":256') WHERE key = 'scheme'",
        "is damaged: how it was counted cannot be read"
      ),
      ("UPDATE run SET value = 'some' WHERE key = 'listed'", "'listed' is no count"),
      ("DELETE FROM run WHERE key = 'tool'", "lacks 'tool'"),
      ("UPDATE problem SET place_line = 1, place_byte = 1", "'place_file' is"),
      ("DROP TABLE level", "the table 'level' is not as it should be"),
      ("ALTER TABLE level RENAME COLUMN own TO mine", "the table 'level' is not as it should be"),
      (
        "DROP TABLE note; CREATE VIEW note AS SELECT 0 AS id, 'a' AS text",
        "the table 'note' is not as it should be"
      ),
    ])
  func tampered(change: String, expected: String) throws {
    try withFile { path in
      try write(everything, to: path)
      try tamper(path, change)
      let said = try #require(fault(path))
      #expect(said.hasPrefix("is damaged: "))
      #expect(said.contains(expected))
    }
  }

  @Test("is refused when its counts are possible one by one, but not together")
  func total() throws {
    let images = (0..<5000).map { index in
      ImageEvidence(name: "\(index)", index: index, width: 2, height: 2, tally: tally(index))
    }
    var run = record
    run.listed = images.count
    try withFile { path in
      try write(images, of: run, to: path)
      try tamper(path, "UPDATE overlap SET tn_px = 1 << 48")
      #expect(fault(path) == "is damaged: more pixels are counted than there can be")
    }
  }

  // MARK: What cannot be written

  @Test("is not written over a file, nor where there is no directory")
  func place() throws {
    try withFile { path in
      #expect(
        fault { _ = try EvidenceWriter(creating: path + "/evidence.sqlite", run: record) }
          == "cannot be created: unable to open database file")
      try write([], to: path)
      #expect(fault { _ = try EvidenceWriter(creating: path, run: record) } == "is there already")
    }
  }

  @Test("is not written with a text that SQLite would cut off")
  func zeroByte() throws {
    var run = record
    run.scheme.classes.entries[0].name = "sky\0\u{1b}"
    try withFile { path in
      #expect(
        fault { _ = try EvidenceWriter(creating: path, run: run) }
          == #"cannot keep the text "sky\u{0}\u{1b}": it holds a zero byte"#)
    }
  }
}

// MARK: Fixtures

extension EvidenceStoreTests {
  var record: RunRecord {
    RunRecord(
      configuration: "version: 1\nclasses: [\"sky\"]\n\n# ✓\r\n", configurationFile: "pipeline.yml",
      tool: "unmask 1.0", scheme: scheme, listed: 5, notes: ["finished", "", "it's \"noted\""])
  }

  /// With everything that a scheme can say.
  var scheme: Scheme {
    let classes = ClassList([
      .init(name: "sky", value: .min),
      .init(
        name: "it's a \"road\"", labels: PerSide(predictions: [7, 8], truth: []),
        colors: [.init(red: 0, green: 128, blue: 255), .init(red: 1, green: 2, blue: 3)]),
      .init(name: "", value: .max),
    ])
    var scheme = Scheme(
      classes: classes, kind: .logits, activation: .softmax, decision: .above(1.0 / 3),
      losses: [LossDefinition("bce"), LossDefinition("focal", ["gamma": 2, "alpha": 0.1])],
      repaired: LossDefinition("ce", ["epsilon": 1e-45]), softSums: true, quantisation: .truncate)
    scheme.ignored = Scheme.Ignored(labels: [255, -1, .max], unlisted: true)
    scheme.axes = PerSide(predictions: "NHWC", truth: nil)
    (scheme.levels, scheme.border, scheme.tile) = (true, 3, .side(256))
    scheme.distances = true
    scheme.sampleWeights = Scheme.SampleWeights(
      firstClass: [1, 0.1, 1000], noClass: 0, images: "cbf29ce484222325")
    return scheme
  }

  var problems: [ImageProblem] {
    let places: [Problem.Place?] = [
      .file("a.png"), nil, .line(3, file: "b'.csv"), .byte(.max, file: ""),
    ]
    return places.map { place in
      ImageProblem(
        image: "3", problem: Problem("is \"damaged\"\n", at: place, remedy: "write it; again --"))
    }
  }

  /// Every statistic in every shape that it may have, and names that need quoting.
  var everything: [ImageEvidence] {
    [
      ImageEvidence(
        name: "a'b\"; DROP TABLE image; --\n\t🛣️ e\u{301}", index: 0, group: "", width: 4, height: 3,
        ignored: 2, unlistedPredictions: 1, tally: tallyWithDistances,
        tiles: [tally(3), Tally(), tally(2)], levels: levels),
      ImageEvidence(name: "zeros", index: 1, group: "🏙", width: 0, height: 0, tally: zeros),
      ImageEvidence(name: "", index: 2, width: 1, height: 1, tally: Tally(), tiles: [zeros]),
      ImageEvidence(name: "large", index: 4, width: 1 << 24, height: 1 << 24, tally: extremes),
    ]
  }

  func tally(_ count: Int) -> Tally {
    var tally = Tally()
    (tally.pixels, tally.overlapping, tally.unclassed) = (count + 4, 1, count)
    tally.classes = (0..<3).map { id in
      ClassTally(
        overlap: Overlap(both: count, onlyTrue: id, onlyPredicted: 2, neither: 4 - id),
        soft: id == 2 ? .zero : SoftSums(predicted: sum(0.25), both: sum(1e-9), truth: count),
        losses: [
          LossSum(positive: sum(Double(id) / 3), negative: sum(-1.5), positives: id, negatives: 9),
          .zero,
        ],
        saturated: SaturatedCounts(
          ownAtZero: id, ownAtOne: 2, otherAtZero: count, otherAtOne: 4 * id),
        ties: TieCounts(own: id, other: 3 * count),
        bounds: id == 0
          ? []
          : [
            .zero,
            LossBounds(
              low: SplitSum(own: sum(-0.5), other: .zero),
              high: SplitSum(own: sum(3), other: sum(1e-9))),
          ],
        capped: id == 2 ? [SplitSum(own: sum(16.125), other: sum(-1)), .zero] : [])
    }
    tally.confusion = Confusion([
      .init(truth: 3, predicted: 0, count: 1), .init(truth: 0, predicted: 3, count: count),
    ])
    tally.repairs = (0..<9).map { sum($0 / 3 == 1 ? 0 : Double($0) - 7.3) }
    return tally
  }

  /// Pixels that coincide, that are far, that nothing is there for, and none at all.
  var tallyWithDistances: Tally {
    var tally = tally(5)
    tally.classes[0].distances = SurfaceDistances(
      predicted: DistanceCounts(squared: [0, 0, 1, 2, 4, 1 << 40]),
      truth: DistanceCounts(squared: [0, 9]) + DistanceCounts(unreached: 3))
    tally.classes[2].distances.truth = DistanceCounts(unreached: 7)
    return tally
  }

  /// Lists of zeros, which are not the same as no lists.
  var zeros: Tally {
    var tally = Tally()
    tally.classes = .init(repeating: ClassTally(losses: [.zero, .zero]), count: 3)
    tally.repairs = .init(repeating: .zero, count: 9)
    return tally
  }

  var extremes: Tally {
    let (least, greatest) = (ExactSum(units: .min), ExactSum(units: .max))
    let loss = LossSum(positive: least, negative: greatest, positives: 1 << 48, negatives: 0)
    let soft = SoftSums(predicted: ExactSum(units: -1), both: least, predictedSquared: greatest)
    var tally = Tally()
    tally.pixels = 1 << 48
    tally.classes = .init(
      repeating: ClassTally(soft: soft, losses: [loss, loss]), count: 3)
    return tally
  }

  /// Counts of every length in bytes, none at the end, none at all.
  var levels: [LevelHistogram] {
    let counts = (0..<256).map { $0 < 49 ? 1 << $0 - 1 : 0 }
    let none = LevelHistogram.zero
    return [
      LevelHistogram(own: counts, other: counts.reversed()), none,
      LevelHistogram(own: none.own, other: counts.map { min($0, 200) }),
    ]
  }

  func sum(_ value: Double) -> ExactSum { ExactSum(value) ?? .zero }
}

// MARK: Files

extension EvidenceStoreTests {
  func withFile(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "unmask-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "evidence.sqlite").path(percentEncoded: false))
  }

  func write(_ images: [ImageEvidence], to path: String) throws {
    try write(images, of: record, to: path)
  }

  func write(
    _ images: [ImageEvidence], of run: RunRecord, problems: [ImageProblem]? = nil, to path: String
  ) throws {
    let writer = try EvidenceWriter(creating: path, run: run)
    for image in images { try writer.add(image) }
    try writer.finish(problems: problems ?? self.problems)
  }

  func tamper(_ path: String, _ change: String) throws {
    try changeUnsealed(path, change)
    // What remains to be found is what the change itself is.
    try EvidenceSeal.put(on: path)
  }

  func changeUnsealed(_ path: String, _ change: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: change) }
  }

  /// What is said against reading the file.
  func fault(_ path: String) -> String? {
    fault {
      do throws(Problem) {
        _ = try EvidenceStore.read(path)
      } catch {
        #expect(error.place == .file(path) && !error.remedy.isEmpty)
        throw error
      }
    }
  }

  func fault(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? Problem)?.what ?? "not a problem: \(error)"
    }
  }
}
