internal import Core
internal import Raster

extension Counter {
  /// Probabilities that are levels need no arithmetic at all: it is counted how often each occurs.
  mutating func countLevels(
    _ pair: ImagePair, _ planes: [Plane], _ runs: [[Range<Int>]], into counted: inout Counted
  ) throws(Problem) {
    let all = pair.truth
    var histograms: [LevelHistogram] = []
    for c in 0..<needs.classes {
      let threshold = Float(needs.thresholds[c])
      let truth = ClassTruth(all, class: c)
      var cells = LevelCells(for: truth)
      for run in runs.joined() {
        truth.withBytes(run, loadedInto: &standings) { truth in
          planes[c].withBytes(run, loadedInto: &bytes) { cells.add(truth, $0) }
        }
      }
      if !needs.areClassesExclusive, truth.canIgnore {
        for (level, count) in cells.ignored.enumerated() where Float(level) / 255 > threshold {
          counted.tally.classes[c].onIgnored += count
        }
      }
      let histogram = cells.histogram
      if hasFormulas {
        try expectFinite(own: histogram.own, other: histogram.other, levelTables, pair, class: c)
      }
      histograms.append(histogram)
    }
    counted.levels = histograms
  }

  private var hasFormulas: Bool { needs.scheme.losses.contains { $0.formula != nil } }

  /// 16-bit planes too; what follows from their 65,536 levels is added up at once, as keeping them for
  /// every image would take a megabyte a class.
  mutating func countWideLevels(
    _ pair: ImagePair, _ planes: [Plane], _ runs: [[Range<Int>]], into tally: inout Tally
  ) throws(Problem) {
    let tables = wideTables ?? LevelTables(needs, top: 65535)
    wideTables = tables
    for c in 0..<needs.classes {
      let truth = ClassTruth(pair.truth, class: c)
      var cells = WideLevelCells(for: truth)
      for run in runs.joined() {
        truth.withBytes(run, loadedInto: &standings) { truth in
          planes[c].withShorts(run, loadedInto: &numbers) { levels, areByteSwapped in
            cells.add(truth, levels, areByteSwapped: areByteSwapped)
          }
        }
      }
      let counts = cells.counts
      if hasFormulas {
        try expectFinite(own: counts.own, other: counts.other, tables, pair, class: c)
      }
      tally.classes[c] += counts.tally(tables, needs, class: c)
      if !needs.areClassesExclusive {
        tally.classes[c].onIgnored += cells.ignored(above: Float(needs.thresholds[c]))
      }
      if needs.countsLevels {
        if levels == nil { levels = emptyLevels(.bits16) }
        if levels?.kind == .bits16 { levels?.classes[c] += counts }
      }
    }
  }
}
