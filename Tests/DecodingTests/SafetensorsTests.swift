import Core
import Decoding
import Raster
import Testing

/// The entry of one array in a header.
private func entry(_ name: String, _ dtype: String, _ shape: String, _ start: Int, _ end: Int)
  -> String
{
  #""\#(name)": {"dtype": "\#(dtype)", "shape": \#(shape), "data_offsets": [\#(start), \#(end)]}"#
}

@Suite("Safetensors files")
struct SafetensorsTests {
  // Each is one 1, or true, as safetensors 0.8.0 writes it.
  @Test(
    "are read in every type",
    arguments: [
      ("BOOL", [1], "bool"), ("U8", [1], "uint8"), ("I8", [1], "int8"), ("U16", [1, 0], "uint16"),
      ("I16", [1, 0], "int16"), ("U32", [1, 0, 0, 0], "uint32"), ("I32", [1, 0, 0, 0], "int32"),
      ("U64", [1, 0, 0, 0, 0, 0, 0, 0], "uint64"), ("I64", [1, 0, 0, 0, 0, 0, 0, 0], "int64"),
      ("F16", [0, 0x3c], "float16"), ("F32", [0, 0, 0x80, 0x3f], "float32"),
      ("F64", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], "float64"), ("BF16", [0x80, 0x3f], "bfloat16"),
      ("F8_E4M3", [0x38], "float8_e4m3fn"), ("F8_E5M2", [0x3c], "float8_e5m2"),
      ("F8_E4M3FNUZ", [0x40], "float8_e4m3fnuz"), ("F8_E5M2FNUZ", [0x40], "float8_e5m2fnuz"),
    ] as [(String, [UInt8], String)])
  func types(dtype: String, data: [UInt8], name: String) throws {
    let file = safetensors("{\(entry("x", dtype, "[1, 1]", 0, data.count))}", data: data)
    let array = try array(file)
    #expect(array.typeName == name)
    #expect(try numbers(#require(array.widened())) == [1])
  }

  @Test("have names, in the order of the header and not in that of the numbers")
  func names() throws {
    let header = "{\(entry("b", "U8", "[2]", 4, 6)), \(entry("a/é", "U16", "[2]", 0, 4))}"
    try withFile(safetensors(header, data: [1, 0, 2, 0, 3, 4])) { path in
      let file = try ArrayFile(opening: path)
      #expect(file.names == ["b", "a/é"])
      #expect(try numbers(file.array(named: "a/é")) == [1, 2])
      #expect(try numbers(file.array(named: "b")) == [3, 4])
      #expect(
        throws: Problem(
          "holds 2 arrays", at: .file(path), remedy: "name one of 'b', 'a/é'")
      ) { try file.array(named: nil) }
      #expect(
        throws: Problem(
          "holds no array 'c'", at: .file(path), remedy: "the arrays are 'b', 'a/é'")
      ) { try file.array(named: "c") }
    }
  }

  @Test("run along their last axis fastest, and may have metadata, no axes or no numbers")
  func layouts() throws {
    let data: [UInt8] = [1, 2, 3, 4, 5, 6, 7]
    let header = """
      {"__metadata__": {"format": "pt", "note": "{\\"shape\\": [9]}"},
      \(entry("rows", "U8", "[2, 3]", 0, 6)), \(entry("none", "F32", "[0, 4]", 6, 6)),
      \(entry("one", "U8", "[]", 6, 7))}
      """
    let file = safetensors(header, data: data)
    let rows = try array(file, named: "rows")
    #expect(rows.strides == [3, 1])
    #expect(numbers(rows) == [1, 2, 3, 4, 5, 6])
    #expect(try array(file, named: "none").shape == [0, 4])
    #expect(try numbers(array(file, named: "one")) == [7])
  }

  @Test("hold arrays that are not read beside those that are")
  func others() throws {
    let header = """
      {\(entry("f4", "F4", "[3, 2]", 0, 3)), \(entry("c64", "C64", "[1]", 3, 11)),
      \(entry("deep", "U8", "[1, 1, 1, 1, 1, 1, 1]", 11, 12)), \(entry("x", "U8", "[1]", 12, 13))}
      """
    let file = safetensors(header, data: [UInt8](repeating: 1, count: 13))
    #expect(try numbers(array(file, named: "x")) == [1])
    for (name, message) in [
      ("f4", "array 'f4' holds numbers of the type F4, which is not read"),
      ("c64", "array 'c64' holds numbers of the type C64, which is not read"),
      ("deep", "array 'deep' has more than 6 axes"),
    ] {
      let error = try #require(throws: Problem.self) { try array(file, named: name) }
      #expect(error.what == message)
    }
  }
}

