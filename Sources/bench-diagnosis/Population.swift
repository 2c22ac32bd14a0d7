import Counting
import Tables

/// What images are drawn from: the truth of the simulator, known before any image is.
///
/// In an image that has it, a class covers `prevalence / presence` of the pixels on average. Of its
/// pixels a share is missed, and other pixels, to the number of another share of its own, are taken
/// for it. Both shares differ from image to image, have the mean `errorRate`, and depend on nothing
/// else; so the IoU of all the images that there could be is (1 − e) / (1 + e), exactly.
struct Population {
  var classes: [Class]
  /// Whether a pixel has one class. Then class 0 is the ground: what no other class covers. Missed
  /// pixels are taken for ground, and only ground is wrongly taken for a class.
  var isExclusive: Bool
  /// Standard deviation of the logarithm of a class's size in an image.
  var sizeSpread: Double

  struct Class {
    /// Share of all pixels.
    var prevalence: Double
    /// Share of the images that have it.
    var presence: Double
    var iou: Double
    var role = Role.ordinary

    enum Role {
      case ordinary
      /// What the run is about: a class that fails, or a rare one that does not.
      case planted
    }
  }

  /// Of each image.
  static let pixels = 1024 * 1024
}

extension Population.Class {
  var errorRate: Double { (1 - iou) / (1 + iou) }
  var fails: Bool { iou < 0.5 }
  /// How little the error rate differs between images: Beta(2, 4), say, has 6.
  var concentration: Double { fails ? 6 : 20 }

  /// The loss at a pixel that is found, and at one that is missed or wrongly taken for the class.
  var lossFound: Double { fails ? 0.15 : 0.02 }
  var lossWrong: Double { fails ? 3.5 : 2 }
  /// The loss at a pixel that is rightly not taken for the class.
  var lossClear: Double { 0.05 * prevalence }
}

extension Population {
  /// That of the ground follows from the other classes: all that they miss, and all that they take.
  func iou(of c: Int) -> Double {
    guard isExclusive, c == 0 else { return classes[c].iou }
    let wrong = classes.dropFirst().reduce(0) { $0 + $1.prevalence * $1.errorRate }
    return (classes[0].prevalence - wrong) / (classes[0].prevalence + wrong)
  }

  /// The shares of the pixels that are the class, in the truth, and found or wrong.
  func cells(of c: Int) -> (found: Double, missed: Double, taken: Double) {
    let share = classes[c].prevalence
    var wrong = share * classes[c].errorRate
    if isExclusive, c == 0 {
      wrong = classes.dropFirst().reduce(0) { $0 + $1.prevalence * $1.errorRate }
    }
    return (share - wrong, wrong, wrong)
  }
}

extension Population {
  /// Some classes that do well, and those that are planted among them.
  init(
    _ planted: [Class], among count: Int, isExclusive: Bool, sizeSpread: Double,
    using random: inout Random
  ) {
    let ordinary = count - planted.count
    // From the largest to the smallest it is a factor of 100; together they are a third of all.
    let first = isExclusive ? 1 : 0
    let sizes = (first..<ordinary).map { naturalPower(-4.6 * Double($0) / Double(ordinary)) }
    let whole = sizes.reduce(0, +)
    classes = sizes.map { size in
      let prevalence = size / whole / 3
      return Class(
        prevalence: prevalence,
        presence: prevalence > 0.03 ? 1 : Double.random(in: 0.3...1, using: &random),
        iou: Double.random(in: 0.6...0.97, using: &random))
    }
    classes += planted
    if isExclusive {
      let rest = 1 - classes.reduce(0) { $0 + $1.prevalence }
      classes.insert(Class(prevalence: rest, presence: 1, iou: 1), at: 0)
    }
    self.isExclusive = isExclusive
    self.sizeSpread = sizeSpread
  }
}
