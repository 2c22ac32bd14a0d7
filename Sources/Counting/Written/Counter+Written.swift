internal import Core
internal import Raster

// A formula may have no value at a pixel: a logarithm of 0, a root of less. Then the first such pixel is
// said, and what would help.

extension Counter {
  /// - Throws: Problem: the loss of some pixel is not finite.
  func expectFinite(
    _ sums: (own: Double, other: Double), _ index: Int, _ loss: any SeparableLoss,
    _ pair: ImagePair, _ runs: [Range<Int>], class c: Int
  ) throws(Problem) {
    guard !sums.own.isFinite || !sums.other.isFinite, let formula = formula(of: index) else {
      return
    }
    for vector in 0..<blocks[c].vectors {
      let t = blocks[c].truth(vector)
      let x = blocks[c].probability(vector)
      let values =
        blocks[c].judgesByLogits
        ? loss(logit: blocks[c].logits[vector], x, t.value) : loss(x, t.value)
      for lane in 0..<8 where t.isCounted[lane] && !values[lane].isFinite {
        let place = Place(of: vector * 8 + lane, runs, pair, class: c)
        throw formula.problem(
          values[lane], x.p[lane], isOwn: t.isOwn[lane], at: place.text, file: place.file)
      }
    }
  }

  /// The same of a plane of levels, in which each level has one loss.
  ///
  /// - Parameter tables: of the levels 0…top.
  func expectFinite(
    own: [Int], other: [Int], _ tables: LevelTables, _ pair: ImagePair, class c: Int
  ) throws(Problem) {
    for (index, loss) in tables.losses(ofClass: c).enumerated() {
      guard let formula = formula(of: index), let loss else { continue }
      for (isOwn, counts, undefined) in [
        (true, own, loss.undefined.own), (false, other, loss.undefined.other),
      ] {
        guard let (level, value) = undefined.first(where: { counts[$0.level] > 0 }) else {
          continue
        }
        throw formula.problem(
          value, Double(level) / Double(counts.count - 1), isOwn: isOwn,
          at: "\(counts[level]) \(counts[level] == 1 ? "pixel" : "pixels") of \(pair.className(c))",
          file: pair.origins.indices.contains(c) ? .file(pair.origins[c].file) : nil)
      }
    }
  }

  private func formula(of index: Int) -> WrittenFormula? {
    let loss = needs.scheme.losses[index]
    return loss.derivative == nil ? loss.formula : nil
  }
}

extension ImagePair {
  fileprivate func className(_ c: Int) -> String {
    origins.indices.contains(c) ? "class '\(printable(origins[c].className))'" : "class \(c)"
  }
}

extension WrittenFormula {
  fileprivate func problem(
    _ value: Double, _ p: Double, isOwn: Bool, at place: String, file: Problem.Place?
  ) -> Problem {
    let isEnd = p <= 0 || p >= 1
    return Problem(
      "the loss '\(printable(text))' is \(value.isNaN ? "no number" : "infinite") at \(place): t = \(isOwn ? 1 : 0), p = \(shortest(p))",
      at: file,
      remedy: isEnd && clip == nil
        ? "add clip: 1e-7 to the loss, as Keras keeps p from 0 and 1"
        : "keep what stands in a logarithm, root or fraction above 0, max(…, 1e-7), and in exp below 80, min(…, 80)"
    )
  }
}
