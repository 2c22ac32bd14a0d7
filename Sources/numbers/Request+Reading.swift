import Core
import Decoding
import Raster
import TestSupport

extension Request {
  /// Each array of a file, or each image's label map of one with runs.
  ///
  /// - Throws: Problem: the file is refused.
  func read(_ path: String, _ say: (SavedArray) -> Void) throws(Problem) {
    if [".json", ".csv"].contains(where: path.hasSuffix) { return try readRuns(path, say) }
    let format = try FileFormat(opening: path)
    switch format {
    case .npy, .npz, .safetensors: try readArrays(path, format, say)
    case .nifti, .nrrd, .metaImage: try readVolume(path, format, say)
    case .tiff: try readPages(path, say)
    case .png: try readPicture(path, say)
    }
  }

  private func readArrays(
    _ path: String, _ format: FileFormat, _ say: (SavedArray) -> Void
  ) throws(Problem) {
    let file = try ArrayFile(opening: path, dtype: dtype)
    for name in file.names {
      let array = try file.array(named: name)
      var saved = SavedArray(
        format.rawValue, named: format.isArchive ? name : nil, shape: array.shape,
        dtype: array.typeName)
      saved.digest.add(array)
      if array.narrow != nil, let wide = array.widened() {
        var digest = SHA256()
        digest.add(wide)
        saved.widened = digest
      }
      say(saved)
    }
  }

  /// Slices × rows × columns, and where a voxel has several numbers slices × numbers × rows × columns.
  private func readVolume(
    _ path: String, _ format: FileFormat, _ say: (SavedArray) -> Void
  ) throws(Problem) {
    let volume = try VolumeFile(opening: path)
    let size = volume.size
    var saved = SavedArray(
      format.rawValue,
      shape: [size.slices] + (volume.channels > 1 ? [volume.channels] : [])
        + [size.height, size.width], dtype: volume.element.name)
    saved.affine = volume.affine
    for slice in 0..<size.slices {
      for plane in try volume.planes(ofSlice: slice) { saved.digest.add(plane) }
    }
    say(saved)
  }

  private func readPages(_ path: String, _ say: (SavedArray) -> Void) throws(Problem) {
    let file = try TIFFFile(opening: path)
    var saved = SavedArray(
      FileFormat.tiff.rawValue,
      shape: (file.pages > 1 ? [file.pages] : []) + [file.height, file.width]
        + (file.samples > 1 ? [file.samples] : []), dtype: file.element.name)
    for page in 0..<file.pages { saved.digest.add(try file.page(page)) }
    say(saved)
  }

  private func readPicture(_ path: String, _ say: (SavedArray) -> Void) throws(Problem) {
    let bytes = try FileBytes.read(path)
    let image: PNGImage
    do throws(Problem) {
      image = try PNGImage(decoding: bytes)
    } catch {
      throw error.inFile(path)
    }
    var saved = SavedArray(
      FileFormat.png.rawValue,
      shape: [image.height, image.width] + (image.planes.count > 1 ? [image.planes.count] : []),
      dtype: image.planes[0].element.name)
    saved.digest.add(together: image.planes)
    say(saved)
  }

  /// A category's number is its label, and 1 where there is none; a pixel of no mask has 65534.
  private func readRuns(_ path: String, _ say: (SavedArray) -> Void) throws(Problem) {
    let file = try RunFile(opening: path)
    for image in file.images {
      guard let size = image.size ?? size else {
        throw Problem("does not say how large its images are", at: .file(path), remedy: "--size")
      }
      var masks: [LabelRuns.Mask] = []
      for mask in image.masks {
        let label: Label? =
          switch mask.category {
          case nil: 1
          case .number(let number)?: Label(exactly: number)
          case .name(let name)?: Label(name)
          }
        guard let label, label < .none else {
          throw Problem(
            "has a category that is no label", at: .file(path), remedy: "write its number")
        }
        masks.append(
          .init(
            label: label, runs: try file.runs(of: mask, width: size.width, height: size.height)))
      }
      let runs: LabelRuns
      do throws(Problem) {
        runs = try LabelRuns(
          masks, width: size.width, height: size.height,
          named: { image.masks[$0].category?.description ?? "the class" })
      } catch {
        throw error.inFile(path)
      }
      let labels = LabelMap(runs).labels
      var saved = SavedArray(
        "runs", named: image.name, shape: [size.height, size.width], dtype: "uint16")
      let bytes = Bytes(count: labels.count, of: Label.self) { target in
        for index in labels.indices { target[index] = labels[index] }
      }
      saved.digest.add(
        Plane(packed: bytes, element: .u2, width: size.width, height: size.height))
      say(saved)
    }
    try file.expectUnchanged()
  }
}
