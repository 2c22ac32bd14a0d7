internal import Core

extension ValueTypes {
  /// One for both sides, or one for each.
  static func perSide<Value: Hashable & Codable>(
    _ type: ValueType<Value>, default text: String
  ) -> ValueType<PerSide<Value>> {
    either(type.map(PerSide.init(both:)), if: \.isScalar, or: sides(SideKeys(type, default: text)))
  }

  /// The same, where the absence means something of its own.
  static func perSide<Value: Hashable & Codable>(
    _ type: ValueType<Value>, otherwise words: String
  ) -> ValueType<PerSide<Value?>> {
    either(
      type.map { PerSide(both: $0) }, if: \.isScalar, or: sides(SideKeys(type, otherwise: words)))
  }

  /// One for each side.
  static func sides<Value: Hashable & Codable>(
    _ keys: SideKeys<Value>
  ) -> ValueType<PerSide<Value>> {
    section(keys).then { keys, _, _ in
      guard let predictions = keys.predictions, let truth = keys.truth else { return nil }
      return PerSide(predictions: predictions, truth: truth)
    }
  }
}
