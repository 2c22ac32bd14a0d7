import Core
import Decoding
import Raster
import Testing

/// A NRRD file of 2 × 3 × 2 bytes with fields changed, added or, where `nil`, left out.
private func nrrd(
  _ changes: KeyValuePairs<String, String?> = [:], extra: String = "", magic: String = "NRRD0004",
  data: [UInt8] = Array(0..<12)
) -> [UInt8] {
  var fields: [(String, String?)] = [
    ("type", "uint8"), ("dimension", "3"), ("sizes", "2 3 2"), ("encoding", "raw"),
  ]
  for (name, value) in changes {
    fields.removeAll { $0.0 == name }
    fields.append((name, value))
  }
  let lines = fields.compactMap { name, value in value.map { "\(name): \($0)\n" } }.joined()
  return Array("\(magic)\n\(lines)\(extra)\n".utf8) + data
}

private func header(_ bytes: [UInt8]) throws -> NRRDHeader { try NRRDHeader(reading: Bytes(bytes)) }

private func values(_ bytes: [UInt8]) throws -> [Double] {
  let file = Bytes(bytes)
  let header = try NRRDHeader(reading: file)
  return numbers(header.numbers.array(in: file, at: try header.start(in: file)))
}

private func refusal(_ bytes: [UInt8]) -> String? {
  let file = Bytes(bytes)
  do throws(Problem) {
    _ = try NRRDHeader(reading: file).start(in: file)
    return nil
  } catch {
    return error.what
  }
}

