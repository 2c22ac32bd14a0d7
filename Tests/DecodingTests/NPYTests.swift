import Core
import Decoding
import Raster
import Testing

@Suite("NPY files")
struct NPYTests {
  @Test("are read in every element and byte order", arguments: Plane.Element.allCases)
  func elements(element: Plane.Element) throws {
    let size = element.size
    let one = ["f2": 0x3c00, "f4": 0x3f80_0000, "f8": 0x3ff0 << 48][element.rawValue] ?? 1
    let ascending = little(0, size) + little(one, size)
    for order in size == 1 ? ["|", "<", ">", "="] : ["<", "="] {
      #expect(try numbers(array(npy("\(order)\(element)", "(2,)", data: ascending))) == [0, 1])
    }
    let swapped = try array(npy(">\(element)", "(2,)", data: ascending.reversed()))
    #expect(swapped.element == element)
    #expect(swapped.isByteSwapped == (size > 1))
    #expect(numbers(swapped) == [1, 0])
  }

  @Test("have their last axis run fastest, or in Fortran order their first")
  func orders() throws {
    let data: [UInt8] = [1, 2, 3, 4, 5, 6]
    let rows = try array(npy("|u1", "(2, 3)", data: data))
    #expect(rows.strides == [3, 1])
    #expect(numbers(rows) == [1, 2, 3, 4, 5, 6])
    let columns = try array(npy("|u1", "(2, 3)", fortran: true, data: data))
    #expect(columns.strides == [1, 2])
    #expect(numbers(columns) == [1, 3, 5, 2, 4, 6])
  }

  @Test("give a plane for any two axes")
  func planes() throws {
    // One image of 2 × 3 pixels with 2 classes, channels last; tens are the class.
    let data: [UInt8] = [1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16]
    let image = try array(npy("|u1", "(1, 2, 3, 2)", data: data))
    #expect(
      numbers(image.plane(rowAxis: 1, columnAxis: 2, at: [0, 9, 9, 1])) == [11, 12, 13, 14, 15, 16])
    #expect(
      numbers(image.plane(rowAxis: 2, columnAxis: 1, at: [0, 0, 0, 0])) == [1, 4, 2, 5, 3, 6])
    #expect(numbers(image.plane(rowAxis: 1, columnAxis: 3, at: [0, 0, 2, 0])) == [3, 13, 6, 16])
  }

  @Test("have a header of version 1.0, 2.0 or 3.0", arguments: [1, 2, 3] as [UInt8])
  func versions(version: UInt8) throws {
    #expect(try numbers(array(npy("|u1", "(1,)", data: [7], version: (version, 0)))) == [7])
  }

  @Test(
    "may write the dictionary in any way that means the same",
    arguments: [
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)}",
      "{\"shape\":(1,2),\"fortran_order\":False,\"descr\":\"|u1\"}",
      " { 'shape' : ( 1L, 2L, ) ,\n 'descr': '|u1','fortran_order' :True , } ",
    ])
  func notations(header: String) throws {
    let array = try array(npy(header: header, data: [3, 4]))
    #expect(array.shape == [1, 2])
    #expect(numbers(array) == [3, 4])
  }

  @Test("may hold one number without axes, or none")
  func smallest() throws {
    let scalar = try array(npy("|u1", "()", data: [9]))
    #expect(scalar.shape == [] && numbers(scalar) == [9])
    #expect(try array(npy("<f4", "(0, 4)")).shape == [0, 4])
  }

  @Test("have one array, which has no name")
  func names() throws {
    try withFile(npy("|u1", "(1,)", data: [5])) { path in
      let file = try ArrayFile(opening: path)
      #expect(file.names == [""])
      #expect(try numbers(file.array(named: "")) == [5])
      #expect(
        throws: Problem(
          "holds no array 'pred'", at: .file(path),
          remedy: "an NPY file holds one array, without a name: leave the name out")
      ) { try file.array(named: "pred") }
    }
  }
}

