/// Who decodes PNG files. Both give the same pixels, and refuse the same files in the same words.
///
/// One difference is known, and damage cannot cause it: where a stream breaks a rule of deflate (a
/// list of code lengths that is too long, say) and yet both of its checksums are right, `fast` takes
/// the pixels that the checksums vouch for, and `libpng` refuses the file.
package enum PNGDecoder: String, CaseIterable, Sendable {
  /// Our own way for grey and palette images. libpng has every other file, and the last word on
  /// each that is not without fault.
  case fast
  case libpng
}
