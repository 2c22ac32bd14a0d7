/// One of the two things that are compared at every pixel.
package enum Side: String, CaseIterable, Sendable {
  case predictions, truth

  package var other: Side { self == .truth ? .predictions : .truth }
}

/// Something that is said of the predictions and of the truth; it is written once where it is the same.
package struct PerSide<Value: Hashable & Codable & Sendable>: Hashable, Sendable {
  package var predictions: Value
  package var truth: Value

  package init(predictions: Value, truth: Value) {
    self.predictions = predictions
    self.truth = truth
  }

  /// The same on both sides.
  package init(both value: Value) { self.init(predictions: value, truth: value) }

  package subscript(side: Side) -> Value {
    get { side == .truth ? truth : predictions }
    set { if side == .truth { truth = newValue } else { predictions = newValue } }
  }

  package var isSame: Bool { predictions == truth }
}

extension PerSide: Codable {
  private enum CodingKeys: CodingKey { case predictions, truth }

  /// - Throws: DecodingError: it is neither one value nor one for each side.
  package init(from decoder: any Decoder) throws {
    if let keys = try? decoder.container(keyedBy: CodingKeys.self), keys.contains(.truth) {
      self.init(
        predictions: try keys.decode(Value.self, forKey: .predictions),
        truth: try keys.decode(Value.self, forKey: .truth))
    } else {
      self.init(both: try Value(from: decoder))
    }
  }

  /// - Throws: EncodingError: the encoder does not take a value.
  package func encode(to encoder: any Encoder) throws {
    guard !isSame else { return try predictions.encode(to: encoder) }
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(predictions, forKey: .predictions)
    try keys.encode(truth, forKey: .truth)
  }
}
