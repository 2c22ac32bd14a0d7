import Core
import Decoding
import Foundation
import Raster
import TestSupport
import Testing

@Suite(
  "Arrays that NumPy wrote",
  .enabled(if: sharedFolder != nil, "the real data is not beside the repository"))
struct NPYCorpusTests {
  /// What NumPy reads and we do not, and why.
  private static let intendedDifferences = [
    "good/datetime.npy": "dates are not scored",
    "good/le_c8.npy": "complex numbers are not scored",
    "good/le_c16.npy": "complex numbers are not scored",
    "good/le_f16.npy": "a long double is another type on every machine",
    "good/structured.npy": "records are not one array of numbers",
    "good/unicode.npy": "text is not scored",
    "good/trailing_bytes.npy": "left-over bytes mean that the header is not the file's",
  ]

  @Test("give NumPy's values, or are refused when NumPy refuses them")
  func corpus() throws {
    let verdicts = try JSONDecoder().decode(
      Oracle.self, from: Data(contentsOf: URL(filePath: sharedPath("oracle/npy_load.json")))
    ).results
    #expect(verdicts.count == 70)
    var differences: Set<String> = []
    for verdict in verdicts {
      let path = try sharedPath("data/" + verdict.file)
      let problem = try arrayRefusal(path)
      if let problem { #expect(!problem.remedy.isEmpty && problem.description.hasPrefix(path)) }
      if (problem == nil) != verdict.ok {
        differences.insert(String(verdict.file.dropFirst("npy_corpus/".count)))
      }
      if problem == nil { try compare(ArrayFile(opening: path), with: verdict) }
    }
    #expect(differences == Set(Self.intendedDifferences.keys))
  }

  private func compare(_ file: ArrayFile, with verdict: Verdict) throws {
    let expected = verdict.npz ?? [:]
    for name in file.names {
      let expected = try #require(name.isEmpty ? verdict.array : expected[name])
      let array = try file.array(named: name)
      #expect(array.shape == expected.shape, "\(verdict.file)")
      #expect(expected.dtype.hasSuffix(array.element.rawValue), "\(verdict.file)")
      let bytes = numbers(array).flatMap { little(Int(bitPattern: UInt($0.bitPattern)), 8) }
      #expect(SHA256.hex(of: bytes) == expected.digest, "\(verdict.file) \(name)")
    }
  }
}

private struct Oracle: Decodable { var results: [Verdict] }

private struct Verdict: Decodable {
  var file: String
  var ok: Bool
  var npz: [String: Array]?
  var array: Array?

  struct Array: Decodable {
    var dtype: String
    var shape: [Int]
    /// SHA-256 of the numbers as little-endian doubles in C order.
    var digest: String

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case digest = "sha256_c_order_le_f8"
    }
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    file = try values.decode(String.self, forKey: .file)
    ok = try values.decode(Bool.self, forKey: .ok)
    npz = try? values.decode([String: Array].self, forKey: .npz)
    array = try? Array(from: decoder)
  }

  private enum CodingKeys: String, CodingKey { case file, ok, npz }
}

@Suite(
  "One prediction, saved in many ways",
  .enabled(if: sharedFolder != nil, "the real data is not beside the repository"))
struct NPYVariantTests {
  @Test(
    "has the same values big-endian, in Fortran order and under every header version",
    arguments: ["pred_be_f4", "pred_fortran", "pred_v2_header", "pred_v3_header"])
  func exact(name: String) throws {
    #expect(try numbers(variant(name + ".npy")) == numbers(original("pred.npy")))
  }

  @Test(
    "has the same values in an archive, stored or deflated",
    arguments: [
      "overlap_list_bce_variants/stored.npz", "overlap_list_bce/data.npz",
    ])
  func archives(name: String) throws {
    let archive = try ArrayFile(opening: sharedPath("data/camvid8/" + name))
    #expect(archive.names == ["pred", "gt"])
    #expect(try numbers(archive.array(named: "pred")) == numbers(original("pred.npy")))
    #expect(try numbers(archive.array(named: "gt")) == numbers(original("gt.npy")))
  }

  @Test("has the same planes with the channels first")
  func channelsFirst() throws {
    let last = try original("pred.npy")
    let first = try variant("pred_nchw.npy")
    #expect(first.shape == [8, 5, 112, 128])
    for image in 0..<8 {
      for channel in 0..<5 {
        #expect(
          numbers(first.plane(rowAxis: 2, columnAxis: 3, at: [image, channel, 0, 0]))
            == numbers(last.plane(rowAxis: 1, columnAxis: 2, at: [image, 0, 0, channel])))
      }
    }
  }

  @Test("has the nearest values that 16 bits hold")
  func half() throws {
    for (half, full) in try zip(numbers(variant("pred_f2.npy")), numbers(original("pred.npy"))) {
      // Half a unit in the last of 11 bits, or of the subnormal numbers.
      let error = max(full.binade * 0x1p-11, 0x1p-25)
      #expect(abs(half - full) <= error)
    }
  }

  @Test("has the same truth as booleans, and the same labels as 32-bit integers")
  func truth() throws {
    #expect(try numbers(variant("gt_bool.npy")) == numbers(original("gt.npy")))
    #expect(try numbers(variant("labels_i4.npy")) == numbers(original("labels.npy")))
  }

  private func original(_ name: String) throws -> NumberArray {
    try open("overlap_list_bce/" + name)
  }
  private func variant(_ name: String) throws -> NumberArray {
    try open("overlap_list_bce_variants/" + name)
  }
  private func open(_ name: String) throws -> NumberArray {
    try ArrayFile(opening: sharedPath("data/camvid8/" + name)).array(named: nil)
  }
}
