package import Core

/// How large the image in a file is, as the file's header says.
package struct StatedSize: Hashable, Sendable {
  package var file: String
  package var width: Int
  package var height: Int

  package init(file: String, width: Int, height: Int) {
    self.file = file
    self.width = width
    self.height = height
  }

  package func turned(_ turn: Turn) -> StatedSize {
    turn.exchangesSides ? StatedSize(file: file, width: height, height: width) : self
  }

  var extent: (width: Int, height: Int) { (width, height) }

  var isEmpty: Bool { width == 0 || height == 0 }

  /// - Throws: Problem: the sizes are not the same.
  func expect(
    sameAs other: StatedSize, remedy: String = "save both at the same size"
  ) throws(Problem) {
    guard width == other.width, height == other.height else {
      throw Problem(
        "is \(width) × \(height) pixels, but \(printable(other.file)) is \(other.width) × \(other.height)",
        at: .file(file),
        remedy: width == other.height && height == other.width
          ? "if rows and columns were exchanged when it was saved, say so under decode: orientation: {predictions: transposed}"
          : remedy)
    }
  }
}
