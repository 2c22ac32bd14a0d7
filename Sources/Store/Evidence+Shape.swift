import Core

extension ImageEvidence {
  /// Whether each list has an entry for every class, or loss, of the run, or none at all.
  ///
  /// Lists that are added element by element would lose what one has more than the other.
  func fits(_ scheme: Scheme) -> Bool {
    let (classes, losses) = (scheme.classes.count, scheme.losses.count)
    return ([tally] + tiles).allSatisfy { $0.fits(classes: classes, losses: losses) }
      && [0, classes].contains(levels.count)
      && levels.allSatisfy { $0.own.count == 256 && $0.other.count == 256 }
  }
}

extension Tally {
  fileprivate func fits(classes count: Int, losses: Int) -> Bool {
    [0, count].contains(classes.count)
      && classes.allSatisfy { [0, losses].contains($0.losses.count) }
      && classes.allSatisfy { [0, losses].contains($0.weighted.count) }
      && classes.allSatisfy { [0, $0.losses.count].contains($0.bounds.count) }
      && classes.allSatisfy { [0, $0.losses.count].contains($0.capped.count) }
      && [0, count * count].contains(repairs.count)
      && confusion.entries.allSatisfy { entry in
        (0...count).contains(entry.truth) && (0...count).contains(entry.predicted)
      }
  }
}

extension Glance {
  /// Whether it is of so many classes, with counts that an image can have.
  func fits(classes: Int) -> Bool {
    let turned = self.turned.values.flatMap(\.self)
    let counts =
      [
        pixels, values.count, values.inUnit, values.decided, values.pixels, values.open,
        values.summingToOne, values.zeros, values.logarithms, values.clippedSums,
      ]
      + [values.planes, values.stretched, values.levels ?? 0] + labels.entries.map(\.count)
      + planes.entries.map(\.count)
      + turned.flatMap { [$0.both, $0.truth, $0.predicted] }
    return counts.allSatisfy((0...Glance.most).contains)
      && values.millionths.magnitude <= UInt(Glance.most)
      && self.turned.values.allSatisfy { $0.count == classes }
      && views.allSatisfy { $0.fits(classes: classes) }
  }

  /// Far above what a lattice of one image holds, and sums of some thousands of it are numbers.
  private static let most = 1 << 44
}
