internal import Core
internal import Decoding
internal import Synchronization

/// What the workers of a run have counted so far.
struct Collected {
  var images: [ImageEvidence] = []
  var problems: [ImageProblem] = []
  /// What stops the run: the sink could not take an image.
  var fault: Problem?
  var levels = LevelSum()
  var timings = Timings()
  /// What cannot be handed on yet because one before it is still being counted; of images that cannot be used nothing.
  private var waiting: [Int: ImageEvidence?] = [:]
  private var next = 0
  /// What comes next of what is handed on, in the order of the run.
  private var ready: [ImageEvidence] = []

  init() {}

  init(of plan: Plan) {
    images.reserveCapacity(plan.images.count)
    problems = plan.problems
  }

  mutating func add(
    _ result: Result<ImageEvidence, Problem>, at index: Int, of files: ImageFiles,
    keepsLevels: Bool
  ) {
    switch result {
    case .failure(let problem):
      problems.append(ImageProblem(image: files.name, problem: problem))
      waiting.updateValue(nil, forKey: index)
    case .success(var image):
      waiting.updateValue(image, forKey: index)
      if !keepsLevels { image.levels = [] }
      images.append(image)
    }
    while let image = waiting.removeValue(forKey: next) {
      next += 1
      if let image { ready.append(image) }
    }
  }

  /// Whether so much is ready that whoever adds more should wait: images of planes have 20 KB until they are handed on.
  var isBehind: Bool { ready.count > 64 }

  /// Those that are to be handed on now; none after a fault.
  mutating func takeReady() -> [ImageEvidence] {
    defer { ready = [] }
    return fault == nil ? ready : []
  }
}

/// Hands on what is ready, one after the other, unless another worker is at it, which then does this one's too: nobody
/// waits for a file to be written, as long as that keeps up.
func handOn(
  _ collected: borrowing Mutex<Collected>, by handing: borrowing Mutex<Void>,
  to sink: (ImageEvidence) throws(Problem) -> Void
) {
  func handOn() {
    while true {
      let images = collected.withLock { $0.takeReady() }
      if images.isEmpty { return }
      do throws(Problem) {
        for image in images { try sink(image) }
      } catch {
        collected.withLock { $0.fault = $0.fault ?? error }
      }
    }
  }
  if collected.withLock({ $0.isBehind }) {
    handing.withLock { _ in handOn() }
  } else {
    _ = handing.withLockIfAvailable { _ in handOn() }
  }
}

/// How often each level occurs in the images of a run; none where they are of several kinds, which cannot be added.
struct LevelSum {
  private(set) var sum: RunLevels?
  private var areMixed = false

  mutating func add(_ other: RunLevels?) {
    guard let other, !areMixed else { return }
    guard let old = sum else {
      sum = other
      return
    }
    sum = old + other
    areMixed = sum == nil
  }

  mutating func add(_ other: LevelSum) {
    add(other.sum)
    areMixed = areMixed || other.areMixed
    if areMixed { sum = nil }
  }

  /// Of 8-bit planes, whose levels are an image's own.
  mutating func add(levelsOf image: ImageEvidence) {
    guard !image.levels.isEmpty else { return }
    add(RunLevels(kind: .bits8, classes: image.levels.map(LevelCounts.init)))
  }
}
