import Core
import Decoding
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
        let path = "\(arguments[1])/\(group)/\(file)"
        guard let oracle = OracleFile(path) else {
          print("\(path): no results")
          continue
        }
        var set =
          sets[name]
          ?? OracleSet(
            name: name, samples: arguments[2], data: arguments[3],
            imageWeights: imageWeights(in: "\(arguments[1])/\(group)"))
        // Not every framework's file of a set says what weights were given.
        if let weights = oracle.imageWeights { set.imageWeights = weights }
        compare(oracle, framework: parts[1], with: &set, into: &totals)
        sets[name] = set
      }
    }
    totals.report()
    exit(totals.isClean ? 0 : 1)
  }

  private static func compare(
    _ oracle: OracleFile, framework: String, with set: inout OracleSet, into totals: inout Tallies
  ) {
    let rows = ParityRow.rows(of: framework)
    let expected = Dictionary(oracle.results.map { ($0.id, $0) }) { first, _ in first }
    for result in oracle.results {
      if let failure = result.failure {
        totals.unmapped(
          framework, result.id,
          because: Unmapped.reason(framework, result.id) ?? "the call fails: \(failure)")
        continue
      }
      if framework == "gradient" {
        totals.unmapped(framework, result.id, because: "a gradient, and only losses are computed")
        continue
      }
      if let map = result.map, case .map(let recipe)? = rows[result.id]?.value {
        compareMap(map, recipe, result, rows[result.id], framework, with: &set, into: &totals)
        continue
      }
      guard let row = rows[result.id], let value = expected[row.twin ?? result.id],
        value.numbers != nil || value.named != nil, let found = try? set.values(of: row)
      else {
        totals.unmapped(framework, result.id, because: reason(result, framework))
        continue
      }
      let name = "\(set.name) \(result.id)"
      let (cells, numbers) = paired(found, value)
      let error = largestError(cells, numbers)
      if let width = found.width, error > (result.isDouble ? 1e-12 : 1e-6), width > 0 {
        totals.bounded(
          framework, name, cells, numbers,
          bound: Bound(relative: 1e-6, absolute: width), by: "what the levels leave open")
      } else if result.isDouble || error <= 1e-6 {
        totals.compared(framework, name, error: error, tolerance: result.isDouble ? 1e-12 : 1e-6)
      } else {
        totals.bounded(
          framework, name, cells, numbers, bound: singleBound(of: row, found))
      }
    }
  }

  /// A value of a map carries the rounding of what its framework computes with: of a logit z, which
  /// single precision knows to 2⁻²⁴·|z|, and of a logarithm of a number near 1.
  private static func compareMap(
    _ map: OracleResult.Map, _ recipe: MapRecipe, _ result: OracleResult, _ row: ParityRow?,
    _ framework: String, with set: inout OracleSet, into totals: inout Tallies
  ) {
    guard let row, let found = try? set.map(of: recipe, row.view) else {
      totals.unmapped(framework, result.id, because: "the set cannot be read so")
      return
    }
    let name = "\(set.name) \(result.id)"
    let cells = map.numbers(of: found.values)
    let error = largestError(cells, map.numbers)
    let tolerance = result.isDouble ? 1e-12 : 1e-6
    if error <= tolerance {
      totals.compared(framework, name, error: error, tolerance: tolerance)
      return
    }
    let unit = result.isDouble ? 0x1p-52 : 0x1p-23
    totals.bounded(
      framework, name, cells, map.numbers,
      bound: Bound(
        relative: tolerance,
        absolute: unit * max(1, found.largestLogit) * found.largestWeight))
  }

  /// Why nothing is compared with a value.
  private static func reason(_ result: OracleResult, _ framework: String) -> String? {
    if result.numbers == nil, result.named == nil { return "the oracle has no value" }
    let isBoundary = framework.hasPrefix("boundary_")
    return Unmapped.reason(framework, result.id)
      ?? (isBoundary ? reasonForNoDistance(result.id, framework) : nil)
  }

  /// What is compared: cell by cell, or name by name of all that the framework prints.
  private static func paired(
    _ found: OracleSet.Found, _ value: OracleResult
  ) -> ([Double?], [Double?]) {
    guard let named = value.named else { return (found.cells, value.numbers ?? []) }
    let names = named.keys.sorted()
    return (names.map { found.named[$0] ?? .nan }, names.map { named[$0] ?? nil })
  }

  private static func imageWeights(in folder: String) -> [Double] {
    (try? ArrayFile(opening: "\(folder)/sample_weight.npy").array(named: nil).numbers) ?? []
  }

  /// The error of single precision, only in the ways known of the row's call: n·2⁻²⁴ of a sum made
  /// one term after the other, log₂ n of them made pairwise (Higham, Accuracy and Stability of
  /// Numerical Algorithms, 4.2). A ratio has three sums, and 1 − ratio keeps their absolute error.
  private static func singleBound(of row: ParityRow, _ found: OracleSet.Found) -> Bound {
    let unit = 0x1p-24
    let n = Double(found.pixels)
    return switch row.coarse {
    case nil: Bound(relative: 0, absolute: 0)
    case .sum: Bound(relative: n * unit, absolute: 0)
    case .sequentialRatio: Bound(relative: 0, absolute: 3 * n * unit)
    case .pairwiseRatio: Bound(relative: 0, absolute: (3 * (log2(n) + 2) + 1) * unit)
    case .weightedRatio:
      Bound(
        relative: (log2(n) + 2) * unit,
        absolute: (3 * (log2(n) + 2) + 1) * unit * found.weight)
    case .aroundOne: Bound(relative: 0, absolute: 2 * unit)
    // The rest is what any number in single precision has.
    case .percentile: Bound(relative: 1e-6, absolute: found.percentileError)
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

  /// Empty for what is not a directory.
  private static func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// How far a value may be from the exact one.
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
  private var unmappedIds: [String: (count: Int, reason: String)] = [:]

  /// Whether nothing is missed, and nothing is left out without a reason.
  var isClean: Bool { misses.isEmpty }

  mutating func unmapped(_ framework: String, _ id: String, because reason: String?) {
    frameworks[framework, default: (0, 0, 0, 0)].values += 1
    guard let reason else {
      misses.append("\(framework) \(id): nothing computes it, and no reason is given")
      return
    }
    unmappedIds["\(framework) \(id)", default: (0, reason)].count += 1
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
    _ framework: String, _ name: String, _ found: [Double?], _ expected: [Double?], bound: Bound,
    by cause: String = "single precision"
  ) {
    frameworks[framework, default: (0, 0, 0, 0)].values += 1
    guard bound.allows(found, expected) else {
      let off = zip(found, expected).map { abs(($0 ?? 0) - ($1 ?? 0)) }.max() ?? 0
      misses.append(
        "\(framework) \(name): off by \(off), more than \(cause) explains")
      return
    }
    frameworks[framework, default: (0, 0, 0, 0)].bounded += 1
    let off = zip(found, expected).map { abs(($0 ?? 0) - ($1 ?? 0)) }.max() ?? 0
    boundedRows.append(
      "\(framework) \(name): off by \(off), \(cause) explains \(max(bound.absolute, bound.relative)) \(bound.absolute > 0 ? "" : "of the value")"
    )
  }

  func report() {
    for row in boundedRows { print("bounded: \(row)") }
    for miss in misses { print("missed: \(miss)") }
    for (id, row) in unmappedIds.sorted(by: { $0.key < $1.key }) {
      print("unmapped: \(id) (\(row.count)): \(row.reason)")
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
    let unmapped = unmappedIds.values.reduce(0) { $0 + $1.count }
    print(
      "parity: \(all.values) values, \(all.matched) matched, \(all.bounded) bounded, \(unmapped) unmapped, largest relative error \(all.largest)"
    )
  }
}
