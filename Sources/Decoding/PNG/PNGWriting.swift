import CPNG
package import Core
package import Raster

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

/// A PNG file of a drawing, whose samples are places in a palette of 1 to 256 colours.
///
/// - Throws: Problem: there is no memory, or PNG does not allow the size.
package func palettePNG(_ canvas: Canvas, colors: [PNGImage.RGB]) throws(Problem) -> [UInt8] {
  precondition(canvas.samples.allSatisfy { Int($0) < colors.count } && colors.count <= 256)
  let palette = colors.flatMap { [$0.red, $0.green, $0.blue] }
  var file = unsafe unmask_png_file()
  let isWritten = unsafe canvas.samples.withUnsafeBufferPointer { samples in
    unsafe palette.withUnsafeBufferPointer { palette in
      guard let width = UInt32(exactly: canvas.width), let height = UInt32(exactly: canvas.height)
      else { return false }
      return unsafe unmask_png_write_palette(
        samples.baseAddress, width, height, palette.baseAddress, UInt32(colors.count), &file) == 1
    }
  }
  guard isWritten else {
    throw Problem(
      "a PNG of \(canvas.width) by \(canvas.height) pixels cannot be made",
      remedy: "there is no memory for it, or it is too large for the format")
  }
  defer { unsafe unmask_png_file_free(file) }
  return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
}

/// How bright each pixel of a picture is, from 0 to 255, row by row: of colours the luma of ITU-R BT.601.
///
/// - Throws: Problem: the file cannot be read, is no PNG, or has another size.
package func grayLevels(
  ofPNG path: String, width: Int, height: Int
) throws(Problem) -> [UInt8] {
  let image: PNGImage
  do throws(Problem) {
    image = try PNGImage(decoding: FileBytes.read(path))
  } catch {
    throw error.inFile(path)
  }
  guard (image.width, image.height) == (width, height) else {
    throw Problem(
      "has \(image.width) by \(image.height) pixels, and the truth \(width) by \(height)",
      at: .file(path), remedy: "save the picture in the size of the truth")
  }
  func levels(_ plane: Plane) -> [UInt8] {
    guard plane.element.size == 2 else {
      let top = image.palette.isEmpty ? (1 << image.bitDepth) - 1 : 255
      return plane.levels.map { UInt8(Int($0) * 255 / top) }
    }
    var numbers = [UInt16](repeating: 0, count: plane.pixels)
    var span = numbers.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
    return numbers.map { UInt8($0 >> 8) }
  }
  func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let weighted: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return UInt8(weighted / 1000)
  }
  if !image.palette.isEmpty {
    let grays = image.palette.map { luma($0.red, $0.green, $0.blue) }
    return image.planes[0].levels.map { grays.indices.contains(Int($0)) ? grays[Int($0)] : 0 }
  }
  let planes = image.planes.prefix(3).map(levels)
  guard planes.count == 3 else { return planes[0] }
  return planes[0].indices.map { luma(planes[0][$0], planes[1][$0], planes[2][$0]) }
}
