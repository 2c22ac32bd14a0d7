internal import Core
internal import Counting
package import Pages
internal import Tables

/// What a configuration gave a name of its own: a loss that it writes down, or a combination.
package struct OwnAccount: Sendable {
  private let subject: Subject
  private let run: FinishedRun

  private enum Subject: Sendable {
    case loss(Measure, WrittenFormula)
    case combination(name: String, Formula)
  }

  /// `nil` where the run's configuration has nothing of that name.
  package init?(of name: String, in run: FinishedRun) {
    self.run = run
    if let measure = run.measures.first(where: { $0.name == name }),
      let formula = measure.loss?.formula
    {
      subject = .loss(measure, formula)
    } else if let found = run.combinations.first(where: { $0.name == name }) {
      subject = .combination(name: name, found.formula)
    } else {
      return nil
    }
  }

  package var page: Page {
    switch subject {
    case .loss(let measure, let formula): page(of: measure, formula)
    case .combination(let name, let formula):
      [
        .title("\(code: name), a combination of this run's configuration"),
        .paragraph("It is \(code: formula.text)."), inRun([("", formula)]),
      ]
    }
  }

  private func page(of measure: Measure, _ formula: WrittenFormula) -> Page {
    var facts: [Line] = []
    if let clip = formula.clip { facts.append("p is kept \(exact: clip) away from 0 and 1") }
    if let weights = formula.weights {
      let each = zip(run.evidence.classes.names, weights).map { name, weight -> Line in
        "\(name: name) \(exact: weight)"
      }
      facts.append("w is \(Line(listing: each, most: 8))")
    }
    facts += measure.parameters.sorted { $0.key < $1.key }.map {
      "\(name: $0.key) is \(exact: $0.value)"
    }
    let chains = run.chains.filter { !$0.chain.hasScore }
    return [
      .title("\(code: measure.name), a loss of this run's configuration"),
      .paragraph("At one pixel and class it is \(code: formula.text)."),
    ] + (facts.isEmpty ? [] : [.list(facts)]) + values(of: measure)
      + [inRun(chains.map { ($0.name, Formula(measure, $0.chain)) })]
  }

  /// Percents, because a loss is asked for levels of a plane, and 100 is a number of levels.
  private static let probabilities = [0, 1, 10, 25, 50, 75, 90, 99, 100]
  private static let mostClasses = 5

  private func values(of measure: Measure) -> [Block] {
    guard case .separable(let loss) = measure.form else { return [] }
    let isSame = loss.variants == 1
    var table = Table(
      [isSame ? "" : "class", "p ="] + Self.probabilities.map { "\(exact: Double($0) / 100)" },
      textColumns: 2)
    let names = isSame ? [""] : Array(run.evidence.classes.names.prefix(Self.mostClasses))
    for (c, name) in names.enumerated() {
      let levels = loss.ofClass(c).levels(top: 100)
      let places = Self.probabilities
      table.add([.name(name), "own pixels"] + places.map { "\(levels.own[$0])" })
      if loss.terms == .everyPixel {
        table.add([.name(name), "all others"] + places.map { "\(levels.other[$0])" })
      }
    }
    let more = run.evidence.classes.count - names.count
    return [
      .section(
        "What a pixel costs",
        [.table(table)]
          + (isSame || more == 0
            ? [] : [.paragraph("\(count: more, "more class has", "more classes have") others.")]))
    ]
  }

  private func inRun(_ formulas: [(name: String, formula: Formula)]) -> Block {
    var table = Table(["chain", "", "value"], textColumns: 2)
    table.hasHeading = formulas.contains { !$0.name.isEmpty }
    for (name, formula) in formulas {
      let value: Line
      do throws(Problem) {
        if let obstacle = run.obstacle(to: formula) { throw obstacle }
        value = "\(try run.measurements.outcome(of: formula).scalar)"
      } catch {
        value = "\(name: error.what)"
      }
      table.add([.code(name), .code(formula.single?.chain.description ?? formula.text), value])
    }
    return .section(
      "In this run",
      [
        .table(table),
        .paragraph(
          "\(code: "unmask explain --class NAME --from …") says where a class's loss went under the headline; docs/losses.md says how a loss is written."
        ),
      ])
  }
}
