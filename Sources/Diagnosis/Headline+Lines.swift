package import Pages

extension Headline {
  /// `bce` by `keras`, or a preset's name, as code.
  package var code: Line { reduction.map { "\(code: name) by \(code: $0)" } ?? "\(code: name)" }

  /// The same as names.
  package var words: Line {
    reduction.map { "\(name: name) by \(name: $0)" } ?? "\(name: name)"
  }
}
