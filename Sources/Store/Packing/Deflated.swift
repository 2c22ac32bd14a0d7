internal import CDeflate
import Foundation

/// Bytes that are deflated where that makes them shorter, behind the length that they inflate to; 0 says that they are
/// as they were.
enum Deflated {
  /// Shorter ones gain less than a read of them costs.
  private static let least = 4096
  /// What an entry inflates to is not more; a state is not trusted with more memory than that.
  private static let most = 1 << 30
  /// Fast ones of libdeflate's twelve gain nearly as much here.
  private static let level: Int32 = 3

  static func data(_ bytes: [UInt8]) -> Data {
    if bytes.count >= least, bytes.count <= most, let packed = deflated(bytes) {
      var length = PackWriter()
      length.add(bytes.count)
      if packed.count + length.bytes.count < bytes.count { return Data(length.bytes + packed) }
    }
    return Data([0] + bytes)
  }

  /// `nil` where they are none of these.
  static func bytes(of data: Data) -> [UInt8]? {
    let bytes = [UInt8](data)
    let head = bytes.prefix { $0 >= 0x80 }.count + 1
    guard head <= 5, bytes.count >= head else { return nil }
    var length = PackReader(Array(bytes[..<head]))
    let count = length.count()
    if count == 0 { return Array(bytes[head...]) }
    return count <= most ? inflated(bytes[head...], to: count) : nil
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    guard let compressor = unsafe libdeflate_alloc_compressor(level) else { return nil }
    defer { unsafe libdeflate_free_compressor(compressor) }
    let room = unsafe libdeflate_deflate_compress_bound(compressor, bytes.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
      count = unsafe bytes.withUnsafeBytes { source in
        unsafe libdeflate_deflate_compress(
          compressor, source.baseAddress, source.count, target.baseAddress, room)
      }
    }
  }

  private static func inflated(_ bytes: ArraySlice<UInt8>, to count: Int) -> [UInt8]? {
    guard let decompressor = unsafe libdeflate_alloc_decompressor() else { return nil }
    defer { unsafe libdeflate_free_decompressor(decompressor) }
    var isWhole = false
    let inflated = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      let result = unsafe bytes.withUnsafeBytes { source in
        unsafe libdeflate_deflate_decompress(
          decompressor, source.baseAddress, source.count, target.baseAddress, count, nil)
      }
      isWhole = result == LIBDEFLATE_SUCCESS
      filled = isWhole ? count : 0
    }
    return isWhole ? inflated : nil
  }

  static func checksum(_ data: Data) -> Int {
    unsafe data.withUnsafeBytes { unsafe Int(libdeflate_crc32(0, $0.baseAddress, $0.count)) }
  }
}
