package import Core

/// One side of a run, predictions or truth, as the configuration names it.
package struct SideLocation: Sendable {
  /// How the configuration calls it: `predictions` or `truth`.
  package var key: String
  package var template: PathTemplate
  /// The array of an archive, behind `#`.
  package var part: String?
  package var axes: AxisOrder?
  /// What the numbers of its arrays are, where the files do not say it.
  package var dtype: NarrowFloat?
  package var maskFiles = MaskFiles()

  /// As a configuration writes it: `preds/{image}.npz#prob`.
  package var text: String { template.text + (part.map { "#\($0)" } ?? "") }

  package init(key: String, template: PathTemplate, part: String? = nil, axes: AxisOrder? = nil) {
    self.key = key
    self.template = template
    self.part = part
    self.axes = axes
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
