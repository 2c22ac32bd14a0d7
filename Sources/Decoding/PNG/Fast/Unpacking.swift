import Core
import Raster

extension FilteredRows {
  /// Samples of 1, 2 or 4 bits as a byte each, rows without gaps; nil where there is no memory.
  func unpacked(_ rows: Bytes, _ header: PNGHeader) -> Bytes? {
    guard let samples = samplesOfBytes[header.bitDepth] else { return nil }
    let perByte = 8 / header.bitDepth
    // Eight samples are written at once; the next ones overwrite those that are too many.
    return unsafe Bytes(uncleared: header.width * header.height + 7) { target in
      var target = unsafe MutableRawSpan(_unsafeBytes: target)
      rows.withSpan { rows in
        for row in 0..<count {
          for byte in 0..<length {
            let packed = unsafe rows.unsafeLoad(
              fromByteOffset: self.samples(of: row) + byte, as: UInt8.self)
            target.store(samples[Int(packed)], at: row * header.width + byte * perByte)
          }
        }
      }
      return true
    }
  }
}

/// For each depth, what every byte holds: its samples from the highest bits to the lowest (PNG
/// specification, 7.2; TIFF 6.0, section 4), as the bytes of a number in the order in which memory holds them.
let samplesOfBytes = [1: samples(depth: 1), 2: samples(depth: 2), 4: samples(depth: 4)]

private func samples(depth: Int) -> [UInt64] {
  (0..<256).map { byte in
    let samples = stride(from: 8 - depth, through: 0, by: -depth).map {
      byte >> $0 & (1 << depth - 1)
    }
    return samples.reversed().reduce(0) { $0 << 8 | UInt64($1) }.littleEndian
  }
}
