package import Core

/// How large the image in a file is, as the file's header says.
package struct StatedSize: Hashable, Sendable {
  package var file: String
  package var width: Int
  package var height: Int
  /// Of a volume; 1 of a picture.
  package var slices: Int

  package init(file: String, width: Int, height: Int, slices: Int = 1) {
    self.file = file
    self.width = width
    self.height = height
    self.slices = slices
  }

  package func turned(_ turn: Turn) -> StatedSize {
    turn.exchangesSides
      ? StatedSize(file: file, width: height, height: width, slices: slices) : self
  }

  var extent: (width: Int, height: Int) { (width, height) }

  var isEmpty: Bool { width == 0 || height == 0 || slices == 0 }

  /// `240 × 240 × 155`
  var text: String { "\(width) × \(height)" + (slices == 1 ? "" : " × \(slices)") }

  /// - Throws: Problem: the sizes are not the same.
  package func expect(
    sameAs other: StatedSize, remedy: String = "save both at the same size"
  ) throws(Problem) {
    let unit = slices == 1 ? "pixels" : "voxels"
    guard slices == other.slices else {
      throw Problem(
        "is \(text) \(unit), but \(printable(other.file)) is \(other.text)", at: .file(file),
        remedy: slices == 1 || other.slices == 1
          ? "if one of them holds the slices of a volume and not planes of classes say so, under decode: axes: {predictions: DHW, truth: DHW}"
          : "save both with the same slices: resample one to the grid of the other; resize is for pictures and within slices"
      )
    }
    guard width == other.width, height == other.height else {
      throw Problem(
        "is \(text) \(unit), but \(printable(other.file)) is \(other.text)", at: .file(file),
        remedy: width == other.height && height == other.width && slices == other.slices
          ? "if rows and columns were exchanged when it was saved, say so under decode: orientation: {predictions: transposed}"
          : remedy)
    }
  }
}
