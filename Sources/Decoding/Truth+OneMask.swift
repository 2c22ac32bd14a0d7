internal import Core
internal import Raster

extension Truth {
  /// One class, and a truth of one number a pixel: 0 where the class is not, its `value` where it is (1, 255
  /// or the largest number of the format where it has none), and what is ignored besides.
  init(oneMask side: DecodedSide, _ rules: DecodeRules) throws(Problem) {
    let source = side.planes[0]
    let ignored = rules.ignored
    guard !ignored.labels.contains(0) else {
      throw Problem(
        "ignore: 0 leaves nothing but the class itself", at: .file(source.file),
        remedy: "take 0 out of ignore: with one class it is what is not the class")
    }
    let given = rules.classes.entries[0].labels.truth.filter { $0 != 0 }
    if ignored.labels.isEmpty, !ignored.unlisted, given.isEmpty {
      self = .masks([try source.oneMask()])
      return
    }
    try source.expectGray(for: "a mask")
    let shown = try source.asShown()
    var numbers = [Int64](repeating: 0, count: shown.plane.pixels)
    var span = numbers.mutableSpan
    if shown.plane.loadLabels(0..<shown.plane.pixels, into: &span) != nil {
      _ = try source.mask(.truth)
    }
    let void = Set(ignored.labels)
    let found = Set(numbers).subtracting(void).subtracting([0])
    // 1 comes first: 255 beside it is what people write where there is nothing to say.
    let usual =
      [1, 255, min(source.largest, 65535)].first(where: found.contains).map { [$0] } ?? []
    let own = Set(given.isEmpty ? usual : given)
    let strays = found.subtracting(own)
    guard strays.isEmpty || ignored.unlisted else {
      let stray = strays.min() ?? 0
      let pixel = numbers.firstIndex(of: stray) ?? 0
      let (row, column) = pixel.quotientAndRemainder(dividingBy: source.plane.width)
      throw Problem(
        "the truth of one class holds \(stray), which is neither the class, nor 0, nor ignored (row \(row), column \(column))",
        at: .file(source.file),
        remedy:
          "if \(stray) does not count say ignore: \(stray); if it is the class give it that value: classes: [{name: …, value: \(stray)}]"
      )
    }
    let standings = numbers.map { number in
      number == 0
        ? Standing.other
        : own.contains(number) && !void.contains(number) ? Standing.own : Standing.ignored
    }
    let hasVoid = standings.contains(Standing.ignored)
    let plane = Plane(
      packed: Bytes(standings), element: .u1, width: source.plane.width,
      height: source.plane.height)
    self = hasVoid ? .standings([plane]) : .masks([plane])
  }
}

extension NumberPlane {
  /// A mask whose message knows that there is one class.
  fileprivate func oneMask() throws(Problem) -> Plane {
    do {
      return try mask(.truth)
    } catch {
      guard error.what.hasPrefix("a mask says yes or no, but holds") else { throw error }
      throw Problem(
        error.what, at: error.place,
        remedy:
          "save 0 and 1; if a number does not count say so, as ignore: 255; if another number is the class give it that value, as classes: [{name: …, value: 7}]\(NumberPlane.levelsOfSoftTruth)"
      )
    }
  }
}
