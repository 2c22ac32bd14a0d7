import Core
import Counting
import Diagnosis
import Tables
import Testing

@Suite("What is accepted")
struct AcceptanceTests {
  /// A check of one number that fails, by a limit or since a baseline.
  private func failed(
    _ value: Double, least: Double? = nil, most: Double? = nil, baseline: Double? = nil
  ) throws -> GateResult {
    let measure = try #require(Catalogue.definition(named: "bce")).measure(
      given: [:], areClassesExclusive: false)
    let formula = Formula(measure, try Chain(parsing: "mean(batch, image, pixel, class)"))
    let gate = Gate(
      id: "check", subject: .number(formula, called: "loss", .init(least: least, most: most)),
      decline: baseline.map { _ in Decline(absolute: 0, relative: 0) }, level: .error,
      onMissing: .fail, onInsufficient: .pass, fewestImages: 1, line: nil)
    var result = gate.unjudged(because: "it fails")
    result.outcome = .failed
    result.value = value
    result.baseline = baseline
    return result
  }

  private func outcome(_ result: GateResult, notWorseThan worst: Double) throws
    -> GateResult.Outcome
  {
    let day = try #require(CalendarDay("2026-12-31"))
    let acceptance = Acceptance(
      check: "check", className: nil, until: day, reason: "known", notWorseThan: worst)
    return [result].accepting([acceptance], on: day).results[0].outcome
  }

  @Test(
    "no worse than: below a least, above a most, and since a baseline on the side on which it moved"
  )
  func worst() throws {
    for (result, accepted, refused) in [
      (try failed(0.3, least: 0.5), 0.2, 0.4), (try failed(0.7, most: 0.5), 0.8, 0.6),
      (try failed(0.7, baseline: 0.5), 0.8, 0.6), (try failed(0.3, baseline: 0.5), 0.2, 0.4),
      // A limit that is broken decides, wherever the baseline lies.
      (try failed(0.3, least: 0.5, baseline: 0.1), 0.2, 0.4),
    ] {
      #expect(try outcome(result, notWorseThan: accepted) == .accepted)
      #expect(try outcome(result, notWorseThan: refused) == .failed)
    }
  }

  @Test(
    "days of the calendar, also those that are none, and of a moment",
    arguments: [
      ("2026-02-28", true), ("2026-02-29", false), ("2028-02-29", true), ("1900-02-29", false),
      ("2000-02-29", true), ("2026-13-01", false), ("2026-1-1", false), ("2026-12-32", false),
    ])
  func days(text: String, isDay: Bool) {
    #expect((CalendarDay(text) != nil) == isDay)
    if let day = CalendarDay(text) { #expect(day.description == text) }
  }

  @Test("a moment lies in its day, by plain counting of days from 1970 on")
  func moments() {
    var (year, month, day) = (1970, 1, 1)
    for count in 0..<60_000 {
      let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
      let expected = "\(year)-\(digits(month))-\(digits(day))"
      let start = count * 86_400
      guard CalendarDay(secondsSince1970: start).description == expected,
        CalendarDay(secondsSince1970: start + 86_399).description == expected
      else {
        Issue.record("\(expected)")
        return
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      day += 1
      if day > length { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
  }
}
