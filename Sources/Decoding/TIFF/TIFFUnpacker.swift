import CDeflate
import CZstd
import Core

/// Unpacks the strips or tiles of a page, one after the other, with what the libraries keep from one to the next.
@safe
final class TIFFUnpacker {
  private let compression: TIFFCompression
  private let deflate: OpaquePointer?
  private let zstandard: OpaquePointer?
  private var table = LZWTable()

  init(_ compression: TIFFCompression) {
    self.compression = compression
    unsafe deflate = compression == .deflate ? libdeflate_alloc_decompressor() : nil
    unsafe zstandard = compression == .zstandard ? ZSTD_createDCtx() : nil
  }

  deinit {
    if let deflate = unsafe deflate { unsafe libdeflate_free_decompressor(deflate) }
    if let zstandard = unsafe zstandard { unsafe ZSTD_freeDCtx(zstandard) }
  }

  /// Whether `source` is whole and gives as many bytes as `target` has; never writes beyond it. Bytes behind the
  /// compressed ones are no fault: some writers round their count.
  func unpack(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    switch compression {
    case .none:
      guard source.count >= target.count else { return false }
      unsafe target.copyMemory(from: .init(rebasing: source[..<target.count]))
      return true
    case .lzw: return unsafe table.unpack(source, into: target)
    case .packBits: return unsafe unpackBits(source, into: target)
    case .deflate:
      guard let deflate = unsafe deflate else { return false }
      // No count of bytes given is asked for: then fewer than that are a fault.
      var taken = 0
      return unsafe libdeflate_zlib_decompress_ex(
        deflate, source.baseAddress, source.count, target.baseAddress, target.count, &taken, nil)
        == LIBDEFLATE_SUCCESS
    case .zstandard:
      guard let zstandard = unsafe zstandard else { return false }
      let count = unsafe ZSTD_findFrameCompressedSize(source.baseAddress, source.count)
      guard ZSTD_isError(count) == 0 else { return false }
      return unsafe ZSTD_decompressDCtx(
        zstandard, target.baseAddress, target.count, source.baseAddress, count) == target.count
    }
  }
}
