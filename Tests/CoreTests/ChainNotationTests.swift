import Core
import Testing

@Suite("The notation of chains")
struct ChainNotationTests {
  @Test(
    "what is read is printed as it was written, and read again the same",
    arguments: [
      "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)",
      "mean(pixel, image, batch) > mean(class)",
      "mean(tile, pixel) > sum(image) > max(class) > min(batch)",
      "max(pixel) > mean(class, by: class-weights)",
      "mean(pixel, by: truth) > mean(class)",
      "mean(pixel, by: balanced) > sum(class, by: inverse-prevalence)",
      "mean(pixel) > mean(image, by: pixels) > mean(class)",
      "mean(pixel, class, by: truth)",
      "mean(pixel) > mean(class else 0) > mean(image else -0.5)",
      "mean(pixel) > mean(class, by: class-weights else 1.25) > quantile(0.95)(image)",
      "quantile(0)(pixel) > quantile(1)(image) > quantile(1e-05)(class)",
      "mean(pixel) > worst(10)(image) > worst(5%)(class) > worst(33.3%)(batch)",
      "pool(batch, image, pixel) > score > mean(class)",
      "pool(image) > pool(pixel, class) > score(if: truth) > mean(batch)",
      "pool(pixel) > score > worst(100%)(class)",
      "pool(pixel) > score",
      "mean(class, pixel, image) > last(1)(batch else nan)",
      "mean(class, pixel, image) > low-median(20)(batch else 0)",
      "mean(class, pixel) > mean(image) > ema(0.98)(batch)",
      "pool(image, pixel) > score > running(0.9)(batch) > mean(class)",
      "mean(pixel, image) > median(20)(batch) > mean(class)",
    ])
  func roundTrip(text: String) throws {
    let chain = try Chain(parsing: text)
    #expect(chain.description == text)
    #expect(try Chain(parsing: chain.description) == chain)
  }

  @Test("every operation, weight and substitute is what it says")
  func values() throws {
    let chain = try Chain(
      parsing:
        "mean(pixel, by: truth) > quantile(0.9)(image) > worst(2)(batch) > worst(50%)(class else 3)"
    )
    #expect(
      chain.steps == [
        .reduce(.init(.mean, [.pixel], by: .truth)),
        .reduce(.init(.quantile(0.9), [.image])),
        .reduce(.init(.worst(2), [.batch])),
        .reduce(.init(.worstPercent(50), [.class], else: 3)),
      ])
    #expect(try Chain(parsing: "pool(pixel) > score(if: truth)").steps.last == .score(.truth))
    for weight in ["images", "pixels", "class-weights", "truth", "inverse-prevalence"] {
      let step = try Chain(parsing: "mean(pixel) > mean(class, by: \(weight))").reductions[1]
      #expect(step.weight?.rawValue == weight)
    }
  }

  @Test(
    "space between words does not matter",
    arguments: [
      "mean(pixel)>mean(batch,by:images)", "  mean ( pixel )  >  mean ( batch , by : images )  ",
      "mean(pixel) >\n  mean(batch, by: images)\n", "mean(pixel)\t>\tmean(batch, by:\timages)",
    ])
  func space(text: String) throws {
    #expect(try Chain(parsing: text).description == "mean(pixel) > mean(batch, by: images)")
  }

  @Test("'if: union' is what 'score' means anyway")
  func union() throws {
    let chain = try Chain(parsing: "pool(pixel) > score( if : union )")
    #expect(chain.description == "pool(pixel) > score")
  }

  @Test("a chain says which axes it leaves; 'tile' is there only where it is named")
  func axes() throws {
    for (text, left) in [
      ("mean(pixel)", [.batch, .image, .class]), ("mean(pixel, tile)", [.batch, .image, .class]),
      ("pool(batch, image, pixel) > score", [.class]),
      ("mean(batch, image, tile, pixel, class)", []),
    ] as [(String, AxisSet)] {
      let chain = try Chain(parsing: text)
      #expect(chain.remainingAxes == left)
      #expect(chain.isScalar == left.isEmpty)
    }
  }
}

@Suite("Chains that are refused")
struct RefusedChainTests {
  @Test(
    "the axes",
    arguments: [
      (
        "mean(pixel, image, pixel)", "the axis 'pixel' stands twice",
        "an axis can disappear only once"
      ),
      (
        "pool(pixel) > score > mean(class) > max(class)", "the axis 'class' stands twice",
        "an axis can disappear only once"
      ),
      (
        "mean(class) > mean(image)",
        "the axis 'pixel' is left out, and no result can keep its pixels",
        "add it, for example mean(pixel)"
      ),
    ])
  func axes(chain: String, fault: String, remedy: String) { refuses(chain, ": " + fault, remedy) }

