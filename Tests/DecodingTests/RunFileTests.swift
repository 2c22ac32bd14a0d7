import Core
import Decoding
import Raster
import TestSupport
import Testing

/// The compressed counts of a mask that lies column by column, written digit by digit.
func counts(_ mask: [Bool]) -> [Int] {
  var counts = [0]
  var isInside = false
  for pixel in mask {
    if pixel != isInside {
      counts.append(0)
      isInside = pixel
    }
    counts[counts.count - 1] += 1
  }
  return counts
}

func text(_ counts: [Int]) -> String {
  var text = ""
  for index in counts.indices {
    var number = counts[index] - (index > 2 ? counts[index - 2] : 0)
    var goesOn = true
    while goesOn {
      let digit = number & 0x1f
      number >>= 5
      goesOn = digit & 0x10 == 0 ? number != 0 : number != -1
      text.unicodeScalars.append(Unicode.Scalar(UInt8(48 + digit + (goesOn ? 32 : 0))))
    }
  }
  return text
}

/// An entry as SemSegEvaluator writes it.
func entry(_ name: String, _ category: Int, _ counts: String, _ height: Int, _ width: Int) -> String
{
  #"{"file_name": "\#(name)", "category_id": \#(category), "segmentation": {"size": [\#(height), \#(width)], "counts": "\#(counts.replacing("\\", with: "\\\\"))"}}"#
}

@Suite("A file of masks as runs")
struct RunFileTests {
  private func read(_ text: String) throws -> RunFile {
    try withFile(Array(text.utf8)) { try RunFile(opening: $0) }
  }

  private func refusal(_ text: String, width: Int = 4, height: Int = 3) throws -> String? {
    try withFile(Array(text.utf8)) { path in
      do throws(Problem) {
        let file = try RunFile(opening: path)
        for image in file.images {
          for mask in image.masks {
            _ = try file.runs(
              of: mask, width: image.size?.width ?? width, height: image.size?.height ?? height)
          }
        }
        return nil
      } catch {
        #expect(!error.remedy.isEmpty)
        #expect(error.description.contains(path))
        return error.description.replacing(path, with: "f")
      }
    }
  }

  @Test("of COCO is read as it was drawn, at every change and size", arguments: [0, 0.02, 0.3, 1])
  func compressed(change: Double) throws {
    var random = SeededGenerator(seed: 7)
    for (width, height) in [
      (1, 1), (1, 70), (70, 1), (5, 3), (64, 64), (33, 129), (65_536, 1), (1, 65_536), (300, 200),
    ] {
      var isInside = random.next() & 1 == 1
      let mask = (0..<width * height).map { _ in
        if Double(random.next() >> 11) * 0x1p-53 < change { isInside.toggle() }
        return isInside
      }
      let counts = counts(mask)
      let file = try read("[\(entry("a.png", 7, text(counts), height, width))]")
      let list = try read(
        #"[{"image_id": 9, "category_id": "x", "segmentation": {"counts": \#(counts), "size": [\#(height), \#(width)]}}]"#
      )
      var pairs: [Int] = []
      var end = 0
      for (index, count) in counts.enumerated() {
        if index % 2 == 1 { pairs += [end + 1, count] }
        end += count
      }
      let csv = try read(
        "ImageId,EncodedPixels\na,\(pairs.map(String.init).joined(separator: " "))\n")
      for file in [file, list, csv] {
        guard let image = file.images.first else { return }
        if file.images[0].masks.isEmpty {
          #expect(!mask.contains(true))
          continue
        }
        let runs = try file.runs(of: image.masks[0], width: width, height: height)
        var drawn = [Bool](repeating: false, count: mask.count)
        for run in runs {
          #expect(run.count > 0)
          for pixel in run.start..<run.start + run.count { drawn[Int(pixel)] = true }
        }
        #expect(drawn == mask, "\(width) × \(height)")
        for (run, next) in zip(runs, runs.dropFirst()) {
          #expect(run.start + run.count < next.start)
        }
      }
    }
  }

  @Test("has an image's entries together, in the order of first appearance")
  func order() throws {
    let full = text([0, 12])
    let file = try read(
      "\u{feff} [\(entry("b/\\u00e9.png", 1, full, 3, 4)),\n\(entry("a", 2, full, 3, 4)), \(entry("b/é.png", -3, full, 3, 4))]\n"
    )
    #expect(file.images.map(\.name) == ["b/é.png", "a"])
    #expect(file.images[0].masks.map(\.category) == [.number(1), .number(-3)])
    #expect(file.images[1].size?.width == 4)
    #expect(file.images[1].size?.height == 3)
  }

