package import Resampling

/// What an accepted run was, as far as later ones are held to it: of each image what overlaps, and of numbers
/// what they were without each image.
package struct Baseline: Sendable {
  /// In the order of the columns of `images` and `sums`.
  package var classes: [String]
  /// Of the whole run, one a class.
  package var sums: [Cell]
  /// Of each image; `nil` where they would take too much room, and then a change has no interval.
  package var images: [String: [Cell]]?
  /// By the text of the formula.
  package var numbers: [String: Number]

  package init(
    classes: [String], sums: [Cell], images: [String: [Cell]]?, numbers: [String: Number]
  ) {
    self.classes = classes
    self.sums = sums
    self.images = images
    self.numbers = numbers
  }

  /// One class of an image, in pixels.
  package struct Cell: Hashable, Sendable {
    package var both: Int
    package var onlyTrue: Int
    package var onlyPredicted: Int
    package var neither: Int

    package init(both: Int, onlyTrue: Int, onlyPredicted: Int, neither: Int) {
      self.both = both
      self.onlyTrue = onlyTrue
      self.onlyPredicted = onlyPredicted
      self.neither = neither
    }
  }

  /// One number, and what it was without each image or group of images.
  package struct Number: Sendable {
    package var value: Double?
    /// As ``Jackknife`` has them; `nil` where the chain says nothing of single images.
    package var left: LeftOut?
    /// Whose images were left out, in that order, in a few digits.
    package var clusters: String

    package init(value: Double?, left: LeftOut?, clusters: String) {
      self.value = value
      self.left = left
      self.clusters = clusters
    }
  }
}
