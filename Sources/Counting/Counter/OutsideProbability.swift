internal import Core
internal import Raster

/// A number outside 0…1 where probabilities should be, and what the image's numbers look like.
struct OutsideProbability {
  private let value: Double
  private let isSingle: Bool
  private let least: Double
  private let greatest: Double
  private let areWhole: Bool

  init(_ value: Double, isSingle: Bool, _ pair: ImagePair) {
    self.value = value
    self.isSingle = isSingle
    var (least, greatest, areWhole) = (value, value, true)
    for plane in pair.prediction.probabilities {
      var row = [Double](repeating: 0, count: plane.width)
      for y in 0..<plane.height {
        var span = row.mutableSpan
        plane.load(y * plane.width..<(y + 1) * plane.width, into: &span)
        for number in row where number.isFinite {
          least = min(least, number)
          greatest = max(greatest, number)
          if number != number.rounded() { areWhole = false }
        }
      }
    }
    (self.least, self.greatest, self.areWhole) = (least, greatest, areWhole)
  }

  func problem(at place: Place) -> Problem {
    let text = isSingle ? Float(value).description : value.description
    let excess = max(-value, value - 1)
    let distance = excess.isFinite ? " by \(Figure.text(excess))" : ""
    return Problem(
      "probability \(text) at \(place.text) lies outside 0…1\(distance)", at: place.file,
      remedy: remedy)
  }

  private var remedy: String {
    guard value.isFinite else {
      return "the model or the code that saved it failed here; look at this image first"
    }
    let range = "this image's values run from \(Figure.text(least)) to \(Figure.text(greatest))"
    if max(-least, greatest - 1) <= 0.25 {
      return
        "\(range), as resizing with a cubic filter leaves them: clip them, np.clip(x, 0, 1), before they are saved"
    }
    if least < 0 {
      return "\(range); if the file holds logits, say so under decode: kind: logits"
    }
    if greatest > 100, greatest <= 255, areWhole {
      return "\(range), as levels of 8 bits do: save them as uint8, or divided by 255"
    }
    if greatest > 10, greatest <= 100 {
      return "\(range), as percent do: save them divided by 100"
    }
    return "\(range), and probabilities from 0 to 1: look at what the file holds"
  }
}

extension Prediction {
  /// The planes of floats that should be probabilities.
  fileprivate var probabilities: [Plane] {
    if case .probabilities(let planes) = self { planes } else { [] }
  }
}
