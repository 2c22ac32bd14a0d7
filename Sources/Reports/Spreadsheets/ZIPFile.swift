internal import CDeflate

/// A ZIP archive of files as they are, without compression: the same bytes on every machine.
///
/// After PKWARE's APPNOTE 6.3.10; below its limits of 65,535 files and 4 GiB.
struct ZIPFile {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ content: String) {
    let content = Array(content.utf8)
    let checksum = unsafe content.withUnsafeBytes {
      unsafe libdeflate_crc32(0, $0.baseAddress, $0.count)
    }
    // Version 2.0, names in UTF-8, stored, 1 January 1980.
    var common: [UInt8] = []
    common.append16(20, 0x0800, 0, 0, 0x0021)
    common.append32(Int(checksum), content.count, content.count)
    common.append16(name.utf8.count, 0)
    let offset = bytes.count
    bytes.append32(0x0403_4b50)
    bytes += common + Array(name.utf8) + content
    directory.append32(0x0201_4b50)
    directory.append16(20)
    directory += common
    directory.append16(0, 0, 0)
    directory.append32(0, offset)
    directory += Array(name.utf8)
    count += 1
  }

  /// The archive, with its directory at the end.
  var finished: [UInt8] {
    var end: [UInt8] = []
    end.append32(0x0605_4b50)
    end.append16(0, 0, count, count)
    end.append32(directory.count, bytes.count)
    end.append16(0)
    return bytes + directory + end
  }
}

extension [UInt8] {
  fileprivate mutating func append16(_ numbers: Int...) { append(numbers, width: 2) }
  fileprivate mutating func append32(_ numbers: Int...) { append(numbers, width: 4) }

  private mutating func append(_ numbers: [Int], width: Int) {
    for number in numbers {
      for place in 0..<width { append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
  }
}
