package import Core

/// One side of a run, predictions or truth, as the configuration names it.
package struct SideLocation: Sendable {
  /// How the configuration calls it: `predictions` or `truth`.
  package var key: String
  package var template: PathTemplate
  /// The array of an archive, behind `#`.
  package var part: String?
  package var axes: AxisOrder?
  /// What is told of the other side, which settles a shape that could be several.
  package var likelyAxes: AxisOrder?
  /// What the numbers of its arrays are, where the files do not say it.
  package var dtype: NarrowFloat?
  package var maskFiles = MaskFiles()
  /// A file that says they are complete, which is none of theirs.
  package var marker: String?

  /// As a configuration writes it: `preds/{image}.npz#prob`.
  package var text: String { template.text + (part.map { "#\($0)" } ?? "") }

  package init(key: String, template: PathTemplate, part: String? = nil, axes: AxisOrder? = nil) {
    self.key = key
    self.template = template
    self.part = part
    self.axes = axes
  }

  /// Whether one file has the masks of all images as runs; `part` is then the form of the names that it gives them.
  package var isRunFile: Bool {
    let text = template.text.lowercased()
    return !template.names.contains("image") && (text.hasSuffix(".json") || text.hasSuffix(".csv"))
  }

  /// What its paths, or the names in its file, capture.
  package var names: [String] {
    guard isRunFile else { return template.names }
    return part.flatMap { try? PathTemplate(parsing: $0) }?.names ?? ["image"]
  }

  package var hasClassFiles: Bool { template.names.contains("class") }
  /// Whether one array holds all images.
  package var isOneArray: Bool {
    let holdsImages =
      switch FileFormat(ofFile: template.text) {
      // Pages are images where the axes say so.
      case .tiff: axes?.hasImages ?? false
      case let format: format?.isArray ?? false
      }
    return holdsImages && !template.names.contains("image")
  }
}
