#if arch(x86_64)
  import CLanes
  import Hashing
  import HashingAVX2
  import HashingAVX512
  import TestSupport
  import Testing

  @Suite("Hashing with wide vectors")
  struct WideBuildTests {
    /// Of this machine's processor.
    static let width = Int(unmask_vector_bytes())

    // A few nodes, full vectors, and one more.
    static let counts = [1, 2, 7, 8, 9, 15, 16, 17, 31, 33]

    let bytes: [UInt8] = {
      var generator = SeededGenerator(seed: 1)
      return (0..<33 * 1024).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }()

    // The last number needs more than 32 bits from the middle of a vector on.
    @Test(
      "chunks hash to the same with all vectors", .enabled(if: width >= 32),
      arguments: counts, [0, 3, 1 << 32 - 5])
    func chunks(count: Int, number: UInt64) {
      let plain = unsafe values(count) {
        unsafe Hashing.hashChunks($0, count: count, number: number, into: $1)
      }
      let eight = unsafe values(count) {
        unsafe HashingAVX2.hashChunks($0, count: count, number: number, into: $1)
      }
      #expect(eight == plain)
      guard Self.width >= 64 else { return }
      let sixteen = unsafe values(count) {
        unsafe HashingAVX512.hashChunks($0, count: count, number: number, into: $1)
      }
      #expect(sixteen == plain)
    }

    @Test(
      "parents hash to the same with all vectors", .enabled(if: width >= 32), arguments: counts)
    func parents(count: Int) {
      let plain = unsafe values(count) {
        unsafe Hashing.hashParents($0, count: count, into: $1)
      }
      let eight = unsafe values(count) {
        unsafe HashingAVX2.hashParents($0, count: count, into: $1)
      }
      #expect(eight == plain)
      guard Self.width >= 64 else { return }
      let sixteen = unsafe values(count) {
        unsafe HashingAVX512.hashParents($0, count: count, into: $1)
      }
      #expect(sixteen == plain)
    }

    /// What the bytes hash to, 32 bytes a node; nothing may be written behind.
    private func values(
      _ count: Int, _ hash: (UnsafeRawPointer, UnsafeMutableRawPointer) -> Void
    ) -> [UInt8] {
      var values = [UInt8](repeating: 0xee, count: count * 32 + 512)
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe values.withUnsafeMutableBytes { values in
          if let bytes = bytes.baseAddress, let values = values.baseAddress {
            unsafe hash(bytes, values)
          }
        }
      }
      #expect(values.suffix(512).allSatisfy { $0 == 0xee })
      return values
    }
  }
#endif
