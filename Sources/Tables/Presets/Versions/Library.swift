/// A library whose versions are told apart.
package struct Library: Hashable, Sendable {
  /// With which its presets begin: `smp`.
  package var name: String
  /// What it is called where it is installed: `segmentation-models-pytorch`.
  package var package: String
  /// The versions between which it is known what moved.
  package var oldest: Version
  package var newest: Version

  package static let all = [
    Library(name: "keras", package: "keras", oldest: Version(3, 0), newest: Version(3, 15)),
    Library(name: "sklearn", package: "scikit-learn", oldest: Version(1, 1), newest: Version(1, 9)),
    Library(
      name: "smp", package: "segmentation-models-pytorch", oldest: Version(0, 3, 1),
      newest: Version(0, 6)),
    Library(name: "monai", package: "monai", oldest: Version(1, 0), newest: Version(1, 6, 1)),
    Library(
      name: "torchmetrics", package: "torchmetrics", oldest: Version(0, 11), newest: Version(1, 9)),
    Library(name: "kornia", package: "kornia", oldest: Version(0, 6), newest: Version(0, 9)),
  ]

  /// By either name, in letters of any case and with `_` for `-`.
  package static func named(_ name: String) -> Library? {
    let name = name.lowercased().replacing("_", with: "-")
    return all.first { $0.name == name || $0.package == name }
  }

  /// Whether it is known what the version prints: those of a line that was run are as the line.
  package func knows(_ version: Version) -> Bool {
    oldest.line <= version.line && version.line <= newest.line
  }
}
