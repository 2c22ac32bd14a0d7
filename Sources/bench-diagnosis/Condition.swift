/// In what way the images of a run are hard on an interval.
struct Condition: Sendable {
  var name: String
  var images: [Int]
  /// Standard deviation of the logarithm of a class's size in an image.
  var sizeSpread = 0.5
  /// Pixels that a class has in an image that has it, on average.
  var pixels = 4000.0
  var classes = 6
  /// Whether the first image has about as much of every class as all others.
  var hasDominant = false
  /// How many groups the images belong to, which the run names.
  var groups: Int?
  /// How many images in a row are one scene, which nothing names.
  var sequence: Int?

  static let all: [Condition] = [
    Condition(name: "independent images", images: [12, 20, 50, 150, 500]),
    Condition(name: "sizes that spread: 1.0", images: [12, 20, 50, 150, 500], sizeSpread: 1),
    Condition(name: "sizes that spread: 1.5", images: [20, 50, 150, 500], sizeSpread: 1.5),
    Condition(name: "sizes that spread: 2.0", images: [20, 50, 150, 500], sizeSpread: 2),
    Condition(name: "one image has most", images: [20, 60, 200], hasDominant: true),
    Condition(name: "objects of a few pixels", images: [50, 150, 500], sizeSpread: 1, pixels: 8),
    Condition(name: "40 classes", images: [50, 150], sizeSpread: 1, classes: 40),
    Condition(name: "3 groups", images: [60, 300], groups: 3),
    Condition(name: "6 groups", images: [60, 300], groups: 6),
    Condition(name: "10 groups", images: [60, 300], groups: 10),
    Condition(name: "20 groups", images: [100, 400], groups: 20),
    Condition(name: "scenes of 5 images", images: [100, 200, 600], sequence: 5),
    Condition(name: "scenes of 10 images", images: [200, 600], sequence: 10),
    Condition(name: "scenes of 20 images", images: [400, 800], sequence: 20),
  ]
}
