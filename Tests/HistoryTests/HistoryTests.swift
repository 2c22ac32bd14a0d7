import History
import Pages
import Store
import Testing

@Suite("The history of nights")
struct HistoryTests {
  /// Nights a day apart of two classes, whose numbers wiggle in a pattern that has no break.
  private func nights(_ count: Int, pole: (Int) -> Double, headline: (Int) -> Double) -> [Night] {
    (0..<count).map { index in
      var night = Night()
      (night.number, night.series, night.headline) = (index + 1, "a \"b\", c", "miou")
      night.ended = 1_796_083_200 + 86_400 * Double(index)
      (night.images, night.used, night.counted) = (10, 10, 1)
      let wiggle = Double(index * 7 % 5 - 2) / 1000
      night.value = headline(index) + wiggle
      night.classes = [("road", 0.1), ("pole", pole(index))].map { name, badness in
        Night.Class(
          name: name, state: "ok", verdict: "OK", badness: badness + wiggle, iou: 1 - badness,
          dice: nil, loss: nil, pixelShare: nil)
      }
      return night
    }
  }

  @Test("says which class broke between which nights, and that the headline did not move")
  func broke() throws {
    let broken = nights(30, pole: { $0 < 20 ? 0.4 : 0.5 }, headline: { _ in 0.7 })
    let text = History.all(of: broken).page(listingAll: false).terminal
    #expect(text.contains("pole (badness, 0 is perfect) broke between 2026-12-20 and 2026-12-21"))
    #expect(text.contains("the headline did not move"))
    #expect(!text.contains("road (badness, 0 is perfect) broke"))
    let csv = History.all(of: broken).csv.split(separator: "\n")
    #expect(csv.count { $0.hasSuffix(",1") } == 1)
    #expect(csv.first { $0.hasSuffix(",1") }?.contains("2026-12-21") == true)
    #expect(csv[1].hasPrefix("\"a \"\"b\"\", c\",1,1,"))
  }

  @Test("a change of the record is no change point")
  func record() {
    var changed = nights(30, pole: { $0 < 20 ? 0.4 : 0.5 }, headline: { $0 < 20 ? 0.7 : 0.2 })
    changed[20].newRecord = "the truth of 'a' changed"
    let text = History.all(of: changed).page(listingAll: false).terminal
    #expect(!text.contains("broke between"))
    #expect(
      text.contains("The record began anew with 2026-12-21, because the truth of 'a' changed"))
  }

  @Test("the headline is said to have moved where it did")
  func both() {
    let broken = nights(30, pole: { $0 < 20 ? 0.4 : 0.5 }, headline: { $0 < 20 ? 0.7 : 0.6 })
    let text = History.all(of: broken).page(listingAll: false).terminal
    #expect(text.contains("the headline moved too"))
    #expect(text.contains("headline miou broke between 2026-12-20 and 2026-12-21"))
  }

  @Test("nights in which nothing changed are no measurements")
  func repeats() {
    var same = nights(40, pole: { $0 < 35 ? 0.4 : 0.5 }, headline: { _ in 0.7 })
    for index in same.indices where index % 8 != 0 {
      let made = index / 8 * 8
      same[index].sameAs = made + 1
      (same[index].value, same[index].classes) = (same[made].value, same[made].classes)
    }
    #expect(
      History.all(of: same).page(listingAll: false).terminal
        .contains("can be found from the 10th night with something new on"))
  }

  @Test("a state without runs says so")
  func nothing() {
    #expect(History.all(of: []).page(listingAll: true).terminal.contains("No run is remembered"))
    #expect(History.all(of: []).openMetrics == "# EOF\n")
  }
}
