import Synchronization
import Testing
import Threads

@Suite("Concurrently")
struct ConcurrentlyTests {
  @Test("each number is handed out once, however many there are", arguments: [0, 1, 2, 3, 1000])
  func everyNumberOnce(count: Int) {
    let seen = Mutex([Int]())
    concurrently(iterations: count) { index in seen.withLock { $0.append(index) } }
    #expect(seen.withLock { $0.sorted() } == Array(0..<count))
  }

  @Test("no more threads are counted than there are processors beside the first")
  func threads() {
    #expect((0..<processors).contains(spareThreads))
  }
}