@Suite("NPY files that are refused")
struct NPYRefusalTests {
  @Test("too short: truncated, or still being written")
  func short() throws {
    let whole = npy("<f4", "(2, 3)", data: [UInt8](repeating: 0, count: 24))
    #expect(try arrayRefusal(whole) == nil)
    #expect(
      try arrayRefusal(whole.dropLast(3))
        == "the file is truncated or still being written: "
        + "its header says (2, 3) of f4 = 24 bytes, but 21 follow it (byte 149)"
    )
    #expect(
      try arrayRefusal(Array(whole.prefix(40)))
        == "the file is truncated or still being written: "
        + "its header is 118 bytes long, but only 30 are there (byte 40)"
    )
    for length in 6..<10 {
      #expect(
        try arrayRefusal(Array(whole.prefix(length)))
          == "the file is truncated or still being written: "
          + "it ends within its header (byte \(length))"
      )
    }
    #expect(try arrayRefusal([]) == "is empty")
  }

  @Test("too long: something is left over")
  func long() throws {
    #expect(
      try arrayRefusal(npy("|u1", "(2,)", data: [1, 2, 3, 4, 5]))
        == "3 bytes are left over: the header says (2,) of u1 = 2 bytes (byte 130)")
  }

  @Test("every proper beginning of a file")
  func prefixes() throws {
    let whole = npy("<u2", "(2, 2)", data: [1, 0, 2, 0, 3, 0, 4, 0])
    for length in whole.indices {
      #expect(try arrayRefusal(Array(whole.prefix(length))) != nil)
    }
  }

  @Test(
    "not numbers: the message says what they are",
    arguments: [
      ("|O", "holds Python objects (dtype '|O'), not plain numbers"),
      ("<U4", "holds text (dtype '<U4'), not plain numbers"),
      ("|S5", "holds text (dtype '|S5'), not plain numbers"),
      ("|V6", "holds 6 raw bytes a number (dtype '|V6'), not plain numbers"),
      ("<M8[D]", "holds dates (dtype '<M8[D]'), not plain numbers"),
      ("<m8[s]", "holds durations (dtype '<m8[s]'), not plain numbers"),
      ("<c8", "holds complex numbers (dtype '<c8'), not plain numbers"),
      ("<f16", "holds floats of an unusual size (dtype '<f16'), not plain numbers"),
      ("<z4", "has the unknown dtype '<z4'"),
      ("float32", "has the unknown dtype 'float32'"),
      ("", "has the unknown dtype ''"),
      ("|f4", "the dtype '|f4' does not say the byte order"),
    ])
  func types(descr: String, message: String) throws {
    #expect(try arrayRefusal(npy(descr, "(1,)", data: [0])) == "\(message) (byte 20)")
  }

  @Test("records with named fields")
  func records() throws {
    let header = "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }"
    #expect(
      try arrayRefusal(npy(header: header))
        == "holds structured records, not plain numbers (byte 20)")
  }

  // Each line was run by NumPy on an array of the kind.
  @Test(
    "no numbers: the remedy is the line of Python that makes some",
    arguments: [
      ("<U4", "re-save it: np.save(file, np.asarray(x, dtype=np.float32))"),
      (
        "|O",
        "save each image in a file of its own: for i, x in enumerate(np.load(file, allow_pickle=True)): np.save(f'{i:04}.npy', np.asarray(x, dtype=np.float32))"
      ),
      ("<c8", "save their real part: np.save(file, np.load(file).real.astype(np.float32))"),
    ])
  func remedy(descr: String, remedy: String) throws {
    let problem = try withFile(npy(descr, "(1,)")) { try arrayRefusal($0) as Problem? }
    #expect(problem?.remedy == remedy)
  }

  @Test(
    "a shape that no array has",
    arguments: [
      ("(-1, 2)", "the shape has a negative length (byte 61)"),
      ("(3)", "cannot read the header: expected ',', found ')' (byte 62)"),
      ("[3]", "cannot read the header: expected '(', found '[' (byte 60)"),
      ("(2.0,)", "cannot read the header: expected ',', found '.' (byte 62)"),
      ("(1, 0x2)", "cannot read the header: expected ')', found 'x' (byte 65)"),
      ("(True,)", "cannot read the header: expected a length, found 'T' (byte 61)"),
      ("((1,), 2)", "cannot read the header: expected a length, found '(' (byte 61)"),
      ("(1, 1, 1, 1, 1, 1, 1)", "the array has more than 6 axes (byte 79)"),
      (
        "(99999999999999999999,)",
        "the length 99999999999999999999 is more than any memory holds (byte 61)"
      ),
      (
        "(4611686018427387904, 4611686018427387904)",
        "the header claims more numbers than any memory holds (byte 128)"
      ),
      (
        "(0, 4611686018427387904, 4611686018427387904)",
        "the header claims more numbers than any memory holds (byte 128)"
      ),
    ])
  func shapes(shape: String, message: String) throws {
    #expect(try arrayRefusal(npy("|u1", shape, data: [1])) == message)
  }

  @Test("an enormous shape costs no memory")
  func enormous() throws {
    #expect(
      try arrayRefusal(npy("<f4", "(1099511627776,)", data: [0, 0, 0, 0]))
        == "the file is truncated or still being written: "
        + "its header says (1099511627776,) of f4 = 4398046511104 bytes, but 4 follow it (byte 132)"
    )
  }

  @Test(
    "a header that NumPy would not write",
    arguments: [
      ("[1, 2, 3]", "cannot read the header: expected '{', found '[' (byte 10)"),
      ("{}", "the header does not say 'descr' (byte 10)"),
      ("{'descr': '|u1', 'shape': (1,)}", "the header does not say 'fortran_order' (byte 10)"),
      ("{'descr': '|u1', 'fortran_order': False}", "the header does not say 'shape' (byte 10)"),
      ("{'descr': '|u1', 'descr': '|u1'}", "the header names 'descr' twice (byte 27)"),
      ("{'descr': '|u1', 'x': 1}", "the header has the unknown key 'x' (byte 27)"),
      (
        "{'fortran_order': 0}",
        "cannot read the header: expected True or False, found '0' (byte 28)"
      ),
      ("{'descr': open('x')}", "cannot read the header: expected ''', found 'o' (byte 20)"),
      (
        "{'descr': 'a\\'}", "cannot read the header: expected a closing quote, found '\\' (byte 22)"
      ),
      (
        "{'descr': '|u1",
        "cannot read the header: expected a closing quote, found '\\u{a}' (byte 63)"
      ),
      ("{'descr': '|u1' 'shape'", "cannot read the header: expected '}', found ''' (byte 26)"),
      (
        "{'é': 1}",
        "cannot read the header: "
          + "expected a closing quote, found the byte 195, which is no ASCII (byte 12)"
      ),
      (
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + {}",
        "cannot read the header: expected its end, found '+' (byte 66)"
      ),
    ])
  func headers(header: String, message: String) throws {
    #expect(try arrayRefusal(npy(header: header, data: [1])) == message)
  }

  @Test("a version that does not exist, or a header longer than NumPy's limit")
  func preamble() throws {
    #expect(
      try arrayRefusal(npy("|u1", "(1,)", data: [1], version: (9, 0)))
        == "is of NPY version 9.0; known are 1.0, 2.0 and 3.0 (byte 6)")
    #expect(
      try arrayRefusal(npy("|u1", "(1,)", data: [1], version: (1, 1)))
        == "is of NPY version 1.1; known are 1.0, 2.0 and 3.0 (byte 6)")
    let blanks = String(repeating: " ", count: 10_000)
    #expect(
      try arrayRefusal(npy(header: blanks))
        == "the header is 10038 bytes long; the limit is 10000 (byte 8)"
    )
  }

  @Test("another kind of file, whatever its name")
  func foreign() throws {
    let words = "is neither NPY, NPZ nor safetensors"
    #expect(try arrayRefusal(Array("\u{89}PNG\r\n".utf8)) == words)
    #expect(try arrayRefusal([0x93]) == words)
  }
}