  @Test("of results has ids as names, and annotations the names of their images")
  func ids() throws {
    let rle = #""segmentation": {"size": [3, 4], "counts": [12]}"#
    let results = try read(
      "[{\"image_id\": 42, \"score\": 0.5, \"category_id\": 1, \"bbox\": [1, 2], \(rle)}, {\"category_id\": 1, \"image_id\": \"x\", \(rle)}]"
    )
    #expect(results.images.map(\.name) == ["42", "x"])
    let annotations = try read(
      "{\"info\": {}, \"annotations\": [{\"id\": 1, \"image_id\": 42, \"category_id\": 1, \(rle)}], \"images\": [{\"id\": 42, \"file_name\": \"a.jpg\"}]}"
    )
    #expect(annotations.images.map(\.name) == ["a.jpg"])
  }

  @Test("of CSV has its columns in any order and case")
  func columns() throws {
    let joined = try read("Image_Label,EncodedPixels\r\na_b.jpg_Fish,1 3\r\na_b.jpg_Sugar,\r\n")
    #expect(joined.images.map(\.name) == ["a_b.jpg"])
    #expect(joined.images[0].masks.map(\.category) == [.name("Fish")])
    let others = try read(
      "class_ID,Predicted, ID\n3,5 1 7 2,\"a,\"\"b\"\n\n4,-1,c\n03,\"1 1\",c\n")
    #expect(others.images.map(\.name) == ["a,\"b", "c"])
    #expect(others.images[0].masks.map(\.category) == [.number(3)])
    #expect(others.images[1].masks.map(\.category) == [.name("03")])
    let runs = try others.runs(of: others.images[0].masks[0], width: 4, height: 3)
    #expect(runs == [Run(start: 4, count: 1), Run(start: 6, count: 2)])
    let sized = try read("ImageId,EncodedPixels,Height,Width,ClassId\na,1 12,3,4,6\n")
    #expect(sized.images[0].size?.width == 4)
    #expect(sized.images[0].size?.height == 3)
    #expect(sized.images[0].masks[0].category == .number(6))
    // Runs that touch are one, and one of no pixels is none.
    let touching = try read("img,rle_mask\na,1 2 3 2 9 0\n")
    #expect(
      try touching.runs(of: touching.images[0].masks[0], width: 4, height: 3)
        == [Run(start: 0, count: 4)])
    #expect(touching.images[0].masks[0].category == nil)
  }

  @Test("with counts of 0 within has no runs that touch")
  func zeros() throws {
    for (counts, runs) in [
      ([0, 2, 0, 3, 7], [Run(start: 0, count: 5)]), ([5, 0, 7], []), ([5, 0, 2, 0, 5, 0], []),
      ([2, 3, 0, 0, 4, 3], [Run(start: 2, count: 3), Run(start: 9, count: 3)]),
    ] {
      for written in ["\"\(text(counts).replacing("\\", with: "\\\\"))\"", "\(counts)"] {
        let file = try read(
          "[{\"file_name\": \"a\", \"category_id\": 1, \"segmentation\": {\"size\": [3, 4], \"counts\": \(written)}}]"
        )
        #expect(
          try file.runs(of: file.images[0].masks[0], width: 4, height: 3) == runs, "\(written)")
      }
    }
  }

  @Test("that is damaged or of another kind is refused, with what to do")
  func refusals() throws {
    let rle = #""segmentation": {"size": [3, 4], "counts": "0<"}"#
    #expect(try refusal("[{\"file_name\": \"a\", \"category_id\": 1, \(rle)}]") == nil)
    for (text, fault) in [
      ("", "f: is empty"), (" \n", "f: is empty"), ("[]", "f: lists no image"),
      ("ImageId,EncodedPixels\n", "f: lists no image"),
      ("[{", "the end, where '\"' is expected (byte 2)"),
      ("[1]", "it has '1', where '{' is expected"), ("[{}] x", "has an entry without file_name"),
      ("[{\"file_name\": \"a\", \(rle)}]", "without category_id (byte 1)"),
      ("[{\"category_id\": 1, \(rle)}]", "without file_name and image_id (byte 1)"),
      ("[{\"file_name\": \"a\", \"category_id\": 1, \"bbox\": [1]}]", "without segmentation"),
      ("[{\"segmentation\": [[1, 2, 3, 4]]}]", "an outline (a polygon)"),
      ("[{\"segmentation\": null}]", "that is no RLE"),
      ("[{\"segmentation\": {\"counts\": \"0\"}}]", "without size: [height, width]"),
      ("[{\"segmentation\": {\"size\": [3, 4]}}]", "without counts"),
      ("[{\"segmentation\": {\"size\": [3, 4, 5], \"counts\": \"\"}}]", "without size"),
      ("[{\"segmentation\": {\"size\": [0, 4], \"counts\": \"\"}}]", "0 rows of 4 pixels"),
      ("[{\"segmentation\": {\"size\": [-3, 4], \"counts\": \"\"}}]", "-3 rows"),
      ("[{\"segmentation\": {\"size\": [99999, 99999], \"counts\": \"\"}}]", "the limit is"),
      (
        "[{\"segmentation\": {\"size\": [9223372036854775807, 9223372036854775807], \"counts\": \"\"}}]",
        "the limit is"
      ),
      ("{\"images\": []}", "is a dictionary without annotations"),
      ("{\"annotations\": [{\"segments_info\": []}]}", "is a panoptic file"),
      ("[\(entry("a", 1, "0<", 3, 4)), \(entry("a", 1, "0<", 4, 3))]", "before that it is 4 × 3"),
      ("a,b\n1,2\n", "f:1: has no column of runs: it has a, b"),
      ("x,rle\n1,2\n", "f:1: has no column of images"),
      ("id,rle\na,1 1\nb\n", "f:3: has 1 field where the header has 2"),
      ("id,rle\n\"a,1 1\n", "f:2: has a quotation mark without another"),
      ("id,rle\n\"a\"b,1 1\n", "f:2: has something behind a quotation mark"),
      ("id,rle\n,1 1\n", "f:2: has a line without an image"),
      ("Image_Label,rle\na,1 1\n", "f:2: has 'a' where image and class"),
      ("id,rle\n\na,1 1 2\n", "f:3: has a mask whose runs have a start without a length, in an"),
      ("id,rle\na,0 1\n", "start at pixel 0"), ("id,rle\na,3 2 4 1\n", "overlap or are not sorted"),
      ("id,rle\na,3 11\n", "go beyond its 12 pixels, in an image of 4 × 3"),
      ("id,rle\na,999999999999999999 999999999999999999\n", "go beyond"),
      ("id,rle\na,1 -3\n", "hold something that is no whole number"),
      ("id,rle\na,1.0 3.0\n", "no whole number"), ("id,rle\na,1 3x\n", "no whole number"),
      ("id,rle\na,9999999999999999999 1\n", "no whole number"),
    ] {
      let said = try refusal(text)
      #expect(said?.contains(fault) == true, "\(text): \(said ?? "read")")
    }
    for (counts, fault) in [
      ("\"\"", "add up to 0 of its 12 pixels"), ("\"0;\"", "add up to 11 of its 12 pixels"),
      ("\"0=\"", "go beyond its 12 pixels"), ("\"0P\"", "end within a number"),
      ("\"N>\"", "negative length"), ("\"0PPPPPPP0\"", "more than six characters"),
      ("\"0<\\n\"", "an escape that no count has"), ("\"0p\"", "a character outside '0' … 'o'"),
      ("\"0 <\"", "a character outside"), ("\"b'0<'\"", "a character outside"),
      ("\"0<\\u0\"", "an escape"), ("[12, ]", "no whole number"), ("[-1, 13]", "no whole number"),
      ("[6 6]", "no whole number"), ("[6, 5]", "add up to 11"), ("[6, 7]", "go beyond"),
      ("[]", "add up to 0"), ("[1e1, 2]", "no whole number"), ("[[12]]", "']'"),
    ] {
      let said = try refusal(
        "[{\"file_name\": \"a\", \"category_id\": 5, \"segmentation\": {\"size\": [3, 4], \"counts\": \(counts)}}]"
      )
      #expect(said?.contains(fault) == true, "\(counts): \(said ?? "read")")
    }
  }

  @Test("cut short anywhere is refused")
  func cut() throws {
    let whole = Array(
      "[\(entry("a", 1, text(counts((0..<48).map { $0 % 5 == 1 })), 6, 8)), \(entry("b", 1, text([0, 12]), 3, 4))]"
        .utf8)
    for length in 0..<whole.count {
      #expect(
        throws: Problem.self, "\(length)",
        performing: {
          try withFile(Array(whole.prefix(length))) { try RunFile(opening: $0) }
        })
    }
  }

  @Test("is told by its start")
  func look() {
    for (start, expected) in [
      ("[{\"file_name\": \"a\", \"segmentation\": {\"counts\": \"", true),
      ("ImageId,EncodedPixels\n", true),
      ("\u{feff}id,class,predicted", true), ("id,name\n", false), ("", false), ("\u{89}PNG", false),
      ("[", nil), ("{\"images\": ", nil), ("{\"segments_info\": ", false),
    ] as [(String, Bool?)] {
      #expect(RunFile.isRunFile(Array(start.utf8)) == expected, "\(start)")
    }
  }
}
