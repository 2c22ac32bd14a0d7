/// The most that a run reads of anything, so that no file can take the memory or the time of a night.
///
/// All of them, and nowhere else. Each is refused by name, before memory is taken for it.
package enum Limits {
  /// Of one image: where Pillow stops too.
  package static let pixels = Limit(178_956_970, "pixels of an image")
  /// A whole body at half a millimetre has 3 thousand million.
  package static let voxels = Limit(1 << 32, "voxels of a volume")
  /// What a PNG holds once its pixels are out, 16-bit pictures in four channels included.
  package static let pngBytes = Limit(1 << 30, "bytes of a PNG, as a file and as pixels")
  /// An array in an archive that is compressed is taken into memory as a whole; others are looked at where they lie.
  package static let inflatedBytes = Limit(
    4 << 30,
    "bytes of an array or a volume that is inflated as a whole, or of a page of a TIFF file")
  /// An image of bfloat16 or float8 is taken into memory as float32, with all its classes.
  package static let widenedBytes = Limit(
    4 << 30, "bytes of an image of bfloat16 or float8, as float32")
  /// Of 40,000 arrays; the format's own limit is 100 MB, all of which would be looked through.
  package static let safetensorsHeaderBytes = Limit(4 << 20, "bytes of a safetensors header")
  /// Of text before the numbers of a NRRD or MetaImage file; those of segmentations have some 100 lines a class.
  package static let volumeHeaderBytes = Limit(
    1 << 20, "bytes of the header of a NRRD or MetaImage file")
  /// NumPy's own.
  package static let headerBytes = Limit(10_000, "bytes of an NPY header")
  /// Between the header of a volume and its voxels; TotalSegmentator keeps its names of classes there.
  package static let extensionBytes = Limit(1 << 26, "bytes in front of a volume's voxels")
  /// Each takes a look when the file is opened.
  package static let tiffPages = Limit(65_536, "pages of a TIFF file")
  /// The specification names fewer than a hundred tags.
  package static let tiffEntries = Limit(4_096, "entries of a directory in a TIFF file")
  /// Image, class, row and column, and two to spare.
  package static let axes = Limit(6, "axes of an array")
  /// So many take 18 seconds and 1.3 GB of four small images; labels of 16 bits would have room for 65,533.
  package static let classes = Limit(10_000, "classes")
  /// Deeper than any data set; only a maze of links gets there.
  package static let directories = Limit(64, "directories, one in another")
  package static let textBytes = Limit(1 << 20, "bytes of pipeline.yml or of a baseline")
  package static let listBytes = Limit(1 << 28, "bytes of a list of images or segments")
  /// Aliases stand for values written elsewhere, so a short file can mean a very long one.
  /// Predictions of a whole data set; they are looked at where they lie.
  package static let runBytes = Limit(4 << 30, "bytes of a file of masks as runs")
  /// Where each lies takes about 50 bytes.
  package static let masks = Limit(10_000_000, "masks in a file of runs")
  package static let values = Limit(100_000, "values in pipeline.yml, aliases written out")
  package static let aliases = Limit(16, "aliases in pipeline.yml")
  package static let brackets = Limit(32, "brackets in pipeline.yml, one in another")

  package static let all = [
    pixels, voxels, pngBytes, inflatedBytes, widenedBytes, safetensorsHeaderBytes,
    volumeHeaderBytes, headerBytes,
    extensionBytes, tiffPages, tiffEntries, axes, classes, directories, textBytes, listBytes,
    runBytes, masks, values, aliases, brackets,
  ]
}

extension Limits {
  /// As the documentation shows them.
  package static var table: String {
    (["| most | of |", "|--:|---|"]
      + all.map { "| \(Figure.count($0.most)) | \($0.unit) |" }).joined(separator: "\n")
  }
}

package struct Limit: Sendable {
  package var most: Int
  /// What is counted.
  package var unit: String

  init(_ most: Int, _ unit: String) {
    self.most = most
    self.unit = unit
  }
}
