import CPNG
package import Core

/// An 8-bit grey PNG file of `samples`, row by row from the top.
///
/// - Throws: Problem: there is no memory, or PNG does not allow the size.
package func grayPNG(_ samples: [UInt8], width: Int, height: Int) throws(Problem) -> [UInt8] {
  precondition(samples.count == width * height, "as many samples as pixels")
  var file = unsafe unmask_png_file()
  let isWritten = unsafe samples.withUnsafeBufferPointer { samples in
    guard let width = UInt32(exactly: width), let height = UInt32(exactly: height) else {
      return false
    }
    return unsafe unmask_png_write_gray(samples.baseAddress, width, height, &file) == 1
  }
  guard isWritten else {
    throw Problem(
      "a PNG of \(width) by \(height) pixels cannot be made",
      remedy: "there is no memory for it, or it is too large for the format; write an array (.npy)")
  }
  defer { unsafe unmask_png_file_free(file) }
  return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
}
