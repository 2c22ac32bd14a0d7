internal import Core

/// A plane for each image beside predictions and truth, as the configuration names it: a path that is
/// filled with what the images' paths capture, one file for all, or an array.
package struct OverlayLocation: Sendable {
  package var template: PathTemplate
  /// The array of an archive, behind `#`.
  package var part: String?

  package init(template: PathTemplate, part: String? = nil) {
    self.template = template
    self.part = part
  }
}

struct Overlay {
  private let location: OverlayLocation
  private let root: String
  /// An array of all images.
  private var array: (array: NumberArray, axes: AxisOrder)?

  /// - Throws: that an array for all images cannot be read.
  init(_ location: OverlayLocation, in root: String) throws(ListingFault) {
    self.location = location
    self.root = root
    guard !location.template.isPattern, isArray(location.template.text) else { return }
    let path = resolved(location.template.text)
    do throws(Problem) {
      let file = try ArrayFile(opening: path)
      // One plane for all images is read as any file; with axes more it holds all.
      let isOnePlane = try file.outline(named: location.part).shape.count { $0 != 1 } <= 2
      if isOnePlane { return }
      array = try file.array(
        named: location.part,
        arrangedAs: .init(classes: 1, size: nil, holdsImages: true, told: nil))
    } catch {
      throw .unreadable(error)
    }
  }

  /// - Throws: that the array has no plane for the image.
  func source(
    of files: ImageFiles, _ captures: [String: String]
  ) throws(ListingFault) -> ImageSource {
    if let array {
      let index = files.prediction.index ?? files.truth.index ?? files.index
      guard index < array.array.shape[0] else {
        throw .unreadable(
          Problem(
            "holds \(array.array.shape[0]) planes, and the image '\(printable(files.name))' would have plane \(index)",
            at: .file(resolved(location.template.text)),
            remedy: "save one plane an image, in the order of the run, or one for all"))
      }
      return .item(
        array.array, axes: array.axes, index: index, path: resolved(location.template.text))
    }
    return .file(Overlay.path(location, captures, in: root), part: location.part)
  }

  /// The file of an image.
  ///
  /// What cannot be filled was refused when the configuration was read; a file that is not there is named
  /// when it is opened.
  static func path(
    _ location: OverlayLocation, _ captures: [String: String], in root: String
  ) -> String {
    resolved(location.template.filling(captures) ?? location.template.text, in: root)
  }

  private func resolved(_ path: String) -> String { Overlay.resolved(path, in: root) }

  private static func resolved(_ path: String, in root: String) -> String {
    path.hasPrefix("/") || root.isEmpty ? path : "\(root)/\(path)"
  }
}

extension ImageSource {
  /// The place of an image in its array.
  fileprivate var index: Int? {
    if case .item(_, _, let index, _) = self { index } else { nil }
  }
}
