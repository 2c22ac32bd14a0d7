import Core
import Testing

@Suite("The order of reduction")
struct ReductionOrderTests {
  /// Two batches of two images of two tiles of three pixels.
  static let even = ExplicitRun([
    [["012", "120"], ["201", "021"]],
    [["112", "200"], ["012", "012"]],
  ])

  /// Tiles, images and batches of unequal size; `-` is an ignored pixel, `.` one of no class.
  static let uneven = ExplicitRun([
    [["0112", "2"], ["1-0."], ["---", "02"]],
    [["22-1", ".0", "1"]],
  ])

  /// All 120 orders of the five axes, one step an axis.
  static let orders = permutations(of: Axis.allCases.map { "mean(\($0.rawValue))" })
    .map { $0.joined(separator: " > ") }

  @Test("there are 120 orders of the five axes")
  func number() { #expect(Set(Self.orders).count == 120) }

  @Test("every order gives what plain loops over the pixels give", arguments: orders)
  func everyOrder(order: String) throws {
    let chain = try Chain(parsing: order)
    for run in [Self.even, Self.uneven] {
      for terms in [LossTable.TermDomain.everyPixel, .ownPixels] {
        let value = try run.lossTable(for: chain, terms: terms).reduced(by: chain).scalar
        #expect(isClose(value, run.scalar(by: chain, terms: terms)), "\(terms)")
      }
    }
  }

  @Test("every order has a table of its five steps", arguments: orders)
  func stepTable(order: String) throws {
    let chain = try Chain(parsing: order)
    let outcome = try Self.uneven.lossTable(for: chain).reduced(by: chain)
    #expect(outcome.steps.map(\.step) == chain.steps)
    #expect(outcome.steps.last?.left.isEmpty == true)
    #expect(outcome.steps.last?.value == outcome.scalar)
    let lastWithPixels = outcome.steps.lastIndex { $0.left[.pixel] != nil } ?? -1
    for (index, step) in outcome.steps.dropLast().enumerated() {
      #expect(step.value == nil)
      #expect((step.lowest == nil) == (index <= lastWithPixels))
    }
  }

  @Test("the step table says what is divided by and what is left")
  func words() throws {
    let chain = try Chain(
      parsing: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)")
    let steps = try Self.uneven.lossTable(for: chain).reduced(by: chain).steps
    #expect(steps.map(\.step.axes) == [[.class], [.pixel], [.image], [.batch]])
    #expect(
      steps.map(\.divisor) == [
        .terms(.init(least: 3, most: 3), of: [.class]),
        .terms(.init(least: 2, most: 6), of: [.pixel]),
        .terms(.init(least: 1, most: 3), of: [.image]),
        .weights(.images, .init(least: 4, most: 4)),
      ])
    #expect(
      steps.map(\.left)
        == [[.batch: 2, .image: 4, .pixel: 16], [.batch: 2, .image: 4], [.batch: 2], [:]])
  }

  @Test("with full groups of equal size all 120 orders give the same")
  func evenOrders() throws {
    let values = try Self.orders.map { try Self.value($0, of: Self.even) }
    let (lowest, highest) = (try #require(values.min()), try #require(values.max()))
    #expect(highest - lowest <= 1e-14 * highest)
  }

  @Test("an axis whose inner axis is still there joins the step that takes the last inner one")
  func joining() throws {
    for (written, meant) in [
      ("mean(image) > mean(pixel) > mean(class, batch)", "mean(image, pixel) > mean(class, batch)"),
      (
        "mean(batch) > mean(tile) > mean(pixel, class) > mean(image)",
        "mean(tile, pixel, class) > mean(image, batch)"
      ),
      (
        "mean(image, class) > mean(pixel) > mean(batch)",
        "mean(class) > mean(image, pixel) > mean(batch)"
      ),
      ("sum(image) > sum(pixel) > mean(class, batch)", "sum(image, pixel) > mean(class, batch)"),
    ] {
      #expect(
        try Self.value(written, of: Self.uneven) == Self.value(meant, of: Self.uneven), "\(written)"
      )
    }
  }

  @Test("an axis that is left out stays as a table")
  func tables() throws {
    let chain = try Chain(parsing: "mean(pixel, image, batch)")
    let values = try Self.uneven.lossTable(for: chain).reduced(by: chain).values
    #expect(values.axes == [.class])
    let expected = Self.uneven.values(by: chain, terms: .everyPixel)
    #expect(values.cells.count == 3)
    for (cell, expected) in zip(values.cells, expected) { #expect(isClose(cell, expected)) }
  }

  static func value(_ chain: String, of run: ExplicitRun) throws -> Double {
    let chain = try Chain(parsing: chain)
    return try #require(try run.lossTable(for: chain).reduced(by: chain).scalar)
  }
}

/// To within the rounding of some hundred operations.
func isClose(_ a: Double?, _ b: Double?) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return (a - b).magnitude <= 1e-12 * max(a.magnitude, b.magnitude)
}

private func permutations<Element>(of list: [Element]) -> [[Element]] {
  guard !list.isEmpty else { return [[]] }
  return list.indices.flatMap { index in
    var rest = list
    let first = rest.remove(at: index)
    return permutations(of: rest).map { [first] + $0 }
  }
}
