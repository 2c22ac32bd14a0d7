package import Core
internal import Decoding

/// A pipeline.yml for the files that lie below some directories.
package struct Draft: Sendable {
  /// The file, with what was inferred and why.
  package var text: String
  /// What could not be told, and what was written instead.
  package var questions: [String]
}

extension Draft {
  /// - Parameters:
  ///   - truth: the directory of the truth, where it is named; likewise `predictions`.
  /// - Throws: Problem: a directory cannot be read, or no two of its forms belong together.
  package init(
    of directories: [String], truth: String?, predictions: String?
  ) throws(Problem) {
    var trees: [(tree: Tree, told: Candidate.Role?)] = []
    for directory in directories { trees.append((try Tree(at: directory), nil)) }
    if let truth { trees.append((try Tree(at: truth), .truth)) }
    if let predictions { trees.append((try Tree(at: predictions), .predictions)) }
    let candidates = trees.flatMap { tree, told in
      tree.forms.flatMap { form -> [Candidate] in
        if let part = tree.part {
          return [Candidate(form, told: told, part: part)].compactMap(\.self)
        }
        let parts =
          form.single == nil || form.runs != nil
          ? [] : Candidate(form, told: told)?.looks[0].members ?? []
        return parts.count > 1
          ? parts.compactMap { Candidate(form, told: told, part: $0.name) }
          : [Candidate(form, told: told)].compactMap(\.self)
      }
    }.flatMap(\.eachOrder)
    let found = FoundSides.all(of: candidates).map { $0.lookingCloser() }
    let others = Array(Set(trees.flatMap(\.tree.others))).sorted()
    let lists = NameList.all(among: others)
    let drafted = found.map { ($0, InferredClasses($0, lists: lists)) }
    // Of several kinds of label maps beside each other, the one that most agrees with the predictions.
    guard
      let best = drafted.enumerated().max(by: { a, b in
        (a.element.1.certainty, -a.offset) < (b.element.1.certainty, -b.offset)
      })?.element
    else {
      throw Draft.nothing(trees.map(\.tree), candidates)
    }
    if best.0.truth.kind == .colors {
      throw Problem(
        "the truth is in colours, and no file says which colour is which class",
        at: .file(best.0.truth.form.single ?? best.0.truth.form.pattern),
        remedy:
          "write pipeline.yml by hand, with the colour of each class: classes: [{name: road, color: [128, 64, 128]}, …]; `unmask inspect` lists the colours of a file"
      )
    }
    self.init(best.0, best.1, names: list(of: Set(best.0.pairs.map(\.truth)), among: others))
    let rivals = found.filter {
      $0.truth.path == best.0.truth.path && $0.predictions.path != best.0.predictions.path
    }
    if !rivals.isEmpty {
      questions.append(
        "several predictions fit, and \(printable(best.0.predictions.path)) is taken; for another call init with --predictions: \(rivals.prefix(5).map { printable($0.predictions.path) }.joined(separator: ", "))\(rivals.count > 5 ? ", …" : "")"
      )
    }
  }

  private static func nothing(_ trees: [Tree], _ candidates: [Candidate]) -> Problem {
    let forms = candidates.prefix(8).map { $0.form.single ?? $0.form.pattern }
    let colored = candidates.first { $0.kind == .colors && $0.score(as: .predictions) > 0 }
    if let colored {
      return Problem(
        "predictions in colours, and no file says which colour is which class",
        at: .file(colored.form.single ?? colored.form.pattern),
        remedy:
          "save the numbers of the classes instead of their colours; or write pipeline.yml by hand, with the colour of each class: classes: [{name: road, color: [128, 64, 128]}, …]"
      )
    }
    if let counts = ArrayCounts(candidates) { return counts.problem(at: trees.first?.root) }
    let seen =
      forms.isEmpty
      ? "no \(FileFormat.listing) file was found"
      : "found: \(forms.map(printable).joined(separator: ", "))\(candidates.count > 8 ? ", …" : "")"
    return Problem(
      "no predictions and truth that belong together",
      at: trees.first.map { .file($0.root) },
      remedy:
        "\(seen)\n  name both: unmask init --predictions DIR --truth DIR; the names of their files must have the image in common\n  where there is no truth, take the configuration of a run that had one, without its line truth: see docs/outlook.md"
    )
  }
}

extension FoundSides {
  /// The same with more files looked into, for labels that are rare.
  fileprivate func lookingCloser() -> FoundSides {
    var closer = self
    closer.truth = truth.lookingCloser()
    closer.predictions = predictions.lookingCloser()
    // Beside masks, many numbers are levels and not labels.
    if closer.predictions.kind == .labels, closer.predictions.labels.count > 2,
      closer.truth.form.grid != nil || closer.truth.isMask
    {
      closer.predictions.kind = .levels
    }
    return closer
  }
}

extension Candidate {
  fileprivate func lookingCloser() -> Candidate {
    guard !isOneArray, !isOnlyImage, !kind.isReal else { return self }
    return Candidate(form, told: told, part: part, looks: 48) ?? self
  }
}
