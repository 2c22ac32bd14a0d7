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

  @Test("what is made of each number stands in their order", arguments: [0, 1, 1000], [1, 2, 9])
  func values(count: Int, jobs: Int) {
    #expect(concurrently(count, jobs: jobs) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test("no more threads are counted than there are processors beside the first")
  func threads() {
    #expect((0..<processors).contains(spareThreads))
  }
}
