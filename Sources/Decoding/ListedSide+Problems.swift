internal import Core

// What keeps the files of a side from being images of a run, said of the image that misses them.

extension ListedSide {
  /// Two files that claim the same place: which one is meant cannot be known.
  func expectSingle() throws(ListingFault) {
    guard let first = doubles.min(by: { $0.key < $1.key }) else { return }
    let paths = first.value.claimants.prefix(3).map { claimant in
      printable(
        array == nil && runs == nil
          ? matches[claimant].path : "\(location.template.text), image \(claimant)")
    }.joined(separator: ", ")
    throw .ambiguous(
      Problem(
        "\(location.key): more than one file for \(Figure.count(doubles.count, "image")), the first is '\(printable(first.key))': \(paths)",
        remedy: location.hasClassFiles
          ? "if together they are the mask of a class say under decode parts: union, and absent: empty where a class may have no file; else make the path tell them apart, for example with another {name} in it that both sides have"
          : "make the path tell them apart, for example with another {name} in it that both sides have"
      ))
  }

  func expectCount(of other: ListedSide) throws(ListingFault) {
    guard order.count == other.order.count else {
      throw .unreadable(
        Problem(
          "\(location.key) holds \(order.count) images, but \(other.location.key) holds \(other.order.count)",
          at: .file(resolved(location.template.text)),
          remedy: "save both from the same images, in the same order"))
    }
  }

  /// Those obstacles that no image of the run is known to miss, each as a problem of its own.
  func obstacles(besides problems: [ImageProblem]) -> [ImageProblem] {
    let named = Set(problems.compactMap(\.problem.place))
    return obstacles.filter { $0.place.map { !named.contains($0) } ?? true }.map { obstacle in
      guard case .file(let path)? = obstacle.place else {
        return ImageProblem(image: location.key, problem: obstacle)
      }
      return ImageProblem(image: path, problem: obstacle)
    }
  }

  /// What is in the way of a file.
  private func obstacle(at path: String) -> Problem? {
    obstacles.first { obstacle in
      guard case .file(let place)? = obstacle.place else { return false }
      return path == place || path.hasPrefix(place + "/")
    }
  }

  func missingPartner(of name: String, in side: ListedSide) -> ImageProblem {
    let other = side.location
    var captures = found[name]?.captures ?? [:]
    captures["image"] = captures["image"] ?? name
    // All classes are missing together.
    captures["class"] = captures["class"].map { _ in "{class}" }
    let own = resolved(location.template.filling(captures) ?? location.template.text)
    let partner = other.template.filling(captures).map(resolved)
    if let obstacle = partner.flatMap(side.obstacle) {
      return ImageProblem(image: name, problem: obstacle)
    }
    if let problem = side.problemOfRuns(lacking: name) {
      return ImageProblem(image: name, problem: problem)
    }
    let expected = partner.map { ": \(printable($0)) is missing" } ?? ""
    return ImageProblem(
      image: name,
      problem: Problem(
        "has no partner in \(other.key)\(expected)", at: .file(own),
        remedy: "write what is missing, take this away, or list the images that count under names"))
  }

  /// An image that a file of runs has under another name, or not at all.
  private func problemOfRuns(lacking name: String) -> Problem? {
    guard let runs else { return nil }
    let text = location.template.text
    let some = runs.images.prefix(2).map { "'\(printable($0.name, most: 100))'" }
      .joined(separator: ", ")
    let like = runs.images.lazy.compactMap { image -> String? in
      guard let last = image.name.split(separator: "/").last, let range = last.firstRange(of: name)
      else { return nil }
      return "\(last[..<range.lowerBound])\u{7b}image}\(last[range.upperBound...])"
    }.first
    let form = like ?? "{image}_leftImg8bit.png"
    return Problem(
      "has no image '\(printable(name, most: 100))'; its images are \(some)\(runs.images.count > 2 ? ", …" : ""); which part of these is the name stands behind '#': \(printable(text))#\(printable(form))",
      at: .file(resolved(text)),
      remedy: "say so under decode, \(location.key), or list the images that count under names")
  }
}
