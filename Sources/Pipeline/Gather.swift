internal import Configuration
package import Core
internal import Counting
internal import Decoding
internal import Raster
internal import Synchronization
internal import Threads

/// Decodes and counts every image of a plan, several at once; the only stage that runs in parallel.
///
/// Each worker takes the next image until none is left. When there are fewer images than workers,
/// the blocks of an image are counted in parallel too. What is added are integers, so neither the
/// number of workers nor the order in which they end can change a bit.
///
/// - Parameters:
///   - jobs: how many workers there are.
///   - keepsLevels: whether histograms stay in memory, which steps that select among pixels need.
///   - isTimed: whether it is measured what the stages take.
///   - recall: what earlier nights counted; `nil` where everything is counted now.
///   - sink: is handed every image that could be used, one at a time, in the order of the plan.
///   - progress: is told how many images are done, and says whether to go on.
/// - Throws: Problem: the sink failed, `progress` said stop, or a loss of the scheme is unknown; an
///   image that cannot be used is not thrown, but noted in the evidence.
package func gather(
  _ plan: Plan, jobs: Int, keepsLevels: Bool, isTimed: Bool = false, recall: Recall? = nil,
  sink: @Sendable (ImageEvidence) throws(Problem) -> Void,
  progress: @Sendable (_ done: Int) -> Bool
) throws(Problem) -> (evidence: Evidence, timings: Timings) {
  let collected = Mutex(Collected(of: plan))
  let handing = Mutex(())
  let next = Atomic(0)
  let ahead = ReadAhead()
  let needs = try Needs(plan.scheme)
  let rules = plan.rules
  let workers = max(1, min(jobs, plan.images.count))
  let lanes = max(1, jobs / workers)
  concurrently(iterations: workers) { _ in
    var counters = [Counter](repeating: Counter(for: needs), count: lanes)
    var timings = Timings(areAsked: isTimed)
    var levels = LevelSum()
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < plan.images.count, collected.withLock({ $0.fault == nil }) else { break }
      ahead.willRead(index, of: plan.images)
      let files = plan.images[index]
      let result = Result { () throws(Problem) in
        guard let recall else { return try count(files, plan, rules, with: &counters, &timings) }
        return try recall.evidence(of: files, plan, rules, with: &counters, &timings)
      }
      if case .success(let image) = result { levels.add(levelsOf: image) }
      collected.withLock { collected in
        collected.add(result, at: index, of: files, keepsLevels: keepsLevels)
        let done = collected.images.count + collected.problems.count - plan.problems.count
        if !progress(done), collected.fault == nil { collected.fault = .interrupted }
      }
      timings.timed(\.evidence) { handOn(collected, by: handing, to: sink) }
    }
    for counter in counters { levels.add(counter.levels) }
    collected.withLock { collected in
      collected.levels.add(levels)
      collected.timings = collected.timings + timings
    }
  }
  handOn(collected, by: handing, to: sink)
  // Moved out, not copied.
  var result = collected.withLock { exchange(&$0, with: Collected()) }
  if let fault = result.fault { throw fault }
  result.images.sort { $0.index < $1.index }
  result.problems.sort { $0.image.utf8.lexicographicallyPrecedes($1.image.utf8) }
  let evidence = Evidence(
    scheme: plan.scheme, images: result.images, problems: result.problems,
    listed: plan.images.count, levels: result.levels.sum)
  return (evidence, result.timings)
}

extension Problem {
  static let interrupted = Problem("interrupted; nothing was written", remedy: "")
}

extension Recall {
  fileprivate func evidence(
    of files: ImageFiles, _ plan: Plan, _ rules: DecodeRules, with counters: inout [Counter],
    _ timings: inout Timings
  ) throws(Problem) -> ImageEvidence {
    var counted = Timings(areAsked: timings.areAsked)
    var all = counted
    defer {
      // What is left of it is the state's.
      timings = timings + counted
      timings.state += all.state - counted.decode - counted.measure - counted.setUp
    }
    return try all.timed(\.state) { () throws(Problem) in
      try evidence(
        of: files, needsGlance: Glance.isTaken(files.index, of: plan.images.count)
      ) { () throws(Problem) in
        let evidence = try count(files, plan, rules, with: &counters, &counted)
        // Levels that are no image's own were added to those of the run.
        return (evidence, canBeKept: counters.allSatisfy { $0.levels == nil })
      }
    }
  }
}

