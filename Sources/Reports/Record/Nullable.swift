/// A number that is written as `null` where it is undefined, and never as −0.
@propertyWrapper
struct Nullable: Encodable {
  var wrappedValue: Double?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue + 0)
    } else {
      try container.encodeNil()
    }
  }
}
