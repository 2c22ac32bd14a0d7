import Core
import Counting
import Decoding
import Pipeline
import Raster

/// How to make a map of losses: a measure at every pixel, weights, and the axes that are left.
struct MapRecipe: Sendable {
  var measure: String
  var parameters: [String: Double] = [:]
  var form: Form
  var weighting: Weighting = .none
  /// Whether the probabilities are widened first, as the framework's float64 calls do.
  var isDouble = false

  enum Form: Sendable {
    /// One loss a pixel: image, row, column.
    case pixels
    /// The mean of each column: image, column, class.
    case columns
    /// image, row, column, class
    case classesLast
    /// image, class, row, column
    case classesFirst
  }

  enum Weighting: Sendable {
    case none
    /// One a class, at all pixels, or at the class's own.
    case classes([Double])
    case ownPixels([Double])
    /// One an image.
    case images
    /// That of the first class that is true; of none that of the pixel's lack of one.
    case firstClass([Double], noClass: Double)
  }
}

/// The losses of all images in the order of a framework's array, and how large logits are.
struct OracleMap {
  var values: [Double] = []
  var largestLogit = 0.0
  var largestWeight = 1.0

  init(_ recipe: MapRecipe, _ plan: Plan, imageWeights: [Double]) throws {
    guard let definition = Catalogue.definition(named: recipe.measure) else { return }
    let isExclusive = plan.scheme.areClassesExclusive
    let measure = try definition.measure(
      given: recipe.parameters, areClassesExclusive: isExclusive)
    for files in plan.images {
      var pair = try ImagePair(decoding: files, by: plan.rules)
      if recipe.isDouble { pair.prediction = try pair.prediction.widened(pair.width, pair.height) }
      var map = try LossMap(of: measure, over: pair, areClassesExclusive: isExclusive)
      weigh(&map, recipe.weighting, pair, imageWeights.dropFirst(files.index).first ?? 1)
      values += map.laidOut(recipe.form)
      largestLogit = max(largestLogit, pair.prediction.largestLogit)
    }
    values = values.map { $0.isNaN ? 0 : $0 }
  }

  private mutating func weigh(
    _ map: inout LossMap, _ weighting: MapRecipe.Weighting, _ pair: ImagePair, _ image: Double
  ) {
    var standings = [UInt8](repeating: 0, count: pair.pixels)
    func isOwn(_ c: Int) -> [Bool] {
      var span = standings.mutableSpan
      pair.truth.write(0..<pair.pixels, class: c, into: &span, at: 0)
      return standings.map { $0 == Standing.own }
    }
    switch weighting {
    case .none: return
    case .images:
      for c in map.planes.indices { map.planes[c] = map.planes[c].map { $0 * image } }
      largestWeight = max(largestWeight, image)
    case .classes(let weights):
      for (c, weight) in weights.enumerated() {
        map.planes[c] = map.planes[c].map { $0 * weight }
      }
      largestWeight = weights.max() ?? 1
    case .ownPixels(let weights):
      for (c, weight) in weights.enumerated() {
        map.planes[c] = zip(map.planes[c], isOwn(c)).map { $1 ? $0 * weight : $0 }
      }
      largestWeight = weights.max() ?? 1
    case .firstClass(let weights, let noClass):
      var atPixels = [Double](repeating: noClass, count: pair.pixels)
      for (c, weight) in weights.enumerated().reversed() {
        for (pixel, own) in isOwn(c).enumerated() where own { atPixels[pixel] = weight }
      }
      for c in map.planes.indices { map.planes[c] = zip(map.planes[c], atPixels).map(*) }
      largestWeight = weights.max() ?? 1
    }
  }
}

extension LossMap {
  fileprivate func laidOut(_ form: MapRecipe.Form) -> [Double] {
    switch form {
    case .pixels: return pixelLosses
    case .classesFirst: return Array(planes.joined())
    case .classesLast:
      return (0..<(width * height)).flatMap { pixel in planes.map { $0[pixel] } }
    case .columns:
      return (0..<width).flatMap { column in
        planes.map { plane in
          let losses = (0..<height).map { plane[$0 * width + column] }
          return losses.reduce(0, +) / Double(height)
        }
      }
    }
  }
}

extension Prediction {
  /// The same probabilities as doubles.
  fileprivate func widened(_ width: Int, _ height: Int) throws -> Prediction {
    func plane(_ values: [Double]) -> Plane {
      let bytes = values.flatMap { value in
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
      }
      return Plane(packed: Bytes(bytes), element: .f8, width: width, height: height)
    }
    func loaded(_ planes: [Plane]) -> [[Double]] {
      planes.map { plane in
        var singles = [Float](repeating: 0, count: width * height)
        var span = singles.mutableSpan
        plane.load(0..<(width * height), into: &span)
        // 16-bit planes hold round(p · 65535).
        return singles.map { Double(plane.element.isFloat ? $0 : $0 / 65535) }
      }
    }
    return switch self {
    case .levels(let planes):
      .probabilities(planes.map { plane($0.levels.map { Double(Float($0) / 255) }) })
    case .probabilities(let planes): .probabilities(loaded(planes).map(plane))
    case .logits(let planes): .logits(loaded(planes).map(plane))
    case .labels, .masks: self
    }
  }

  fileprivate var largestLogit: Double {
    guard case .logits(let planes) = self else { return 0 }
    return planes.map { plane in
      var singles = [Float](repeating: 0, count: plane.width * plane.height)
      var span = singles.mutableSpan
      plane.load(0..<(plane.width * plane.height), into: &span)
      return Double(singles.reduce(0) { max($0, abs($1)) })
    }.max() ?? 0
  }
}
