internal import Core
package import Pages

extension Chain {
  /// The chain in sentences, one a step, for people who do not know the notation.
  package var words: [Line] {
    var remaining = allAxes
    return steps.map { step in
      switch step {
      case .score(.union):
        return "The score is taken, of every group that has the class in truth or prediction."
      case .score(.truth):
        return "The score is taken, of every group whose truth has the class."
      case .reduce(let reduction):
        let place = remaining.contains(.pixel) && !reduction.axes.contains(.pixel) && !hasScore
        remaining.subtract(reduction.axes)
        return reduction.words(
          atPixels: place, within: remaining.subtracting([.pixel]).outsideIn)
      }
    }
  }
}

extension Chain.Reduction {
  fileprivate func words(atPixels: Bool, within left: [Axis]) -> Line {
    let what = listed(AxisSet(axes).outsideIn.map(\.plural))
    let place: Line =
      atPixels
      ? ", at each pixel" : left.isEmpty ? "" : ", for each \(listed(left.map(\.rawValue)))"
    let verb: Line =
      switch operation {
      case .pool: "The counts of all \(what) are added up"
      case .sum: "The sum over \(what)"
      case .mean: "The mean over \(what)"
      case .max: "The largest value over \(what)"
      case .min: "The smallest value over \(what)"
      case .quantile(let q): "The quantile \(exact: q) over \(what)"
      case .worst(let k): "The mean of the \(k) worst values over \(what)"
      case .worstPercent(let q): "The mean of the worst \(exact: q) % over \(what)"
      case .trailing(let trailing): "Of \(what) in their order, \(trailing.words)"
      }
    let weighed: Line =
      switch weight {
      case nil: ""
      case .classShares: ", each class with its share of all class weights"
      case .positiveWeights:
        ", a class's own pixels with its positive weight, divided by the sum of the weights"
      case .sampleWeights: ", each with its sample weight, divided by the sum of the weights"
      case .images: ", each counting as often as it has images"
      case .pixels: ", each counting as often as it has pixels"
      case .classWeights: ", each class with its weight, divided by the sum of the weights"
      case .truth: ", each counting as often as the class is true there"
      case .balanced: ", half for the class's own pixels and half for all others"
      case .inversePrevalence: ", each class with one over its share of the pixels"
      }
    let multiplied: Line =
      switch factor {
      case nil: ""
      case .classWeights: ", each class times its weight; the weights are not divided out"
      case .positiveWeights:
        ", a class's own pixels times its positive weight; the weights are not divided out"
      case .sampleWeights: ", each times its sample weight; the weights are not divided out"
      case let factor?: ", each times its \(text: factor.rawValue); they are not divided out"
      }
    let undefined = substitute.map { "; what does not exist counts as \(exact: $0)" as Line }
    let nan: Line = isUndefinedWithAny ? "; where one does not exist, the result is NaN" : ""
    let ignored: Line =
      countsIgnored ? "; ignored pixels cost 0 and are divided by like all others" : ""
    return "\(verb)\(place)\(weighed)\(multiplied)\(undefined)\(ignored)\(nan)."
  }
}

extension Trailing {
  /// After `of the batches in their order`.
  var words: Line {
    switch self {
    case .last(1): "the last one"
    case .last(let count): "the mean of the last \(count)"
    case .median(let count): "the median of the last \(count)"
    case .lowMedian(let count):
      "the median of the last \(count), of an even count the lower of the two in the middle"
    case .exponential(let keep):
      "an exponential mean that keeps \(exact: keep) of what was before, without the bias of its beginning"
    case .running(let keep):
      "an exponential mean that begins with the first one and keeps \(exact: keep) of what was before"
    }
  }
}

/// Our own words: `classes, pixels and images`.
func listed(_ words: [String]) -> Line { Line(listing: words.map(Line.text)) }
