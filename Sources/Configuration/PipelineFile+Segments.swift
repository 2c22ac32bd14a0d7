internal import Core
internal import Decoding

extension Section<Keys.Decode> {
  /// Segments are numbered in one picture an image, which is a label map.
  func expectSegments(noting mistakes: inout Mistakes) {
    guard case .some(.some(let segments)) = self.segments, let encoding = self.encoding else {
      return
    }
    let place = place(of: \.segments)
    for side in Side.allCases where segments[side] != nil {
      guard let location = location(of: side) else { continue }
      if side == .predictions, let kind = self.kind, kind != .labels {
        mistakes.note(
          place.problem(
            "the predictions are \(kind.rawValue), which number no objects",
            remedy: "say it of the truth alone: segments: {truth: …}"))
      } else if location.hasClassFiles || location.isOneArray {
        mistakes.note(
          place.problem(
            "segments are numbered in one picture an image, and the path of \(side.rawValue) names \(location.isOneArray ? "an array" : "a file of each class")",
            remedy: "name the panoptic pictures there, or take it out"))
      }
      if encoding[side] != .class {
        mistakes.note(
          place.problem(
            "the \(side.rawValue) has an encoding and segments, and both say what its numbers mean",
            remedy: "take one of the two out"))
      }
    }
  }
}
