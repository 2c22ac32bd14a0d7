import Core
import Testing

@Suite("The order gap")
struct OrderGapTests {
  let even = ReductionOrderTests.even
  let uneven = ReductionOrderTests.uneven

  @Test(
    "orders that come to the same are counted once",
    arguments: [
      // The nested axes disappear from the inside out, in one step or several; the class axis
      // anywhere among them.
      ("mean(pixel)", 1),
      ("mean(pixel, class)", 3),
      ("mean(image, pixel, class)", 8),
      ("mean(batch, image, pixel, class)", 20),
      ("mean(batch, image, tile, pixel, class)", 48),
      // For a ratio the first step takes the pixels.
      ("pool(pixel) > score > mean(class)", 2),
      ("pool(image, pixel) > score > mean(class)", 6),
      ("pool(batch, image, pixel) > score > mean(class)", 16),
      ("pool(pixel) > score(if: truth) > mean(batch, image, tile, class)", 40),
    ])
  func number(chain: String, number: Int) throws {
    let orders = try Chain(parsing: chain).orders
    #expect(orders.count == number)
    #expect(Set(orders.map(\.description)).count == number)
  }

  @Test("every order can be written down and read again")
  func notation() throws {
    for chain in [
      "sum(batch, image, tile, pixel, class)", "pool(pixel) > score(if: truth) > max(image, class)",
    ] {
      for order in try Chain(parsing: chain).orders {
        #expect(try Chain(parsing: order.description) == order)
      }
    }
  }

  @Test("with full groups of equal size the gap is 0: the order is not the cause")
  func evenGap() throws {
    let gap = try #require(try gap(of: "mean(batch, image, tile, pixel, class)", even))
    #expect(gap.isZero)
    #expect(gap.gap == 0)
    #expect(gap.orders == 48)
  }

  @Test("with groups of unequal size the gap is not 0")
  func unevenGap() throws {
    for chain in ["mean(batch, image, tile, pixel, class)", "mean(batch, image, pixel, class)"] {
      for terms in [LossTable.TermDomain.everyPixel, .ownPixels] {
        let gap = try #require(try gap(of: chain, uneven, terms))
        #expect(!gap.isZero)
        #expect(gap.gap == gap.highest - gap.lowest)
        #expect(gap.gap > 0.01)
      }
    }
  }

  @Test("the two ends are chains that can be run and give these values")
  func ends() throws {
    let gap = try #require(try gap(of: "sum(pixel) > max(batch, image, tile, class)", uneven))
    #expect(try ReductionOrderTests.value(gap.lowestChain, of: uneven) == gap.lowest)
    #expect(try ReductionOrderTests.value(gap.highestChain, of: uneven) == gap.highest)
  }

  @Test(
    "no order of single steps lies beyond the two ends, and the ends are as plain loops have them")
  func nothingBeyond() throws {
    let gap = try #require(try gap(of: "mean(batch, image, tile, pixel, class)", uneven))
    for order in ReductionOrderTests.orders {
      let value = try #require(uneven.scalar(by: try Chain(parsing: order)))
      #expect(
        (gap.lowest...gap.highest).contains(value) || isClose(value, gap.lowest)
          || isClose(value, gap.highest))
    }
    #expect(isClose(uneven.scalar(by: try Chain(parsing: gap.lowestChain)), gap.lowest))
    #expect(isClose(uneven.scalar(by: try Chain(parsing: gap.highestChain)), gap.highest))
  }

  @Test("orders without a value are left out, and no order at all is no gap")
  func undefined() throws {
    let chains = try ["mean(pixel)", "sum(pixel)", "max(pixel)"].map { try Chain(parsing: $0) }
    let gap = try #require(
      OrderGap(of: chains) { ["mean(pixel)": 2, "sum(pixel)": 3][$0.description] })
    #expect((gap.lowestChain, gap.highestChain, gap.orders) == ("mean(pixel)", "sum(pixel)", 2))
    #expect(OrderGap(of: chains) { _ in nil } == nil)
  }

  /// Over every order of the chain's axes.
  func gap(
    of chain: String, _ run: ExplicitRun, _ terms: LossTable.TermDomain = .everyPixel
  ) throws -> OrderGap? {
    let chain = try Chain(parsing: chain)
    let table = try run.lossTable(for: chain, terms: terms)
    return OrderGap(of: chain.orders) { table.reduced(by: $0).scalar }
  }
}