  @Test(
    "what does not follow the grammar",
    arguments: [
      ("mean(pixel", 11, "expected ')', found the end", "a step looks like mean(pixel, image)"),
      ("mean pixel", 6, "expected '(', found 'p'", "a step looks like mean(pixel, image)"),
      ("mean()", 6, "an axis is missing", axisList),
      ("mean(pixel,, image)", 12, "an axis is missing", axisList),
      ("", 1, "a step is missing", operationList),
      ("mean(pixel) > ", 15, "a step is missing", operationList),
      (
        "mean(pixel) mean(class)", 13, "'mean(class)' stands behind the last step",
        "steps are joined by '>'"
      ),
      (
        "quantile(image)", 10, "a finite number is missing",
        "for example quantile(0.95)(image) or mean(class else 0)"
      ),
      (
        "mean(pixel else)", 16, "a finite number is missing",
        "for example quantile(0.95)(image) or mean(class else 0)"
      ),
      (
        "mean(pixel) > mean(batch by: images)", 26, "a comma is missing before 'by:'",
        "for example mean(image, by: pixels)"
      ),
      (
        "mean(pixel ignored: 0)", 12, "a comma is missing before 'ignored:'",
        "for example mean(image, by: pixels)"
      ),
      (
        "mean(pixel, by: truth times: truth)", 23, "a comma is missing before 'times:'",
        "for example mean(image, by: pixels)"
      ),
      (
        "mean(pixel, by: pixels,)", 24, "expected 'times:' or 'ignored: 0'",
        "for example mean(image, by: pixels, times: sample-weights)"
      ),
      (
        "mean(pixel, times: truth, by: truth)", 27, "expected 'ignored: 0'",
        "for example mean(image, by: pixels, times: sample-weights)"
      ),
      (
        "mean(pixel) > mean(class else nanx)", 31, "a finite number is missing",
        "for example quantile(0.95)(image) or mean(class else 0)"
      ),
      (
        "mean(pixel) > mean(class elsenan)", 26, "expected ')' or 'else' with a number",
        "for example mean(class else 0)"
      ),
      (
        "mean(pixel) > mean(class else 0x)", 32, "expected ')', found 'x'",
        "a step looks like mean(pixel, image)"
      ),
    ])
  func grammar(chain: String, column: Int, fault: String, remedy: String) {
    refuses(chain, ", column \(column): " + fault, remedy)
  }

  static let axisList = "the axes are batch, image, tile, pixel, class"
  static let operationList =
    "the operations are pool, sum, mean, max, min, quantile(q), worst(k), worst(q%), score, and of batches in their order last(k), median(k), low-median(k), ema(b) and running(b)"

  @Test(
    "words and numbers that do not exist",
    arguments: [
      ("mean(pixels)", "unknown axis 'pixels'", axisList),
      ("avg(pixel)", "unknown operation 'avg'", operationList),
      (
        "mean(pixel, by: area)", "unknown weight 'area'",
        "the weights are images, pixels, class-weights, class-shares, positive-weights, sample-weights, truth, balanced, inverse-prevalence"
      ),
      (
        "pool(pixel) > score(truth)", "only 'if:' can stand in the brackets of 'score'",
        "write score or score(if: truth)"
      ),
      (
        "pool(pixel) > score(if: guess)", "'guess' is nothing a score can depend on",
        "write if: truth or if: union"
      ),
      (
        "mean(pixel) > quantile(95%)(image)", "quantile takes a number from 0 to 1",
        "for the 95th percentile of images write quantile(0.95)(image)"
      ),
      (
        "mean(pixel, image) > last(0)(batch)",
        "last takes a count from 1", "write last(20)(batch)"
      ),
      (
        "mean(pixel, image) > ema(1)(batch)",
        "ema takes what is kept of the mean before, from 0 to less than 1",
        "write ema(0.98)(batch)"
      ),
      (
        "mean(pixel) > worst(0)(image)",
        "worst takes a count from 1, or a percentage above 0 and up to 100",
        "write worst(10)(image) or worst(5%)(image)"
      ),
      (
        "mean(pixel) > worst(2.5)(image)",
        "worst takes a count from 1, or a percentage above 0 and up to 100",
        "write worst(10)(image) or worst(5%)(image)"
      ),
    ])
  func words(chain: String, fault: String, remedy: String) throws {
    let problem = try #require(refusal(of: chain))
    #expect(problem.what.hasPrefix("chain '\(chain)', column "))
    #expect(problem.what.hasSuffix(": " + fault))
    #expect(problem.remedy == remedy)
  }

