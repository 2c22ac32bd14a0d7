/// One of the two things that are compared at every pixel.
package enum Side: String, CaseIterable, Sendable {
  case predictions, truth

  package var other: Side { self == .truth ? .predictions : .truth }
}

/// Something that is said of the predictions and of the truth; it is written once where it is the same.
///
/// What a value must be able to do is asked where it is done: a condition of the type itself would be
/// looked up for each of the key list's types whenever the program starts.
package struct PerSide<Value: Sendable>: Sendable {
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
}

extension PerSide: Equatable where Value: Equatable {
  package var isSame: Bool { predictions == truth }
}

extension PerSide: Hashable where Value: Hashable {}

private enum SideKey: CodingKey { case predictions, truth }

extension PerSide: Decodable where Value: Decodable {
  /// - Throws: DecodingError: it is neither one value nor one for each side.
  package init(from decoder: any Decoder) throws {
    if let keys = try? decoder.container(keyedBy: SideKey.self), keys.contains(.truth) {
      self.init(
        predictions: try keys.decode(Value.self, forKey: .predictions),
        truth: try keys.decode(Value.self, forKey: .truth))
    } else {
      self.init(both: try Value(from: decoder))
    }
  }
}

extension PerSide: Encodable where Value: Encodable & Equatable {
  /// - Throws: EncodingError: the encoder does not take a value.
  package func encode(to encoder: any Encoder) throws {
    guard !isSame else { return try predictions.encode(to: encoder) }
    var keys = encoder.container(keyedBy: SideKey.self)
    try keys.encode(predictions, forKey: .predictions)
    try keys.encode(truth, forKey: .truth)
  }
}
