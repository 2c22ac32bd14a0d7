package import Core

/// Files that predictions are saved in and that are not read, with what to do instead. docs/saving.md has the lines.
package struct UnreadFormat {
  private var name: String
  private var endings: [String]
  private var start: [UInt8]
  private var remedy: String

  private static let all = [
    UnreadFormat(
      name: "an HDF5 file", endings: [".h5", ".hdf5", ".hdf"],
      start: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
      remedy: "save its arrays with np.save, which takes a few lines of h5py: docs/saving.md"),
    UnreadFormat(
      name: "a pickle, which can hold a program",
      endings: [".pt", ".pth", ".pkl", ".pickle", ".ckpt"],
      // PROTO and the version (Python's pickletools).
      start: [0x80],
      remedy: "save its arrays with np.save, which takes a few lines of Python: docs/saving.md"),
    UnreadFormat(
      name: "a Zarr store", endings: [".zarr"], start: [],
      remedy: "save its arrays with np.save, which takes a few lines of zarr: docs/saving.md"),
    UnreadFormat(
      name: "a MATLAB file", endings: [".mat"], start: Array("MATLAB ".utf8),
      remedy: "save its arrays with np.save, from scipy.io.loadmat"),
    UnreadFormat(
      name: "a DICOM file", endings: [".dcm"], start: [],
      remedy: "save it as NIfTI or NRRD: dcm2niix, or 3D Slicer"),
  ]

  /// Why a file of another name than those that are read is not read; `nil` where it may be.
  ///
  /// - Parameter start: its first bytes.
  package static func problem(
    with path: String, beginningWith start: [UInt8] = []
  ) -> Problem? {
    let name = path.lowercased()
    let format = all.first { format in
      format.endings.contains { name.hasSuffix($0) }
        || !format.start.isEmpty && start.starts(with: format.start)
    }
    return format.map { format in
      Problem(
        "is \(format.name), and these are not read", at: .file(path), remedy: format.remedy)
    }
  }
}
