internal import Counting
internal import Raster
internal import Reports

extension MapReport {
  init(
    of map: LossMap, by measure: String, over pair: ImagePair, _ content: MapContent,
    for request: MapRequest, classes names: [String]
  ) {
    self.init(
      measure: measure, image: pair.name,
      classes: map.classes.enumerated().map { place, c in
        let losses = ClassLosses(of: map, at: place, truth: pair.truth)
        return Class(
          name: names[c], own: Mean(losses.own.mean, pixels: losses.own.count),
          other: Mean(losses.other.mean, pixels: losses.other.count),
          largest: losses.worstPixel.map { worst in
            let (row, column) = worst.quotientAndRemainder(dividingBy: map.width)
            return Largest(map.planes[place][worst], row: row, column: column)
          })
      },
      ignored: pair.truth.ignored, withoutLoss: map.pixelLosses.count { $0.isNaN },
      file: request.output, content: Content(content, of: map, for: request))
  }
}

extension MapReport.Content {
  fileprivate init(_ content: MapContent, of map: LossMap, for request: MapRequest) {
    self =
      switch content {
      case .array(_, let shape): .array(shape: shape)
      case .picture(_, let width, let height, let white):
        .picture(
          height: height, width: width, white: white, isMean: request.hasEveryClass(of: map),
          isWhiteGiven: request.white != nil)
      }
  }
}