  @Test(
    "what has no meaning around 'score'",
    arguments: [
      (
        "pool(pixel) > mean(class)", "'pool(pixel)' pools, but the chain takes no score",
        "for a loss write mean(pixel); for a ratio add '> score'"
      ),
      (
        "mean(image, pixel) > score",
        "'mean(image, pixel)' stands before 'score', where nothing has a value yet",
        "before 'score' statistics are pooled: pool(image, pixel)"
      ),
      (
        "pool(image) > score > mean(pixel)",
        "the pixels are still there at 'score', and a ratio has no value at a pixel",
        "pool them first: pool(pixel) > score > …"
      ),
      (
        "pool(pixel) > score > pool(class)", "'pool(class)' stands after 'score'",
        "scores are averaged: mean(class)"
      ),
      (
        "pool(pixel) > score > score", "'score' stands twice",
        "a score is taken once; average it afterwards"
      ),
      (
        "pool(pixel, by: pixels) > score",
        "'pool(pixel, by: pixels)' has more than axes, but pooling only adds counts",
        "leave 'by:', 'times:' and 'else' out"
      ),
    ])
  func score(chain: String, fault: String, remedy: String) { refuses(chain, ": " + fault, remedy) }

  @Test(
    "an outer axis before an inner one that is treated otherwise",
    arguments: [
      ("mean(image) > sum(pixel)", ["mean(image)", "sum(pixel)", "image", "pixel"]),
      ("mean(batch) > mean(pixel) > max(image)", ["mean(batch)", "max(image)", "batch", "image"]),
      (
        "mean(image else 0) > mean(pixel)", ["mean(image else 0)", "mean(pixel)", "image", "pixel"]
      ),
      (
        "mean(pixel) > mean(image, by: pixels) > mean(tile)",
        ["mean(image, by: pixels)", "mean(tile)", "image", "tile"]
      ),
    ])
  func nesting(chain: String, words: [String]) {
    let (step, host, outer, inner) = (words[0], words[1], words[2], words[3])
    refuses(
      chain,
      ": '\(step)' takes '\(outer)' before '\(host)', but every \(inner) lies in one \(outer), so there is nothing to combine yet",
      "take '\(outer)' in the step that takes '\(inner)', or in a later one")
  }

  @Test(
    "selecting where no value can be selected",
    arguments: [
      (
        "mean(pixel) > last(1)(image)",
        "'last(1)(image)' looks at values in their order, which is one of batches",
        "write last(1)(batch)"
      ),
      (
        "max(class) > mean(pixel)",
        "'max(class)' selects among classes while the pixels are still there",
        "reduce the pixels first: mean(pixel) > max(class)"
      ),
      (
        "worst(2)(pixel, class)",
        "'worst(2)(pixel, class)' selects among pixels after or together with the classes",
        "selecting pixels is possible for each class apart: worst(2)(pixel) > mean(class)"
      ),
      (
        "mean(class) > quantile(0.5)(pixel)",
        "'quantile(0.5)(pixel)' selects among pixels after or together with the classes",
        "selecting pixels is possible for each class apart: quantile(0.5)(pixel) > mean(class)"
      ),
    ])
  func selecting(chain: String, fault: String, remedy: String) {
    refuses(chain, ": " + fault, remedy)
  }

  @Test(
    "weights where there is nothing to weigh",
    arguments: [
      (
        "mean(pixel, by: class-weights)",
        "'by: class-weights' weighs classes, but 'mean(pixel, by: class-weights)' combines none",
        "name it where 'class' stands"
      ),
      (
        "sum(pixel, by: inverse-prevalence)",
        "'by: inverse-prevalence' weighs classes, but 'sum(pixel, by: inverse-prevalence)' combines none",
        "name it where 'class' stands"
      ),
      (
        "mean(class, by: truth) > mean(pixel)",
        "'mean(class, by: truth)' weighs by truth while the pixels are still there",
        "reduce them in the same step or before: mean(pixel, by: truth) > mean(class)"
      ),
      (
        "mean(pixel, class) > mean(image, by: truth)",
        "'mean(image, by: truth)' weighs by truth, but the classes are gone",
        "put it before the step that takes 'class'"
      ),
      (
        "mean(pixel, class, by: balanced)",
        "'by: balanced' halves a class's pixels into its own and the others",
        "write mean(pixel, by: balanced), with 'class' in a later step"
      ),
      (
        "mean(pixel, by: images)",
        "'mean(pixel, by: images)' weighs by images, but combines pixels, of which each counts once",
        "leave 'by:' out here"
      ),
      (
        "mean(pixel) > max(image, by: pixels)", "'max(image, by: pixels)' selects and cannot weigh",
        "leave the weight out"
      ),
    ])
  func weights(chain: String, fault: String, remedy: String) {
    refuses(chain, ": " + fault, remedy)
  }

  func refuses(_ chain: String, _ fault: String, _ remedy: String) {
    let expected = Problem("chain '\(chain)'" + fault, remedy: remedy)
    #expect(refusal(of: chain) == expected)
  }
}

/// `nil` where the chain is accepted.
func refusal(of chain: String) -> Problem? {
  do {
    _ = try Chain(parsing: chain)
    return nil
  } catch { return error }
}
