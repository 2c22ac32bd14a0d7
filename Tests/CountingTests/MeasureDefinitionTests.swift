import Core
import Counting
import Testing

@Suite("The definition of a measure")
struct MeasureDefinitionTests {
  @Test("its name is found once, and everything about it is told")
  func catalogue() {
    let measures = Catalogue.measures
    #expect(Set(measures.map(\.name)).count == measures.count)
    for measure in measures {
      #expect(Catalogue.definition(named: measure.name)?.title == measure.title)
      #expect(!measure.title.isEmpty && !measure.formula.isEmpty && !measure.source.isEmpty)
      for parameter in measure.parameters {
        #expect(!parameter.summary.isEmpty)
        #expect(parameter.standard.map(parameter.range.contains) ?? true)
      }
    }
    #expect(Catalogue.definition(named: "BCE") == nil)
  }

  @Test("a measure is called what was changed of it")
  func names() throws {
    #expect(try measure("focal").name == "focal")
    #expect(try measure("focal", ["gamma": 2]).name == "focal")
    #expect(try measure("focal", ["gamma": 3]).name == "focal(gamma: 3)")
    #expect(
      try measure("focal", ["alpha": 0.25, "gamma": 0.5]).name == "focal(gamma: 0.5, alpha: 0.25)")
  }

  @Test("a loss is worst where it is largest, a score where it is smallest")
  func worst() throws {
    for definition in Catalogue.measures {
      let measure = try definition.measure(given: [:], areClassesExclusive: false)
      let isScore = [
        "iou", "dice", "precision", "recall", "accuracy", "binary-accuracy", "balanced-accuracy",
        "specificity", "binary-iou", "mcc", "kappa", "generalized-dice", "nsd",
      ].contains(measure.name)
      #expect(measure.worst == (isScore ? .smallest : .largest))
      #expect(measure.needsProbabilities == !(isScore || measure.readsDistances))
      let isRatio =
        isScore || measure.readsDistances
        || ["soft-dice", "soft-jaccard", "tversky", "soft-generalized-dice"].contains(measure.name)
      #expect(measure.isElementwise == !isRatio)
    }
  }

  @Test("an unknown parameter is a problem that lists the known ones")
  func unknownParameter() {
    #expect(
      problem { _ = try measure("focal", ["gama": 2]) }
        == """
        'focal' has no parameter 'gama'
          it has gamma, alpha, epsilon, clip_logits
        """)
    #expect(
      problem { _ = try measure("iou", ["threshold": 0.5]) }
        == """
        'iou' has no parameter 'threshold'
          it has ties
        """)
  }

  @Test("a parameter out of range is a problem that says the range")
  func range() {
    #expect(
      problem { _ = try measure("bce", ["epsilon": 0.6]) }
        == """
        bce.epsilon is 0.6
          it must lie between 1e-45 and 0.5: the distance kept from 0 and 1
        """)
    #expect(
      problem { _ = try measure("focal", ["alpha": -0.1]) }
        == """
        focal.alpha is -0.1
          it must lie between 0 and 1: what the class's own pixels count; the others 1 − α
        """)
    #expect(
      problem { _ = try measure("tversky", ["beta": .infinity]) }
        == """
        tversky.beta is inf
          it must lie between 0 and 100: what a false negative counts
        """)
    #expect(
      problem { _ = try measure("soft-dice", ["smooth_dr": 1e7]) }
        == """
        soft-dice.smooth_dr is 10000000
          it must lie between 0 and 1000000: b, added to the denominator
        """)
    #expect(
      problem { _ = try measure("focal", ["gamma": .nan]) }
        == """
        focal.gamma is nan
          it must lie between 0 and 100: how strongly easy pixels are turned down
        """)
  }

  @Test(
    "every parameter may be at either end of its range, and not beyond",
    arguments: Catalogue.measures.map(\.name))
  func ends(name: String) throws {
    for parameter in try #require(Catalogue.definition(named: name)).parameters {
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        #expect(throws: Never.self) { try measure(name, [parameter.name: value]) }
      }
      #expect(throws: Problem.self) {
        try measure(name, [parameter.name: parameter.range.lowerBound.nextDown])
      }
      #expect(throws: Problem.self) {
        try measure(name, [parameter.name: parameter.range.upperBound.nextUp])
      }
    }
  }
}
