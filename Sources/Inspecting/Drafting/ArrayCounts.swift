internal import Core

/// How many images each of some arrays holds, where they do not hold as many.
struct ArrayCounts: Sendable {
  private var arrays: [(path: String, shape: [Int], images: Int)] = []

  /// `nil` where no two arrays differ, one of which may be the truth and one the predictions.
  init?(_ candidates: [Candidate]) {
    var seen: Set<String> = []
    for candidate in candidates where candidate.isArrayFile {
      let file = candidate.form.single ?? candidate.path
      let path = candidate.arrayName.map { "\(file)#\($0)" } ?? file
      guard seen.insert(path).inserted else { continue }
      arrays.append((path, candidate.member.shape, candidate.images))
    }
    guard candidates.count > 1, Set(arrays.map(\.images)).count > 1 else { return nil }
  }

  func problem(at root: String?) -> Problem {
    let list = arrays.map { array in
      let shape = array.shape.map(String.init).joined(separator: ", ")
      return "\(printable(array.path)) \(array.images) (shape \(shape))"
    }.joined(separator: "; ")
    return Problem(
      "the arrays hold different numbers of images\(odd)", at: root.map { .file($0) },
      remedy:
        "\(list)\n  save truth and predictions from the same images, in the same order; or name two that belong together: unmask init --predictions FILE --truth FILE"
    )
  }

  /// The one that all others differ from.
  private var odd: String {
    let byCount = Dictionary(grouping: arrays, by: \.images)
    guard arrays.count > 2, byCount.count == 2,
      let odd = byCount.values.first(where: { $0.count == 1 })?.first,
      let rest = byCount.values.first(where: { $0.count > 1 })?.first
    else { return "" }
    return ": \(printable(odd.path)) has \(odd.images), and the others \(rest.images)"
  }
}
