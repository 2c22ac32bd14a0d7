internal import Core

extension ValueTypes {
  /// `{keras: mean(class) > mean(pixel, image, batch)}`
  static let chains: ValueType<[PipelineFile.NamedChain]> = mapping(of: chain, by: "name")
    .parsed { chains, setting throws(Problem) in
      guard !chains.isEmpty else {
        throw setting.problem(
          "no chain is listed",
          remedy: "for example 'keras: mean(class) > mean(pixel, image, batch)'")
      }
      return chains.map { PipelineFile.NamedChain(name: $0.name, chain: $0.value) }
    }
    .called("`{name: chain}`", ["minProperties": 1.0])

  fileprivate static let chain: ValueType<Chain> = text(
    "a chain", for: "mean(class) > mean(pixel, image, batch)"
  )
  .parsed { text, setting throws(Problem) in
    do throws(Problem) {
      return try Chain(parsing: text)
    } catch {
      // YAML ends a value within {…} at the first comma.
      let isCut = text.contains("(") && text.last != ")" && !text.hasSuffix("score")
      throw setting.problem(
        error.what,
        remedy: error.remedy + (isCut ? "; within {…} a chain must stand in quotes" : ""))
    }
  }
}
