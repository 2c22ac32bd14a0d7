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

  /// 16-bit planes too; what follows from their 65,536 levels is added up at once, as keeping them for
  /// every image would take a megabyte a class.
  mutating func countWideLevels(
    _ planes: [Plane], _ truth: Truth, _ runs: [[Range<Int>]], into tally: inout Tally
  ) {
    let tables = wideTables ?? LevelTables(needs, top: 65535)
    wideTables = tables
    for c in 0..<needs.classes {
      // Other, own and ignored pixels, by standing; short numbers, as the table is at the limit of
      // what a processor has at hand. No image has 2³² pixels of a level: it is cut into parts.
      var cells = [UInt32](repeating: 0, count: 3 << 16)
      for run in runs.joined() {
        write(truth, class: c, run)
        var target = numbers.mutableSpan
        planes[c].load(run, into: &target)
        let (standings, numbers) = (standings.span, numbers.span)
        var span = cells.mutableSpan
        for index in 0..<run.count {
          span[Int(standings[index]) &<< 16 | Int(numbers[index])] &+= 1
        }
      }
      let counts = LevelCounts(
        own: cells[1 << 16..<2 << 16].map { Int($0) }, other: cells[..<(1 << 16)].map { Int($0) })
      tally.classes[c] += counts.tally(tables, needs)
      if needs.countsLevels {
        if levels == nil { levels = emptyLevels(.bits16) }
        if levels?.kind == .bits16 { levels?.classes[c] += counts }
      }
    }
  }
}