@Suite("Safetensors files that are refused")
struct SafetensorsRefusalTests {
  @Test("cut off, or with something behind")
  func length() throws {
    let whole = safetensors("{\(entry("x", "U8", "[4]", 0, 4))}", data: [1, 2, 3, 4])
    #expect(try arrayRefusal(whole) == nil)
    #expect(
      try arrayRefusal(whole.dropLast())
        == "the file is truncated or still being written: its header says 4 bytes of numbers, but 3 follow it (byte 75)"
    )
    #expect(
      try arrayRefusal(whole + [5]) == "1 bytes are left over behind the last array (byte 76)")
    for length in whole.indices {
      #expect(try arrayRefusal(Array(whole.prefix(length))) != nil)
    }
    var long = whole
    long[2] = 0x41
    #expect(
      try arrayRefusal(long)
        == "the header is 4259904 bytes long; the limit is 4194304 (byte 0)")
  }

  @Test(
    "against a rule of the format",
    arguments: [
      (
        "{\(entry("x", "U8", "[2]", 0, 2)), \(entry("x", "U8", "[2]", 2, 4))}",
        "the header names 'x' twice"
      ),
      (
        #"{"x": {"dtype": "U8", "dtype": "I8", "shape": [4], "data_offsets": [0, 4]}}"#,
        "array 'x' has two 'dtype'"
      ),
      (
        "{\(entry("x", "U8", "[2]", 2, 4))}",
        "array 'x' does not follow another: 2 bytes before it belong to none (byte 8)"
      ),
      (
        "{\(entry("x", "U8", "[3]", 0, 3)), \(entry("y", "U8", "[2]", 2, 4))}",
        "array 'y' overlaps another array (byte 8)"
      ),
      (
        "{\(entry("x", "U8", "[4]", 0, 4)), \(entry("y", "U8", "[0]", 2, 2))}",
        "array 'y' overlaps another array (byte 8)"
      ),
      (
        "{\(entry("x", "F32", "[2]", 0, 4))}",
        "array 'x' is [2] of F32 = 8 bytes, but its data_offsets hold 4"
      ),
      (
        "{\(entry("x", "U8", "[4]", 4, 0))}", "array 'x' has data_offsets that are no start and end"
      ),
      ("{\(entry("x", "U8", "[-4]", 0, 4))}", "array 'x' has the negative number -4"),
      (
        "{\(entry("x", "F64", "[4611686018427387904, 4]", 0, 4))}",
        "array 'x' claims more numbers than any memory holds"
      ),
      ("{\(entry("x", "u8", "[4]", 0, 4))}", "array 'x' has the unknown dtype 'u8'"),
      (#"{"x": {"dtype": "U8", "shape": [4]}}"#, "array 'x' has no data_offsets"),
      (
        "{\(entry("x", "U8", "[4.0]", 0, 4))}",
        "is no JSON that can be read: it has '4', where a whole number is expected (byte 40)"
      ),
      (
        "{\(entry("x", "U8", "[4]", 0, 4))} {}",
        "is no JSON that can be read: it has '{' behind the end (byte 69)"
      ),
    ])
  func rules(header: String, message: String) throws {
    #expect(try arrayRefusal(safetensors(header, data: [1, 2, 3, 4])) == message)
  }

  @Test("without an array")
  func empty() throws {
    #expect(try arrayRefusal(safetensors("{}")) == "holds no arrays")
  }
}
