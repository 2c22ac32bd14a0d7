package import Core
internal import Raster

/// What a file is read as: by the ending of its name, or where that says nothing by its content.
package enum FileFormat: String, CaseIterable, Sendable {
  case png, npy, npz, safetensors, nifti, nrrd, metaImage, tiff

  /// `nil` for any other ending, and for a name that is nothing but an ending.
  package init?(ofFile path: String) {
    let path = path.lowercased()
    guard
      let format = FileFormat.allCases.first(where: { format in
        format.endings.contains { path.hasSuffix($0) && path.utf8.count > $0.utf8.count }
      })
    else { return nil }
    self = format
  }

  /// By the first bytes of a file, as many as `startSize`.
  private init?(beginningWith start: [UInt8]) {
    if start.starts(with: NPYHeader.magic) {
      self = .npy
    } else if start.starts(with: "PK\u{3}\u{4}".utf8) {
      self = .npz
    } else if SafetensorsHeader.begins(Bytes(start)) {
      self = .safetensors
    } else if TIFFFile.isTIFF(start) {
      self = .tiff
    } else if NIfTIHeader.begins(Bytes(start)) || GzipStream.isGzip(start) {
      self = .nifti
    } else if start.starts(with: NRRDHeader.magic) {
      self = .nrrd
    } else if MetaImageHeader.begins(start) {
      self = .metaImage
    } else if start.starts(with: PNGHeader.signature) {
      self = .png
    } else {
      return nil
    }
  }

  /// Of a file that is there. What is neither named nor begins as a known format is taken for a PNG, whose reader says
  /// so.
  ///
  /// - Throws: Problem: its name says nothing, and it cannot be read, or is of a format that is not.
  package init(opening path: String) throws(Problem) {
    if let format = FileFormat(ofFile: path) {
      self = format
    } else {
      let start = try FileBytes.map(path).start(NIfTIHeader.size)
      if let problem = UnreadFormat.problem(with: path, beginningWith: start) { throw problem }
      self = FileFormat(beginningWith: start) ?? .png
    }
  }

  /// `PNG, NPY or NIfTI`: all of them, for messages.
  package static var listing: String {
    let names = allCases.map(\.name)
    return names.dropLast().joined(separator: ", ") + " or \(names[names.count - 1])"
  }

  var name: String {
    switch self {
    case .png, .npy, .npz: rawValue.uppercased()
    case .safetensors: rawValue
    case .nifti: "NIfTI"
    case .nrrd: "NRRD"
    case .metaImage: "MetaImage"
    case .tiff: "TIFF"
    }
  }

  package var endings: [String] {
    switch self {
    case .png: [".png"]
    case .npy: [".npy"]
    case .npz: [".npz"]
    case .safetensors: [".safetensors"]
    case .nifti: [".nii", ".nii.gz"]
    case .nrrd: [".nrrd", ".nhdr"]
    case .metaImage: [".mha", ".mhd"]
    case .tiff: [".tif", ".tiff"]
    }
  }

  /// Whether it holds arrays, whose axes may be of many images.
  package var isArray: Bool { isArchive || self == .npy }

  /// Whether a file holds several arrays, of which `#name` says which.
  package var isArchive: Bool { self == .npz || self == .safetensors }

  /// Whether its numbers can lie in another file, beside it.
  var mayBeInTwoFiles: Bool { self == .nrrd || self == .metaImage }

  /// Whether a file is one volume.
  package var isVolume: Bool { self == .nifti || self == .nrrd || self == .metaImage }
}

/// Arrays go by their name, because a path decides whether it is of one image or of all. Its reader says so when a file's
/// content is not what its name promises.
package func isArray(_ path: String) -> Bool { FileFormat(ofFile: path)?.isArray ?? false }
