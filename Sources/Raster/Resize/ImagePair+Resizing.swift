// What both sides mean at another size. Labels and masks are only ever taken from the nearest pixel; that
// nothing else is asked of them was seen when the configuration was read.

extension Prediction {
  /// The same at another size, before anything is decided: levels that are added become probabilities.
  package func resized(by resizing: Resizing) -> Prediction {
    func each(_ planes: [Plane]) -> [Plane] { planes.map { $0.resized(by: resizing) } }
    return switch self {
    case .labels(let map): .labels(map.resized(by: resizing))
    case .masks(let planes): .masks(each(planes))
    case .levels(let planes):
      if case .nearest = resizing { .levels(each(planes)) } else { .probabilities(each(planes)) }
    case .probabilities(let planes): .probabilities(each(planes))
    case .logits(let planes): .logits(each(planes))
    }
  }
}

extension Truth {
  package func resized(by resizing: Resizing) -> Truth {
    switch self {
    case .labels(let map): .labels(map.resized(by: resizing))
    case .masks(let planes): .masks(planes.map { $0.resized(by: resizing) })
    case .standings(let planes): .standings(planes.map { $0.resized(by: resizing) })
    }
  }
}

extension LabelMap {
  fileprivate func resized(by resizing: Resizing) -> LabelMap {
    let plane = plane.resized(by: resizing)
    if areBytes { return LabelMap(plane, meaning: meanings) }
    var labels = [Label](repeating: .none, count: plane.pixels)
    var span = labels.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
    return LabelMap(labels, width: plane.width)
  }
}
