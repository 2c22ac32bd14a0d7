import Core
import Tables

/// How the product computes one value of an oracle.
struct ParityRow: Sendable {
  var value: Value
  /// Done to every number at the end, where a framework goes on from the product's own.
  var finish: (@Sendable (Double) -> Double)?
  /// The one class that the value is of; `nil` where it is everything that the chain leaves.
  var place: Int?
  /// What a pixel costs by its probability and whether it is the class's own, where the oracle divided levels
  /// in single precision and a run divides them in double.
  var costOfLevels: (@Sendable (Double, Bool) -> Double)?
  /// Whether the first class is left out.
  var dropsFirst = false
  /// The same of each image.
  var dropsFirstOfEach = false
  /// What classes count where a chain weighs them.
  var classWeights: [Double] = [1, 1, 1, 1, 1000]
  /// What the classes' own pixels count where a chain weighs them.
  var positiveWeights: [Double] = [1, 1, 1, 1, 50]
  var view: View = .independent
  var batch: Int?
  var weighting: Weighting = .none
  /// The id of the same value added in double precision, where the framework's own addition in
  /// single precision is coarser than the comparison.
  var twin: String?
  /// The framework's arithmetic in single precision that is coarser than the comparison.
  var coarse: Coarseness?

  enum Value: Sendable {
    /// Reductions, as presets write them.
    case formula([Preset.Term], rest: String)
    /// What can be read off the evidence: counts, and numbers that are not reductions.
    case read(@Sendable (Measurements) -> [Double?])
    /// What follows from levels; not exact where they are bins of floats.
    case estimated(@Sendable (RunLevels) -> Estimate?)
    /// A loss at every pixel.
    case map(MapRecipe)
    /// The same by name, where the framework prints a dictionary.
    case named(@Sendable (Measurements) -> [String: Double?])
  }

  enum Coarseness: Sendable {
    /// Adds pixels one after the other, as TensorFlow does over leading axes.
    case sum
    /// Takes 1 − ratio of such sums.
    case sequentialRatio
    /// Takes 1 − ratio of sums made pairwise, as PyTorch does.
    case pairwiseRatio
    /// Multiplies such a ratio by the pixels' weights and adds that up pairwise.
    case weightedRatio
    /// Finds the place of a percentile among distances.
    case percentile
    /// Forms a logarithm, or the complement, of a number near 1, whose last bit is 2⁻²³.
    case aroundOne
  }

  /// How the files of a set are read.
  enum View: String, CaseIterable, Sendable {
    /// Probabilities, each class above 0.5.
    case independent
    /// Probabilities, the most probable class.
    case exclusive
    /// The same, where pixels of no class count.
    case complete
    /// The same, where pixels of no class do not count.
    case labelled
    case independentLogits, exclusiveLogits
    /// Logits of exclusive classes, where pixels of no class count.
    case unlabelledLogits
    /// Label maps on both sides.
    case labels
    /// Whatever says yes or no for each class: probabilities above 0.5, or label maps.
    case decided

    var isExclusive: Bool { ![.independent, .independentLogits, .decided].contains(self) }
    var hasLogits: Bool {
      [.independentLogits, .exclusiveLogits, .unlabelledLogits].contains(self)
    }
  }

  /// What pixels count.
  enum Weighting: Hashable, Sendable {
    case none
    /// `sample_weight`, one number an image.
    case images
    /// A weight looked up by the arg max of the truth.
    case firstClass([Double])
    /// 1 where the pixel has a class, 0 where it has none.
    case classed

    /// The weights as a list, and the keys of the dictionary that is iterated by mistake.
    static let list = Weighting.firstClass([1, 1, 1, 1, 1000])
    static let keys = Weighting.firstClass([0, 1, 2, 3, 4])
  }

  init(
    _ measure: String, with parameters: [String: Double] = [:], _ chain: String,
    _ view: View = .independent, batch: Int? = nil, weights: Weighting = .none,
    twin: String? = nil, coarse: Coarseness? = nil, finish: (@Sendable (Double) -> Double)? = nil
  ) {
    value = .formula([.init(1, .init(measure, with: parameters, chain))], rest: "")
    self.view = view
    self.batch = batch
    weighting = weights
    self.twin = twin
    self.coarse = coarse
    self.finish = finish
  }

  init(
    sum terms: [Preset.Term], rest: String = "", _ view: View = .independent, batch: Int? = nil,
    weights: Weighting = .none, coarse: Coarseness? = nil
  ) {
    value = .formula(terms, rest: rest)
    self.view = view
    self.batch = batch
    weighting = weights
    self.coarse = coarse
  }

  init(
    _ view: View = .independent, weights: Weighting = .none, coarse: Coarseness? = nil,
    reading: @escaping @Sendable (Measurements) -> [Double?]
  ) {
    value = .read(reading)
    self.view = view
    weighting = weights
    self.coarse = coarse
  }

  init(mapping recipe: MapRecipe, _ view: View = .independent) {
    value = .map(recipe)
    self.view = view
  }

  init(_ view: View, estimating: @escaping @Sendable (RunLevels) -> Estimate?) {
    value = .estimated(estimating)
    self.view = view
  }

  init(_ view: View, naming: @escaping @Sendable (Measurements) -> [String: Double?]) {
    value = .named(naming)
    self.view = view
  }
}

extension ParityRow {
  /// The rows of a framework by the ids of its oracle.
  static func rows(of framework: String) -> [String: ParityRow] {
    reductions(of: framework).merging(maps[framework] ?? [:]) { $1 }
  }

  private static func reductions(of framework: String) -> [String: ParityRow] {
    switch framework {
    case "keras": keras
    case "torch": torch
    case "monai": monai.merging(monaiDistances) { $1 }
    case "little": little
    case "little_exclusive": littleExclusive
    case "segmentation_models_pytorch": smp
    case "torchmetrics": torchmetrics
    case "sklearn": sklearn
    case "boundary_monai": boundaryMONAI
    case "boundary_medpy": boundaryMedPy
    case "boundary_metricsreloaded": boundaryMetricsReloaded
    case "boundary_skimage_scipy_simpleitk": boundarySciPy
    case "boundary_reference": boundaryReference
    default: [:]
    }
  }

  static let everything = "mean(class, pixel, image, batch)"
  static let perClass = "mean(pixel, image, batch)"
  static let ownPixels = "mean(pixel, image, batch, by: truth)"
  static let whole = "pool(batch, image, pixel)"

  /// The classes of every oracle.
  static let classes = 0..<5
}

extension Measurements {
  /// All images' confusion, class by class; pixels of no class on either side are left out.
  var confusion: [[Int]] {
    let all = images.reduce(Confusion.zero) { $0 + $1.tally.confusion }
    let classes = evidence.classes.count
    var matrix = [[Int]](repeating: .init(repeating: 0, count: classes), count: classes)
    for entry in all.entries where entry.truth < classes && entry.predicted < classes {
      matrix[entry.truth][entry.predicted] = entry.count
    }
    return matrix
  }

  /// Pixels that truly have a class.
  var classed: Int { overlaps.reduce(0) { $0 + $1.truth } }
}
