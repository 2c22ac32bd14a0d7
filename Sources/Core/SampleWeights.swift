/// What each pixel of a run counts in losses, beside what its class does.
///
/// A pixel's weight is its image's times that of the first class of the list that is true there:
/// the lookup by arg max of the truth that Keras users write.
package struct SampleWeights: Hashable, Codable, Sendable {
  /// By the image's name; an image that is not named counts 1.
  package var images: [String: Double]
  /// One a class; `nil` where the truth plays no part.
  package var firstClass: [Double]?
  /// Of a pixel that is no class; the arg max of zeros is the first class.
  package var noClass: Double

  package init(
    images: [String: Double] = [:], firstClass: [Double]? = nil, noClass: Double? = nil
  ) {
    self.images = images
    self.firstClass = firstClass
    self.noClass = noClass ?? firstClass?.first ?? 1
  }
}
