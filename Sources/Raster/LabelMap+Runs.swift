internal import Synchronization

/// A map whose labels are known as runs, and which is painted only where a pixel is asked for.
final class RunMap: Sendable {
  let runs: LabelRuns
  private let painted = Mutex<LabelMap?>(nil)

  init(_ runs: LabelRuns) { self.runs = runs }

  var map: LabelMap {
    painted.withLock { painted in
      let map = painted ?? runs.map
      painted = map
      return map
    }
  }
}
