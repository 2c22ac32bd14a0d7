import Core
import Foundation
import Pipeline

/// Holds the product's own numbers against those that the frameworks printed.
///
///     parity ORACLES SAMPLES DATA
///
/// Every value of every JSON file below ORACLES is either matched, missed, or unmapped and counted as
/// such; the form of the files is described in docs/parity.md.
@main
struct Parity {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      print("usage: parity ORACLES SAMPLES DATA")
      exit(2)
    }
    var totals = Tallies()
    for group in folders(in: arguments[1]) {
      var sets: [String: OracleSet] = [:]
      for file in files(in: "\(arguments[1])/\(group)") {
        let parts = file.dropLast(5).components(separatedBy: "__")
        guard parts.count == 2 else { continue }
        let name = "\(group)/\(parts[0])"
        var set =
          sets[name] ?? OracleSet(name: name, samples: arguments[2], data: arguments[3])
        compare(
          "\(arguments[1])/\(group)/\(file)", framework: parts[1], with: &set, into: &totals)
        sets[name] = set
      }
    }
    totals.report()
    exit(totals.isClean ? 0 : 1)
  }

  private static func compare(
    _ path: String, framework: String, with set: inout OracleSet, into totals: inout Tallies
  ) {
    guard let results = results(of: path) else {
      print("\(path): no results")
      return
    }
    let rows = ParityRow.rows(of: framework)
    let expected = Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
    for result in results {
      guard let row = rows[result.id], let value = expected[row.twin ?? result.id]?.numbers,
        let found = try? set.values(of: row)
      else {
        totals.unmapped(framework, result.id)
        continue
      }
      let name = "\(set.name) \(result.id)"
      let error = largestError(found.cells, value)
      if result.isDouble || error <= 1e-6 {
        totals.compared(framework, name, error: error, tolerance: result.isDouble ? 1e-12 : 1e-6)
      } else {
        totals.bounded(
          framework, name, found.cells, value, bound: singleBound(of: row, found.pixels))
      }
    }
  }

  /// How far single precision can be off in the ways that are known of the row's call, and in no
  /// other: n·2⁻²⁴ of a sum made one term after the other, log₂ n of them made pairwise (Higham,
  /// Accuracy and Stability of Numerical Algorithms, 4.2). A ratio has three sums, and 1 − ratio
  /// keeps their absolute error.
  private static func singleBound(of row: ParityRow, _ pixels: Int) -> Bound {
    let unit = 0x1p-24
    let n = Double(pixels)
    return switch row.coarse {
    case nil: Bound(relative: 0, absolute: 0)
    case .sum: Bound(relative: n * unit, absolute: 0)
    case .sequentialRatio: Bound(relative: 0, absolute: 3 * n * unit)
    case .pairwiseRatio: Bound(relative: 0, absolute: (3 * (log2(n) + 2) + 1) * unit)
    case .aroundOne: Bound(relative: 0, absolute: 2 * unit)
    }
  }

  private static func largestError(_ found: [Double?], _ expected: [Double?]) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).reduce(0) { largest, pair in
      switch pair {
      // A framework writes what does not exist as NaN, or counts it as 0.
      case (nil, nil), (nil, 0): largest
      case (let found?, let expected?):
        max(largest, found == expected ? 0 : abs(found - expected) / max(abs(expected), 1e-300))
      default: .infinity
      }
    }
  }

  private static func folders(in path: String) -> [String] {
    names(in: path).filter { !names(in: "\(path)/\($0)").isEmpty }
  }

  private static func files(in path: String) -> [String] {
    names(in: path).filter { $0.hasSuffix(".json") }
  }

  /// Nothing for what is no directory.
  private static func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// One value of an oracle.
struct OracleResult {
  var id: String
  var isDouble: Bool
  /// Flat, in the order of the array; `nil` inside for NaN, and as a whole where it is a map.
  var numbers: [Double?]?
}

