/// The keys `predictions` and `truth` below a key that each side may have for itself.
struct SideKeys<Value: Sendable>: KeyList {
  let predictions: Key<Value>
  let truth: Key<Value>

  var all: [any AnyKey] { [predictions, truth] }
}

/// What the two keys say of themselves.
struct SideSentences: Sendable {
  var predictions = "That of the predictions."
  var truth = "That of the truth."
}

extension SideKeys {
  /// Each reads, where it is left out, as if `text` were written.
  init(
    _ type: ValueType<Value>, default text: String, saying sentences: SideSentences = .init()
  ) {
    predictions = Key("predictions", type, default: text, sentences.predictions)
    truth = Key("truth", type, default: text, sentences.truth)
  }

  /// The absence of each means something of its own.
  init<Wrapped>(
    _ type: ValueType<Wrapped>, otherwise words: String, saying sentences: SideSentences = .init()
  ) where Value == Wrapped? {
    predictions = Key("predictions", type, otherwise: words, sentences.predictions)
    truth = Key("truth", type, otherwise: words, sentences.truth)
  }
}
