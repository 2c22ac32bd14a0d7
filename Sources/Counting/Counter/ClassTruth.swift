internal import Core
internal import Raster

/// What the truth says about one class, read where it lies: bytes, and what each of them means.
struct ClassTruth {
  private let truth: Truth
  private let c: Int
  /// For each byte a `Standing`.
  let standings: [UInt8]

  init(_ truth: Truth, class c: Int) {
    self.truth = truth
    self.c = c
    standings =
      switch truth {
      case .masks: (0..<256).map { $0 == 0 ? Standing.other : Standing.own }
      case .labels(let map) where map.areBytes:
        map.meanings.map { $0.standing(to: Label(c)) }
      case .standings: (0...255).map { $0 <= Standing.ignored ? $0 : Standing.other }
      // What `Truth` writes are standings already.
      case .labels: (0...255).map { $0 <= Standing.ignored ? $0 : Standing.other }
      }
  }

  /// Whether there may be pixels that do not count.
  var canIgnore: Bool { standings.contains(Standing.ignored) }

  /// Shows the bytes of a run of pixels; where the truth is none, they are written into `room`.
  func withBytes(
    _ run: Range<Int>, loadedInto room: inout [UInt8], _ body: (Span<UInt8>) -> Void
  ) {
    switch truth {
    case .masks(let masks), .standings(let masks): masks[c].withBytes(run, loadedInto: &room, body)
    case .labels(let map) where map.areBytes: map.plane.withBytes(run, loadedInto: &room, body)
    case .labels:
      var target = room.mutableSpan
      truth.write(run, class: c, into: &target, at: 0)
      body(room.span.extracting(first: run.count))
    }
  }
}

extension Label {
  fileprivate func standing(to own: Label) -> UInt8 {
    self == own ? Standing.own : self == .ignored ? Standing.ignored : Standing.other
  }
}
