internal import Core
internal import Resampling
internal import Tables

extension Diagnosis {
  /// How many of the classes that fail get intervals of headroom and reach. For each, the chain is
  /// applied twice to what is left without each image: all of 150 classes would take minutes.
  private static let mostIntervals = 5

  /// The intervals of the headline, and those of the worst classes' headroom and reach.
  mutating func addIntervals(_ tables: HeadlineTables, _ bootstrap: Bootstrap) {
    let worst = headline.formula.isSelective ? [] : poorClasses.prefix(Diagnosis.mostIntervals)
    let poor = worst.compactMap { found in classes.firstIndex { $0.name == found.name } }
    let canRepair = tables.canRepair
    var imagined: [Imagined] = [.asItIs]
    if !poor.isEmpty { imagined.append(.perfect) }
    for c in poor { imagined += [canRepair ? .repaired(c) : .asItIs, .unknown(c)] }
    guard
      let jackknife = ChainJackknife(
        tables, imagined, repaired: canRepair ? poor : [], bootstrap)
    else { return }
    let level = bootstrap.settings.level
    let isScore = headline.isScore
    printedInterval = jackknife.interval(level: level, on: isScore ? .unit : .positive)
    for (index, c) in poor.enumerated() {
      let sizes = bootstrap.sizes { tables.truth(of: c, in: $0) }
      func gain(from worse: Int, to better: Int) -> Interval? {
        let (a, b) = isScore ? (better, worse) : (worse, better)
        return jackknife.difference(of: a, less: b, sizes: sizes)?.intervalOfGain(level: level)
      }
      let (fixed, unknown) = (2 + 2 * index, 3 + 2 * index)
      if canRepair { classes[c].headroomInterval = gain(from: 0, to: fixed) }
      classes[c].reachInterval = gain(from: unknown, to: 1)
    }
  }
}

extension Jackknife {
  /// A gain that is one without any of the images stays one.
  fileprivate func intervalOfGain(level: Double) -> Interval? {
    let isGain = estimate > 0 && others.allSatisfy { $0 > 0 }
    return interval(level: level, on: isGain ? .positive : .unbounded)
  }
}

extension Bootstrap {
  /// What the images that are left out together have of something.
  fileprivate func sizes(_ size: (_ image: Int) -> Double) -> [Double] {
    leftOut.names.indices.map { cluster in
      leftOut.images(of: cluster).reduce(0) { $0 + size($1) }
    }
  }
}

extension HeadlineTables {
  /// A class's true pixels in an image.
  fileprivate func truth(of c: Int, in place: Int) -> Double {
    guard let layout = leading?.table.layout else { return 0 }
    return Double(layout.truth[place * layout.classes + c])
  }
}
