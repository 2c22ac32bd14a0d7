internal import Core
internal import Counting
internal import Pages
internal import Resampling
package import Tables

/// How much worse than the baseline a number may be: by more than both a check fails.
package struct Decline: Hashable, Sendable {
  package var absolute: Double
  /// Of what it was.
  package var relative: Double

  package init(absolute: Double, relative: Double) {
    (self.absolute, self.relative) = (absolute, relative)
  }

  func allowance(from before: Double) -> Double { max(absolute, relative * before.magnitude) }
}

/// What a number was in the baseline and is now, on the same images.
struct BaselineChange {
  var before: Double
  var after: Double
  /// Of after − before.
  var interval: Interval?
  /// Of how many images.
  var images: Int
  /// Images whose truth is not what it was.
  var changedTruth = 0
  /// Whether nothing tells which images moved, because the baseline has none: then both runs are taken to
  /// be as uncertain as this one, and to have nothing in common.
  var isUnpaired = false
}

extension Measurements {
  /// What later runs are held to.
  ///
  /// - Parameter gates: of which those against a baseline say which numbers are kept.
  package func baseline(for gates: [Gate], by bootstrap: Bootstrap) -> Baseline {
    var numbers: [String: Baseline.Number] = [:]
    for gate in gates where gate.decline != nil {
      guard case .number(let formula, let name, _) = gate.subject else { continue }
      let (value, jackknife) = jackknifed(formula, bootstrap)
      numbers[Baseline.key(formula, name)] = Baseline.Number(
        value: value, left: jackknife?.left[0], clusters: bootstrap.clusterMark)
    }
    return Baseline(
      classes: evidence.classes.names, sums: overlaps.map(Baseline.Cell.init),
      images: Dictionary(
        images.map { ($0.name, $0.tally.classes.map { Baseline.Cell($0.overlap) }) },
        uniquingKeysWith: { first, _ in first }),
      numbers: numbers)
  }

  func jackknifed(_ formula: Formula, _ bootstrap: Bootstrap) -> (Double?, ChainJackknife?) {
    let tables = HeadlineTables(of: formula, on: self)
    guard tables.obstacle == nil, let value = tables.value() else { return (nil, nil) }
    return (value, ChainJackknife(tables, [.asItIs], bootstrap))
  }

  /// - Returns: why there is none.
  func change(
    of found: ClassDiagnosis, at c: Int, by measure: Measure, since baseline: Baseline,
    own: Interval?, _ bootstrap: Bootstrap
  ) -> Result<BaselineChange, BaselineGap> {
    guard let score = measure.scoreOfClass, let column = baseline.classes.firstIndex(of: found.name)
    else { return .failure("the baseline has no class \(name: found.name)") }
    guard let cells = baseline.images else {
      guard let before = score(Overlap(baseline.sums[column])), let after = score(found.overlap)
      else { return .failure("the class has no \(name: measure.name) in one of the runs") }
      return .success(
        BaselineChange(
          before: before, after: after, interval: own?.ofDifference(after, before),
          images: images.count, isUnpaired: true))
    }
    let pairs = images.indices.compactMap { index in
      cells[images[index].name].map {
        (index, Overlap($0[column]), images[index].tally.classes[c].overlap)
      }
    }
    guard !pairs.isEmpty else { return .failure("the baseline has none of these images") }
    let clusters = Clusters(
      Clustering(
        of: pairs.map { bootstrap.clusters[$0.0] }, named: pairs.map { images[$0.0].name }),
      columns: 8
    ) { pair in
      var row: [Double] = []
      pairs[pair].1.append(to: &row)
      pairs[pair].2.append(to: &row)
      return row
    }
    func both(_ sums: Swift.Span<Double>) -> (Overlap, Overlap) {
      (Overlap(drawn: sums.extracting(0..<4)), Overlap(drawn: sums.extracting(4..<8)))
    }
    let left = clusters.leavingOut(
      of: { sums in
        let (before, after) = both(sums)
        guard let x = score(before), let y = score(after) else { return [nil] }
        return [y - x]
      },
      sizes: { row in
        let (before, after) = both(row)
        return [Double(before.union + after.union)]
      })[0]
    let sums = pairs.reduce((Overlap.zero, Overlap.zero)) { ($0.0 + $1.1, $0.1 + $1.2) }
    guard let before = score(sums.0), let after = score(sums.1) else {
      return .failure("the class has no \(name: measure.name) in one of the runs")
    }
    return .success(
      BaselineChange(
        before: before, after: after,
        interval: Jackknife(left)?.interval(level: bootstrap.settings.level, on: .unbounded),
        images: pairs.count, changedTruth: pairs.count { $0.1.truth != $0.2.truth }))
  }

  func change(
    of formula: Formula, called name: String, to value: Double, _ jackknife: ChainJackknife?,
    since baseline: Baseline, _ bootstrap: Bootstrap
  ) -> Result<BaselineChange, BaselineGap> {
    guard let number = baseline.numbers[Baseline.key(formula, name)], let before = number.value
    else { return .failure("the baseline has no \(name: name)") }
    guard number.clusters == bootstrap.clusterMark else {
      return .failure(
        "the baseline has other images or groups, and \(name: name) is one number of all")
    }
    guard let left = number.left, let jackknife,
      left.others.count == jackknife.left[0].others.count
    else {
      return .success(BaselineChange(before: before, after: value, images: images.count))
    }
    let difference = Jackknife(jackknife.left[0] - left)
    return .success(
      BaselineChange(
        before: before, after: value,
        interval: difference?.interval(level: bootstrap.settings.level, on: .unbounded),
        images: images.count))
  }
}

/// Why a run cannot be held to a baseline, up to the full stop.
struct BaselineGap: Error, ExpressibleByStringInterpolation {
  var line: Line

  init(stringLiteral value: String) { line = Line(stringLiteral: value) }
  init(stringInterpolation: Line.StringInterpolation) {
    line = Line(stringInterpolation: stringInterpolation)
  }
}

extension Baseline {
  static func key(_ formula: Formula, _ name: String) -> String { "\(name): \(formula.text)" }
}

extension Baseline.Cell {
  init(_ overlap: Overlap) {
    self.init(
      both: overlap.both, onlyTrue: overlap.onlyTrue, onlyPredicted: overlap.onlyPredicted,
      neither: overlap.neither)
  }
}

extension Overlap {
  init(_ cell: Baseline.Cell) {
    self.init(
      both: cell.both, onlyTrue: cell.onlyTrue, onlyPredicted: cell.onlyPredicted,
      neither: cell.neither)
  }
}

extension Interval {
  /// Of the difference of two such numbers of other images: the variances add up.
  fileprivate func ofDifference(_ after: Double, _ before: Double) -> Interval {
    let factor = 2.0.squareRoot()
    return Interval(
      low: after - before - factor * (after - low), high: after - before + factor * (high - after))
  }
}

extension Bootstrap {
  /// Which clusters are left out, in that order, in a few digits.
  var clusterMark: String {
    let names = leftOut.names.joined(separator: "\u{0}")
    return String(fnv1a("\(leftOut.names.count)\u{0}\(names)"), radix: 16)
  }
}
