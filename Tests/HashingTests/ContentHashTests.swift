import Hashing
import TestSupport
import Testing

@Suite("The hash of content")
struct ContentHashTests {
  // From the Python package blake3 1.0.11. Those of 0, 1 and 1023 to 102,400 bytes are also in the file
  // test_vectors.json of BLAKE3-team/BLAKE3.
  @Test(
    "it is BLAKE3, by what its authors' program says",
    arguments: [
      (0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
      (1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
      (3, "e1be4d7a8ab5560aa4199eea339849ba8e293d55ca0a81006726d184519e647f"),
      (63, "e9bc37a594daad83be9470df7f7b3798297c3d834ce80ba85d6e207627b7db7b"),
      (64, "4eed7141ea4a5cd4b788606bd23f46e212af9cacebacdc7d1f4c6dc7f2511b98"),
      (65, "de1e5fa0be70df6d2be8fffd0e99ceaa8eb6e8c93a63f2d8d1c30ecb6b263dee"),
      (128, "f17e570564b26578c33bb7f44643f539624b05df1a76c81f30acd548c44b45ef"),
      (1_023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"),
      (1_024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
      (1_025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
      (2_048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a"),
      (2_049, "5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030"),
      (3_072, "b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2"),
      (3_073, "7124b49501012f81cc7f11ca069ec9226cecb8a2c850cfe644e327d22d3e1cd3"),
      (4_097, "9b4052b38f1c5fc8b1f9ff7ac7b27cd242487b3d890d15c96a1c25b8aa0fb995"),
      (8_193, "bab6c09cb8ce8cf459261398d2e7aef35700bf488116ceb94a36d0f5f1b7bc3b"),
      (16_384, "f875d6646de28985646f34ee13be9a576fd515f76b5b0a26bb324735041ddde4"),
      (31_744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47"),
      (102_400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"),
      (1_000_000, "5e82c663d164c54e4fcdfcd70e3ca464662228bdbad45cce2e0c2bff999064ef"),
    ])
  func vectors(count: Int, hash: String) {
    #expect(ContentHash(of: pattern(count)).description == hash)
  }

  @Test("its bytes are its digits")
  func bytes() {
    let bytes = ContentHash(of: pattern(0)).bytes
    #expect(bytes.count == 32)
    #expect(bytes.prefix(3) == [0xaf, 0x13, 0x49])
    #expect(bytes.suffix(2) == [0x32, 0x62])
  }

  // The short ones end within blocks and chunks, the long ones within subtrees and batches of them.
  @Test("how the bytes are cut does not matter", arguments: [7, 90, 1500, 20_000, 300_000])
  func pieces(longest: Int) {
    var generator = SeededGenerator(seed: UInt64(longest))
    let bytes = pattern(700_000)
    for _ in 0..<4 {
      let count = Int.random(in: 0...min(bytes.count, 1000 * longest), using: &generator)
      var hasher = ContentHasher()
      var done = 0
      while done < count {
        let some = min(Int.random(in: 0...longest, using: &generator), count - done)
        bytes.withSpan { hasher.update($0.extracting(done..<done + some)) }
        done += some
      }
      #expect(hasher.finished() == ContentHash(of: Array(bytes[..<count])))
    }
  }

  @Test("a hash may be asked for before the end, and differs there")
  func early() {
    let bytes = pattern(5000)
    var hasher = ContentHasher()
    for end in stride(from: 500, through: 5000, by: 500) {
      hasher.update(Array(bytes[end - 500..<end]))
      #expect(hasher.finished() == ContentHash(of: Array(bytes[..<end])))
    }
    #expect(Set((0..<100).map { ContentHash(of: pattern($0)) }).count == 100)
  }
}

/// The input of the authors' vectors.
private func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

extension [UInt8] {
  fileprivate func withSpan(_ body: (RawSpan) -> Void) { unsafe body(span.bytes) }
}

extension ContentHash {
  fileprivate init(of bytes: [UInt8]) { self = unsafe ContentHash(of: bytes.span.bytes) }
}

extension ContentHasher {
  fileprivate mutating func update(_ bytes: [UInt8]) { unsafe update(bytes.span.bytes) }
}