/// One image, from its files to integers, slice by slice.
private func count(
  _ files: ImageFiles, _ plan: Plan, _ rules: DecodeRules, with counters: inout [Counter],
  _ timings: inout Timings
) throws(Problem) -> ImageEvidence {
  var opened = try timings.timed(\.decode) { () throws(Problem) in
    try OpenedImage(files, by: rules)
  }
  let isGlancedAt = Glance.isTaken(files.index, of: plan.images.count)
  var sum: ImageEvidence?
  var most = -1
  for slice in 0..<opened.slices {
    let pair = try timings.timed(\.decode) { () throws(Problem) in try opened.pair(slice: slice) }
    var image = try timings.timed(\.measure) { () throws(Problem) in
      try count(pair, files, plan, with: &counters, slice: opened.slices > 1 ? slice : nil)
    }
    // A volume is known by the slice that shows most of it.
    if isGlancedAt, image.shown > most {
      most = image.shown
      image.glance = timings.timed(\.setUp) {
        counters[0].glance(at: pair, levels: image.levels, index: files.index)
      }
    }
    sum?.add(image)
    sum = sum ?? image
  }
  guard let sum else {
    throw Problem("the image has no pixels", at: nil, remedy: "save it again")
  }
  return sum
}

extension ImageEvidence {
  /// How much of a slice is not the class that most of it is, among as many classes as it has.
  fileprivate var shown: Int {
    let own = tally.classes.map(\.overlap.truth)
    return own.reduce(0, +) - (own.max() ?? 0)
  }

  /// The next slice of the same image.
  fileprivate mutating func add(_ slice: ImageEvidence) {
    slices += 1
    ignored += slice.ignored
    unlistedPredictions += slice.unlistedPredictions
    remarks = remarks.joined(with: slice.remarks)
    tally = tally + slice.tally
    tiles += slice.tiles
    levels = levels.isEmpty ? slice.levels : zip(levels, slice.levels).map(+)
    if let later = slice.glance { glance = later }
  }
}

/// A picture, or a slice of a volume.
private func count(
  _ pair: ImagePair, _ files: ImageFiles, _ plan: Plan, with counters: inout [Counter],
  slice: Int?
) throws(Problem) -> ImageEvidence {
  let whole = Region(width: pair.width, height: pair.height)
  do {
    let counted = try count(pair, in: whole, with: &counters)
    var finished = counters[0].finished(counted)
    var tiles: [Tally] = []
    switch plan.scheme.tile {
    case nil: break
    case .slices?: tiles = [finished.tally]
    case .side(let side)?:
      for tile in Region.tiles(width: pair.width, height: pair.height, side: side) {
        tiles.append(try counters[0].count(pair, in: tile))
      }
    }
    try counters[0].countOutlines(of: pair, into: &finished.tally)
    try pair.expectUnchanged()
    var remarks = pair.remarks
    remarks.clipped = counted.clipped
    remarks.zeroRows = counted.zeroRows
    remarks.surelyWrong = counted.surelyWrong
    remarks.minusInfinity = min(1, counted.minusInfinity)
    return ImageEvidence(
      name: pair.name, index: files.index, group: files.group, width: pair.width,
      height: pair.height, ignored: pair.pixels - finished.tally.pixels,
      unlistedPredictions: min(
        finished.tally.confusion.unlisted(classes: plan.scheme.classes.count),
        pair.foreignMaskPixels ?? .max),
      remarks: remarks, tally: finished.tally, tiles: tiles, levels: finished.levels)
  } catch {
    throw (slice.map(error.inSlice) ?? error).inFile(files.prediction.path)
  }
}

/// So many blocks are counted at once where an image is shared out: 65,536 pixels.
private let blocksAtOnce = 16

/// The blocks of an image, shared out among the counters in parts of `blocksAtOnce`.
private func count(
  _ pair: ImagePair, in region: Region, with counters: inout [Counter]
) throws(Problem) -> Counted {
  let parts = (region.blocks + blocksAtOnce - 1) / blocksAtOnce
  guard counters.count > 1, parts > 1 else {
    return try counters[0].count(pair, in: region, blocks: 0..<region.blocks)
  }
  let idle = Mutex(counters)
  let sum = Mutex((counted: Counted.zero, faults: [Int: Problem]()))
  let next = Atomic(0)
  concurrently(iterations: min(counters.count, parts)) { _ in
    guard var counter = idle.withLock({ $0.popLast() }) else { return }
    while true {
      let part = next.add(1, ordering: .relaxed).oldValue
      guard part < parts else { break }
      let first = part * blocksAtOnce
      let result = Result { () throws(Problem) in
        try counter.count(
          pair, in: region, blocks: first..<min(first + blocksAtOnce, region.blocks))
      }
      sum.withLock { sum in
        switch result {
        case .success(let counted): sum.counted += counted
        case .failure(let problem): sum.faults[part] = problem
        }
      }
    }
    let done = counter
    idle.withLock { $0.append(done) }
  }
  counters = idle.withLock { $0 }
  let (counted, faults) = sum.withLock { $0 }
  // The first in the image's order, whichever worker found its own first.
  if let first = faults.keys.min(), let problem = faults[first] { throw problem }
  return counted
}

extension ImageSource {
  /// The file to name when something is wrong with what it holds.
  fileprivate var path: String {
    switch self {
    case .file(let path, _): path
    case .classFiles(let paths): paths.joined().first ?? ""
    case .item(_, _, let index, let path): "\(path), image \(index)"
    case .runs(_, _, let path): path
    case .unknown: ""
    }
  }
}
