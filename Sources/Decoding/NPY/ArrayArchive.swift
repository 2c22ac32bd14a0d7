import Core

/// A file that holds arrays by name.
protocol ArrayArchive: Sendable {
  /// In the order of the file.
  var names: [String] { get }
  /// The array called `name`; nil if there is none.
  func array(named name: String) throws(Problem) -> NumberArray?
  /// The same without its numbers, as the header alone describes it.
  func outline(named name: String) throws(Problem) -> NumberArray?
}
