package import Pages

/// What a verdict or a finding means, for `unmask explain` and docs/diagnosis.md, which says the
/// same.
package struct Words: Hashable, Sendable {
  /// In one or two sentences, without the letters of the test.
  package var meaning: Line
  /// When it is said, with its bound.
  package var test: Line
  /// What to do next.
  package var remedy: Line
}
