/// A number that is written as `null` where it is undefined, and never as −0.
@propertyWrapper
struct Nullable: Codable, Sendable {
  var wrappedValue: Double?

  init(wrappedValue: Double? = nil) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Double.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue + 0)
    } else {
      try container.encodeNil()
    }
  }
}

extension KeyedDecodingContainer {
  /// Of a record that was written before there was such a number.
  func decode(_ type: Nullable.Type, forKey key: Key) throws -> Nullable {
    try decodeIfPresent(type, forKey: key) ?? Nullable()
  }
}
