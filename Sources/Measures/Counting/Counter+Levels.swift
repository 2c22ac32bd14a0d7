internal import Core

extension Counter {
  /// Probabilities that are levels need no arithmetic at all: it is counted how often each occurs.
  mutating func countLevels(
    _ planes: [Plane], _ truth: Truth, _ runs: [[Range<Int>]], into counted: inout Counted
  ) {
    counted.levels = (0..<needs.classes).map { c in
      var cells = LevelCells()
      for run in runs.joined() {
        write(truth, class: c, run)
        var target = bytes.mutableSpan
        planes[c].load(run, into: &target)
        cells.add(
          standings.span.extracting(first: run.count), bytes.span.extracting(first: run.count))
      }
      return cells.histogram
    }
  }
}
