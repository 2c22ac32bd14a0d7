import Core
import FuzzingSupport

/// Reduction chains: what is printed is read as the same.
@main
enum FuzzChain: Fuzzing {
  static let longest = 256

  static func read(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    guard let chain = attempt({ () throws(Problem) in try Chain(parsing: text) }).value else {
      return
    }
    let printed = chain.description
    let again = attempt { () throws(Problem) in try Chain(parsing: printed) }.value
    claim(again == chain, "'\(text)' is printed as '\(printed)', which is another chain")
    claim(again?.description == printed, "'\(printed)' is not printed as it was")
    // What follows from a chain must follow from each.
    _ = (chain.splitAtImages, chain.ofBatch, chain.remainingAxes, chain.mergesPlaces)
  }
}
