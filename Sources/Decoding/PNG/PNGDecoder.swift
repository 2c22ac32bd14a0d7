/// Who decodes PNG files. Both give the same pixels, and refuse the same files in the same words.
///
/// One difference is known, and damage cannot cause it: where a stream breaks a rule of deflate (a
/// list of code lengths that is too long, say) and yet both of its checksums are right, `fast` takes
/// the pixels that the checksums vouch for, and `libpng` refuses the file.
package enum PNGDecoder: String, CaseIterable, Sendable {
  /// Our own decoder for grey and palette images. libpng reads every other file, and has the last
  /// word on each that has a fault.
  case fast
  case libpng
}
