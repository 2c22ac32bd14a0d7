internal import Core
internal import Resampling
internal import Tables

extension Diagnosis {
  /// How many of the classes that fail get intervals of headroom and reach. For each, the chain is
  /// applied twice to every replicate: all of 150 classes would take minutes.
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
      let resampling = ChainResampling(
        tables, imagined, repaired: canRepair ? poor : [], bootstrap)
    else { return }
    let level = bootstrap.settings.level
    let isScore = headline.isScore
    printedInterval = resampling.interval(level: level, on: isScore ? .unit : .positive)
    printedReplicates =
      resampling.left == nil ? resampling.replicates[0].count : bootstrap.settings.replicates
    for (index, c) in poor.enumerated() {
      let (fixed, unknown) = (2 + 2 * index, 3 + 2 * index)
      if canRepair {
        let gain =
          isScore
          ? resampling.spread(of: fixed, less: 0) : resampling.spread(of: 0, less: fixed)
        classes[c].headroomInterval = gain.interval(level: level)
      }
      let reach =
        isScore
        ? resampling.spread(of: 1, less: unknown) : resampling.spread(of: unknown, less: 1)
      classes[c].reachInterval = reach.interval(level: level)
    }
  }
}
