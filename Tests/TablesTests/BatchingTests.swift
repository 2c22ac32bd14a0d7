import Tables
import Testing

@Suite("Batches")
struct BatchingTests {
  @Test("are cut in the order of the list; the last may be smaller, or is left out")
  func batches() {
    let kept = Batching(size: 4)
    #expect([0, 3, 4, 7, 8, 9].map { kept.batch(of: $0, among: 10) } == [0, 0, 1, 1, 2, 2])
    #expect(kept.dropped(among: 10) == 0)
    let dropped = Batching(size: 4, dropsLast: true)
    #expect([0, 3, 4, 7, 8, 9].map { dropped.batch(of: $0, among: 10) } == [0, 0, 1, 1, nil, nil])
    #expect(dropped.dropped(among: 10) == 2)
    // A last batch that is full stays.
    #expect(dropped.batch(of: 7, among: 8) == 1)
    #expect(dropped.dropped(among: 8) == 0)
  }

  @Test("without a size there is one")
  func one() {
    #expect(Batching().batch(of: 9, among: 10) == 0)
    #expect(Batching(dropsLast: true).batch(of: 9, among: 10) == 0)
  }
}