@Suite("NRRD files")
struct NRRDTests {
  // As SimpleITK 2.5.7 wrote an image that is turned by 0.3 about its last axis; ITK's coordinates are LPS.
  @Test("say where their voxels lie, in whatever coordinates of a patient")
  func space() throws {
    let directions = "(1.5,0.5,0) (-0.25,2,0) (0,0,3)"
    for (space, x, y) in [
      ("left-posterior-superior", -1.0, -1.0), ("LPS", -1, -1), ("RAS", 1, 1), ("LAS", -1, 1),
      ("right-anterior-superior", 1, 1), ("left-anterior-superior", -1, 1),
    ] {
      let told = try header(
        nrrd(["space": space, "space directions": directions, "space origin": "(10,20,30)"]))
      #expect(
        told.matrix
          == [x * 1.5, x * -0.25, 0, x * 10, y * 0.5, y * 2, 0, y * 20, 0, 0, 3, 30])
      #expect(told.spatialAxes == [0, 1, 2])
    }
  }

  @Test("have axes that are no directions, and units")
  func axes() throws {
    let list = try header(
      nrrd([
        "dimension": "4", "sizes": "2 1 3 2", "space": "LPS",
        "space directions": "none (1, 0, 0) (0,2,0) (0,0,3)", "kinds": "list domain domain ???",
        "space units": #""cm" "cm" "cm""#,
      ]))
    #expect(list.spatialAxes == [1, 2, 3])
    #expect(list.kinds == ["list", "domain", "domain", nil])
    #expect(list.matrix == [-10, 0, 0, 0, 0, -20, 0, 0, 0, 0, 30, 0])
    // Nobody says how they lie in a patient.
    for fields: KeyValuePairs<String, String?> in [
      ["spacings": "1 nan 3"],
      ["space": "scanner-xyz", "space directions": "(1,0,0) (0,1,0) (0,0,1)"],
      ["space dimension": "3", "space directions": "(1,0,0) (0,1,0) (0,0,1)"],
    ] {
      #expect(try header(nrrd(fields)).matrix == nil)
    }
    #expect(try header(nrrd(["spacings": "1 nan 3"])).spacings == [1, nil, 3])
  }

  @Test("are read with the fastest axis last, in either order of bytes, behind lines or bytes")
  func numbers() throws {
    #expect(try values(nrrd()) == (0..<12).map(Double.init))
    let shorts = (0..<12).flatMap { little($0, 2) }
    #expect(
      try values(nrrd(["type": "short", "endian": "little"], data: shorts))
        == (0..<12).map(Double.init))
    #expect(
      try values(nrrd(["type": "short", "endian": "big"], data: shorts))
        == (0..<12).map { Double($0 * 256) })
    let twelve = [UInt8](0..<12)
    #expect(
      try values(nrrd(["byte skip": "3"], data: [9, 9, 9] + twelve)) == twelve.map(Double.init))
    #expect(
      try values(nrrd(["byte skip": "-1"], data: [9, 9] + twelve)) == twelve.map(Double.init))
    #expect(
      try values(nrrd(["line skip": "2"], data: Array("a\n\n".utf8) + twelve))
        == twelve.map(Double.init))
    let shape = try header(nrrd()).numbers.array(in: Bytes(nrrd()), at: 0).shape
    #expect(shape == [2, 3, 2])
  }

  @Test("may have comments, keys of a user, other line ends, and their numbers beside them")
  func forms() throws {
    let told = try header(nrrd(extra: "# a: b\nkey:=value: x\nTHICKNESSES: 1 2 3\n"))
    #expect(told.numbers.sizes == [2, 3, 2])
    let lines = String(decoding: nrrd(data: []), as: UTF8.self).replacing("\n", with: "\r\n")
    #expect(try header(Array(lines.utf8)).length == lines.utf8.count)
    let alone = try header(Array(nrrd(["data file": "x.raw.gz", "encoding": "gz"]).prefix(87)))
    #expect(alone.dataFile == "x.raw.gz" && alone.numbers.packing == .gzip)
  }

  @Test(
    "are refused by name",
    arguments: [
      (nrrd(["encoding": "bzip2"]), "the field 'encoding' is 'bzip2', which is not read"),
      (nrrd(["type": "block"]), "the field 'type' is 'block', which is not read"),
      (nrrd(["sizes": nil]), "its header has no field 'sizes'"),
      (nrrd(["sizes": "2 3"]), "the field 'sizes' has 2 values for 3 axes"),
      (nrrd(["sizes": "2 0 2"]), "the field 'sizes' has '0', and not a number from 1"),
      (nrrd(["type": "short"]), "its header has no field 'endian'"),
      (nrrd(extra: "sizes: 2 3 2\n"), "has the field 'sizes' twice"),
      (nrrd(extra: "foo: 2\n"), "has the unknown field 'foo'"),
      (nrrd(magic: "NRRD0006"), "is of NRRD version 6; known are 1 to 5"),
      (
        nrrd(["data file": "../x.raw"]),
        "the field 'data file' is '../x.raw', which does not lie beside the header"
      ),
      (
        nrrd(["data file": "x%02d.raw 1 2 1"]),
        "the field 'data file' names several files, which are not read"
      ),
      (
        nrrd(data: [1, 2]),
        "the file is truncated or still being written: its header says 12 bytes of numbers, but 2 follow it"
      ),
      (
        nrrd(data: Array(0..<13)),
        "1 bytes are left over: the header says 12 bytes of numbers"
      ),
      (
        nrrd(["sizes": "4294967296 4294967296 2"]),
        "its header claims more numbers than any memory holds"
      ),
    ])
  func refused(file: [UInt8], message: String) {
    #expect(refusal(file) == message)
  }

  @Test("every proper beginning of a file")
  func prefixes() {
    let whole = nrrd()
    for length in whole.indices { #expect(refusal(Array(whole.prefix(length))) != nil) }
  }

  @Test("are named where the file of their numbers is not there")
  func missingNumbers() throws {
    let bytes = nrrd(["data file": "unmask-is-not-there.raw"], data: [])
    try withFile(bytes) { path in
      let problem = #expect(throws: Problem.self) { try VolumeFile(opening: path) }
      #expect(problem?.place == .file(path))
      #expect(
        problem?.what == "its file of numbers, 'unmask-is-not-there.raw' beside it: does not exist")
    }
  }
}
