/// Why a benchmark could not be made or run, in one sentence.
package struct Failure: Error, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
