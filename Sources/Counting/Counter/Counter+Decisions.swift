internal import Core
internal import Raster

extension Counter {
  /// Both sides are label maps; everything else follows from their confusion.
  mutating func countLabels(
    _ truth: LabelMap, _ predicted: LabelMap, _ runs: [[Range<Int>]], into tally: inout Tally
  ) {
    var pairs = PairCounts(classes: needs.classes)
    if truth.areBytes, predicted.areBytes {
      let places = pairs.places(truth: truth, predicted: predicted)
      for run in runs.joined() {
        truth.plane.withBytes(run, loadedInto: &standings) { truth in
          predicted.plane.withBytes(run, loadedInto: &bytes) { predicted in
            pairs.add(truth, predicted, by: places)
          }
        }
      }
    } else {
      for run in runs.joined() {
        var target = self.truth.mutableSpan
        truth.load(run, into: &target)
        target = chosen.mutableSpan
        predicted.load(run, into: &target)
        for index in 0..<run.count {
          pairs.add(truth: self.truth[index], predicted: chosen[index])
        }
      }
    }
    pairs.write(into: &tally)
  }

  /// Yes or no for each class, against the truth.
  mutating func countMasks(
    _ masks: [Plane], _ truth: Truth, _ runs: [[Range<Int>]], into tally: inout Tally
  ) {
    for c in 0..<needs.classes {
      for run in runs.joined() {
        write(truth, class: c, run)
        var target = bytes.mutableSpan
        masks[c].loadMask(run, into: &target)
        // Ignored stands as 2, so that its lower bit is not set.
        let standing = Bits(standings.span.extracting(first: run.count))
        let predicted = Bits(bytes.span.extracting(first: run.count))
        let both = standing.count(predicted) { $0 & $1 & ones }
        let onlyTrue = standing.count(predicted) { $0 & ~$1 & ones }
        let onlyPredicted = standing.count(predicted) { ~($0 | $0 &>> 1) & $1 & ones }
        let ignored = standing.count(predicted) { word, _ in word &>> 1 & ones }
        tally.classes[c].onIgnored += standing.count(predicted) { $0 &>> 1 & $1 & ones }
        tally.classes[c].overlap += Overlap(
          both: both, onlyTrue: onlyTrue, onlyPredicted: onlyPredicted,
          neither: run.count - ignored - both - onlyTrue - onlyPredicted)
      }
    }
  }

  /// How many pixels count, and how many are true for no class or for several.
  mutating func countTruth(_ truth: Truth, _ runs: [[Range<Int>]], into tally: inout Tally) {
    switch truth {
    case .labels(let map):
      for run in runs.joined() {
        var target = self.truth.mutableSpan
        map.load(run, into: &target)
        let labels = self.truth.span.extracting(first: run.count)
        var ignored: UInt16 = 0
        var unclassed: UInt16 = 0
        for index in labels.indices {
          ignored &+= labels[index] == .ignored ? 1 : 0
          unclassed &+= labels[index] == .none ? 1 : 0
        }
        tally.pixels += run.count - Int(ignored)
        tally.unclassed += Int(unclassed)
      }
    case .masks(let masks):
      for run in runs.joined() {
        var seen = SeenPixels(run.count)
        for (c, mask) in masks.enumerated() {
          mask.withBytes(run, loadedInto: &bytes) { tally.classes[c].first += seen.add($0) }
        }
        add(seen, pixels: run.count, to: &tally)
      }
    case .standings(let planes):
      for run in runs.joined() { countStandings(planes, run, into: &tally) }
    }
  }

  /// The same of masks in which pixels do not count; these are own pixels of no class.
  private mutating func countStandings(
    _ planes: [Plane], _ run: Range<Int>, into tally: inout Tally
  ) {
    var seen = SeenPixels(run.count)
    var ignored = 0
    for (c, plane) in planes.enumerated() {
      var target = standings.mutableSpan
      plane.load(run, into: &target)
      for index in 0..<run.count where standings[index] == Standing.ignored {
        ignored += c == 0 ? 1 : 0
        standings[index] = Standing.other
      }
      tally.classes[c].first += seen.add(standings.span.extracting(first: run.count))
    }
    add(seen, pixels: run.count, to: &tally)
    tally.pixels -= ignored
    tally.unclassed -= ignored
  }

  /// The same of the masks that the blocks of all classes hold.
  func countTruth(ofBlocks runs: [Range<Int>], into tally: inout Tally) {
    let pixels = runs.reduce(0) { $0 + $1.count }
    var seen = SeenPixels(pixels)
    for (c, block) in blocks.enumerated() {
      tally.classes[c].first += seen.add(lowestOf: block.ownBits)
    }
    add(seen, pixels: pixels, to: &tally)
  }

  private func add(_ seen: SeenPixels, pixels: Int, to tally: inout Tally) {
    tally.pixels += pixels
    tally.unclassed += pixels - seen.some
    tally.overlapping += seen.several
  }

  /// What the truth says about one class at a run of pixels.
  mutating func write(_ truth: Truth, class c: Int, _ run: Range<Int>) {
    var span = standings.mutableSpan
    truth.write(run, class: c, into: &span, at: 0)
  }
}

/// The lowest bit of each byte.
private let ones: UInt64 = 0x0101_0101_0101_0101
