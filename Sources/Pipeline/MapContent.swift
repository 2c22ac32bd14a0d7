internal import Core
internal import Counting
internal import Decoding

/// What a map's file holds.
enum MapContent {
  /// float32, as the frameworks' own maps.
  case array([Float], shape: [Int])
  /// 8-bit grey: 0 is no loss, 255 is `white` and all above it.
  case picture([UInt8], width: Int, height: Int, white: Double)

  /// Only an array has room for several losses a pixel.
  init(of map: LossMap, for request: MapRequest) {
    let losses = map.pixelLosses
    switch request.format {
    case .npy where request.hasEveryClass(of: map):
      self = .array(map.interleaved, shape: [map.height, map.width, map.planes.count])
    case .npy:
      self = .array(losses.map { Float($0) }, shape: [map.height, map.width])
    case .png:
      let white = request.white ?? MapStatistics(of: losses).largest ?? 0
      let levels = losses.map { loss -> UInt8 in
        // NaN is above nothing.
        loss > 0 ? UInt8((min(1, loss / white) * 255).rounded()) : 0
      }
      self = .picture(levels, width: map.width, height: map.height, white: white)
    }
  }

  func bytes() throws(Problem) -> [UInt8] {
    switch self {
    case .array(let numbers, let shape): numbers.npy(shape: shape)
    case .picture(let levels, let width, let height, _):
      try grayPNG(levels, width: width, height: height)
    }
  }
}

extension MapRequest {
  /// What can be written; the name of the file says which.
  package enum Format: String, CaseIterable, Sendable {
    case npy, png

    package init?(ofFile path: String) {
      guard let dot = path.lastIndex(of: ".") else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }
  }

  var format: Format { Format(ofFile: output) ?? .npy }

  /// Whether there is a loss for each class at a pixel, and none of them was asked for alone.
  func hasEveryClass(of map: LossMap) -> Bool { map.judgesClassesApart && className == nil }
}

extension LossMap {
  /// Pixel by pixel, class after class.
  fileprivate var interleaved: [Float] {
    var numbers: [Float] = []
    numbers.reserveCapacity(width * height * planes.count)
    for pixel in 0..<(width * height) {
      for plane in planes { numbers.append(Float(plane[pixel])) }
    }
    return numbers
  }
}
