package import Core
package import Raster

/// The loss at every pixel of one image, before any mean: what frameworks call `reduction='none'`.
///
/// NaN where a class has no term: at a pixel that does not count and, of a loss that is made from
/// all classes, where the class is not true.
package struct LossMap: Sendable {
  package var width: Int
  package var height: Int
  /// The classes that the planes are of, in order.
  package var classes: [Int]
  /// One plane for each of `classes`: pixel `row * width + column` of height × width.
  package var planes: [[Double]]
  /// Whether the loss judges classes apart; otherwise a pixel's terms are parts of one loss.
  package var judgesClassesApart: Bool
}

extension LossMap {
  /// The map of an elementwise measure; no weights are in it.
  ///
  /// - Parameter only: the one class that is wanted.
  /// - Throws: Problem: a probability outside 0…1, or a logit that is not finite.
  package init(
    of measure: Measure, over pair: ImagePair, class only: Int? = nil, areClassesExclusive: Bool
  ) throws(Problem) {
    width = pair.width
    height = pair.height
    classes = only.map { [$0] } ?? Array(0..<pair.prediction.planes)
    switch measure.form {
    case .separable(let loss):
      judgesClassesApart = loss.terms == .everyPixel
      planes = try loss.values(
        over: pair, classes: classes,
        isSoftmax: areClassesExclusive && pair.prediction.areLogits)
    case .categorical(let loss):
      judgesClassesApart = false
      planes = try loss.values(over: pair, classes: classes)
    case .ratio: preconditionFailure("\(measure.name) has no value at a pixel")
    }
  }

  /// One loss a pixel, row by row, as Keras returns it: the mean of its classes, or the sum of its
  /// terms; where there is none, NaN.
  package var pixelLosses: [Double] {
    var losses = planes.first ?? []
    for plane in planes.dropFirst() {
      for pixel in losses.indices {
        if judgesClassesApart || !losses[pixel].isNaN && !plane[pixel].isNaN {
          losses[pixel] += plane[pixel]
        } else if losses[pixel].isNaN {
          losses[pixel] = plane[pixel]
        }
      }
    }
    return judgesClassesApart ? losses.map { $0 / Double(planes.count) } : losses
  }
}

extension SeparableLoss {
  fileprivate func values(
    over pair: ImagePair, classes: [Int], isSoftmax: Bool
  ) throws(Problem) -> [[Double]] {
    let region = Region(width: pair.width, height: pair.height)
    var values = [[Double]](repeating: [], count: classes.count)
    var blocks = [ClassBlock](repeating: ClassBlock(), count: pair.prediction.planes)
    for runs in (0..<region.blocks).map(region.runs) {
      // A softmax is of all classes, whichever is wanted.
      for c in isSoftmax ? Array(blocks.indices) : classes {
        try blocks[c].load(pair, class: c, runs: runs, areExclusive: isSoftmax)
      }
      if isSoftmax {
        let sums = ClassBlock.logSums(of: blocks)
        for c in classes { blocks[c].takeSoftmax(sums) }
      }
      for (place, c) in classes.enumerated() {
        ofClass(c).append(blocks[c], to: &values[place], upTo: region.pixels)
      }
    }
    return values
  }

  private func append(_ block: ClassBlock, to values: inout [Double], upTo count: Int) {
    values.reserveCapacity(count)
    for index in 0..<block.vectors {
      let t = block.truth(index)
      let x = given(block.probability(index))
      let loss =
        block.judgesByLogits ? self(logit: block.logits[index], x, t.value) : self(x, t.value)
      // Adding 0 makes 0 of −0, which the frameworks' maps contain.
      let isThere = terms == .everyPixel ? t.isCounted : t.isOwn
      let there = (loss + 0).replacing(with: .nan, where: .!isThere)
      for lane in 0..<min(8, count - values.count) { values.append(there[lane]) }
    }
  }
}

extension CategoricalCrossEntropy {
  /// The sum over a block of one pixel is the loss there.
  fileprivate func values(over pair: ImagePair, classes: [Int]) throws(Problem) -> [[Double]] {
    let absent = [Double](repeating: .nan, count: pair.pixels)
    var values = [[Double]](repeating: absent, count: classes.count)
    var blocks = [ClassBlock](repeating: ClassBlock(), count: pair.prediction.planes)
    for pixel in absent.indices {
      for c in blocks.indices {
        try blocks[c].load(pair, class: c, runs: [pixel..<(pixel + 1)], areExclusive: true)
      }
      let sums = sums(over: blocks)
      for (place, c) in classes.enumerated() {
        let t = blocks[c].truth(0)
        let hasTerm = terms == .everyPixel ? t.isCounted[0] : t.isOwn[0]
        if hasTerm { values[place][pixel] = sums[c].own + sums[c].other }
      }
    }
    return values
  }
}

extension Prediction {
  /// How many classes have a plane.
  fileprivate var planes: Int {
    switch self {
    case .labels: 0
    case .masks(let planes), .levels(let planes), .probabilities(let planes), .logits(let planes):
      planes.count
    }
  }

  fileprivate var areLogits: Bool { if case .logits = self { true } else { false } }
}
