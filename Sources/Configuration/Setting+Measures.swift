internal import Core
internal import Counting

// What a setting names among the measures and chains of its file.
extension Setting {
  /// By its whole name, or by that of its definition where it is the only one.
  ///
  /// - Throws: Problem: there is none, or several.
  func measure(named name: String, among measures: [Measure]) throws(Problem) -> Measure {
    let named = measures.filter { $0.name == name }
    let found = named.isEmpty ? measures.filter { $0.definition.name == name } : named
    guard found.count == 1 else {
      throw problem(
        found.isEmpty
          ? "'\(printable(name))' is not measured"
          : "'\(name)' could be \(found.map(\.name).joined(separator: " or "))",
        remedy: "the measures are \(measures.map(\.name).joined(separator: ", "))")
    }
    return found[0]
  }

  /// - Throws: Problem: there is none.
  func chain(
    named name: String, among chains: [PipelineFile.NamedChain]
  ) throws(Problem) -> PipelineFile.NamedChain {
    guard let chain = chains.first(where: { $0.name == name }) else {
      throw problem(
        "no chain is called '\(printable(name))'",
        remedy: "the chains are \(chains.map(\.name).joined(separator: ", "))")
    }
    return chain
  }

  /// That a chain is of the measure's kind; `fitting` are.
  func expect(
    _ chain: PipelineFile.NamedChain, toFit measure: Measure,
    or fitting: [PipelineFile.NamedChain]
  ) throws(Problem) {
    guard chain.chain.hasScore != measure.isElementwise else {
      throw problem(
        "the chain '\(chain.name)' is for \(measure.isElementwise ? "ratios" : "losses"), and '\(measure.name)' is none",
        remedy: "the chains that fit are \(fitting.map(\.name).joined(separator: ", "))")
    }
  }
}
