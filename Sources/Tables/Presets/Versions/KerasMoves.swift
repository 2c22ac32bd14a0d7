extension Preset {
  /// What Keras 3 printed otherwise.
  static let kerasMoves: [Move] = kerasBefore.filter { $0.id.hasPrefix("keras-3.0.") }
    .compactMap { before in
      let id = "keras\(before.id.dropFirst("keras-3.0".count))"
      guard let library = Library.named("keras"), let later = keras.first(where: { $0.id == id })
      else { return nil }
      return Move(
        library: library, preset: id, call: later.call, since: Version(3, 2),
        before: .preset(before),
        why:
          "The number of an epoch was the mean of the batches, so a last batch that is not full counted as much as a full one (#19363).",
        source: "keras 3.1.1 and 3.15.1: keras/src/backend/*/trainer.py; both were run")
    }
}
