package import Core
package import Counting
package import Tables

extension Report {
  /// One class of one image.
  package struct ImageRow: Hashable, Sendable {
    package var image: String
    package var batch: Int?
    package var group: String?
    package var className: String
    package var overlap: Overlap
    /// Of the headline's measure, where that is a loss.
    package var lossMean: Double?
  }

  /// A row for each image and class, image by image; made when it is read, since a run of 100,000
  /// images has millions of them.
  package struct ImageRows: RandomAccessCollection, Sendable {
    private let measurements: Measurements
    private let images: [ImageEvidence]
    private let names: [String]
    /// The place of the headline's loss among a tally's losses.
    private let loss: Int?

    package init(of measurements: Measurements, for measure: Measure) {
      self.measurements = measurements
      images = measurements.images
      names = measurements.evidence.classes.names
      loss = measure.isElementwise ? measurements.lossIndex(of: measure) : nil
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { images.count * names.count }

    package subscript(position: Int) -> ImageRow {
      let (index, c) = position.quotientAndRemainder(dividingBy: names.count)
      let image = images[index]
      let tally = image.tally.classes[c]
      let sum = loss.map { tally.losses[$0] }
      return ImageRow(
        image: image.name,
        batch: measurements.batching.batch(
          of: image.index, among: measurements.evidence.listed),
        group: image.group, className: names[c], overlap: tally.overlap,
        lossMean: sum.flatMap { $0.terms == 0 ? nil : Double($0.total) / Double($0.terms) })
    }
  }
}