func results(of path: String) -> [OracleResult]? {
  guard let data = FileManager.default.contents(atPath: path),
    let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
    let results = root["results"] as? [[String: Any]]
  else { return nil }
  return results.compactMap { result in
    guard let id = result["id"] as? String else { return nil }
    let value = result["value17"] ?? result["value"]
    return OracleResult(
      id: id, isDouble: (result["dtype"] as? String) == "float64",
      numbers: value.flatMap(flat))
  }
}

private func flat(_ value: Any) -> [Double?]? {
  if value is NSNull { return [nil] }
  if let text = value as? String { return text == "nan" ? [nil] : Double(text).map { [$0] } }
  if let number = value as? NSNumber { return [number.doubleValue] }
  guard let list = value as? [Any] else { return nil }
  var numbers: [Double?] = []
  for item in list {
    guard let part = flat(item) else { return nil }
    numbers += part
  }
  return numbers
}

/// How far a value may be off its exact one.
struct Bound {
  var relative: Double
  var absolute: Double

  func allows(_ found: [Double?], _ expected: [Double?]) -> Bool {
    guard found.count == expected.count else { return false }
    return zip(found, expected).allSatisfy { found, expected in
      guard let found, let expected else { return found == nil && (expected ?? 0) == 0 }
      return abs(found - expected) <= absolute + relative * abs(found)
    }
  }
}

/// What was compared, by framework.
struct Tallies {
  private var frameworks: [String: (values: Int, matched: Int, bounded: Int, largest: Double)] = [:]
  private var misses: [String] = []
  private var boundedRows: [String] = []
  private var unmappedIds: [String: Int] = [:]

  var isClean: Bool { misses.isEmpty }

  mutating func unmapped(_ framework: String, _ id: String) {
    frameworks[framework, default: (0, 0, 0, 0)].values += 1
    unmappedIds["\(framework) \(id)", default: 0] += 1
  }

  mutating func compared(_ framework: String, _ name: String, error: Double, tolerance: Double) {
    var tally = frameworks[framework] ?? (0, 0, 0, 0)
    tally.values += 1
    if error <= tolerance {
      tally.matched += 1
      tally.largest = max(tally.largest, error)
    } else {
      misses.append("\(framework) \(name): off by \(error)")
    }
    frameworks[framework] = tally
  }

  /// A value that the framework added in single precision, coarser than the comparison.
  mutating func bounded(
    _ framework: String, _ name: String, _ found: [Double?], _ expected: [Double?], bound: Bound
  ) {
    frameworks[framework, default: (0, 0, 0, 0)].values += 1
    guard bound.allows(found, expected) else {
      misses.append("\(framework) \(name): off by more than single precision explains")
      return
    }
    frameworks[framework, default: (0, 0, 0, 0)].bounded += 1
    let off = zip(found, expected).map { abs(($0 ?? 0) - ($1 ?? 0)) }.max() ?? 0
    boundedRows.append(
      "\(framework) \(name): off by \(off), single precision explains \(max(bound.absolute, bound.relative)) \(bound.absolute > 0 ? "" : "of the value")"
    )
  }

  func report() {
    for row in boundedRows { print("bounded: \(row)") }
    for miss in misses { print("missed: \(miss)") }
    for (id, count) in unmappedIds.sorted(by: { $0.key < $1.key }) {
      print("unmapped: \(id) (\(count)): no preset of this version computes it")
    }
    var all = (values: 0, matched: 0, bounded: 0, largest: 0.0)
    for (name, tally) in frameworks.sorted(by: { $0.key < $1.key }) {
      print(
        "\(name): values \(tally.values), matched \(tally.matched), bounded \(tally.bounded), largest relative error \(tally.largest)"
      )
      all = (
        all.values + tally.values, all.matched + tally.matched, all.bounded + tally.bounded,
        max(all.largest, tally.largest)
      )
    }
    let unmapped = unmappedIds.values.reduce(0, +)
    print(
      "parity: \(all.values) values, \(all.matched) matched, \(all.bounded) bounded, \(unmapped) unmapped, largest relative error \(all.largest)"
    )
  }
}
