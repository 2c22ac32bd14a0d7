// As few JSON values as can be: an object a number would take more time than the look itself.

extension TurnedClass: Codable {
  package init(from decoder: any Decoder) throws {
    var numbers = try decoder.unkeyedContainer()
    self.init(
      both: try numbers.decode(Int.self), truth: try numbers.decode(Int.self),
      predicted: try numbers.decode(Int.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var numbers = encoder.unkeyedContainer()
    for number in [both, truth, predicted] { try numbers.encode(number) }
  }
}

extension LabelPairs: Codable {
  package init(from decoder: any Decoder) throws {
    let numbers = try decoder.singleValueContainer().decode([Int64].self)
    var counts: [Pair: Int] = [:]
    for start in stride(from: 0, to: numbers.count, by: 3) {
      guard start + 2 < numbers.count, let count = Int(exactly: numbers[start + 2]) else {
        throw corrupted(decoder, "three numbers a pair")
      }
      counts[Pair(truth: numbers[start], predicted: numbers[start + 1])] = count
    }
    self.init(counts)
  }

  /// Truth, prediction and count of each pair, one after the other.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(entries.flatMap { [$0.truth, $0.predicted, Int64($0.count)] })
  }
}

extension ImageView: Codable {
  private enum CodingKeys: CodingKey { case index, rows, columns, truth, predicted, ignored }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func places(_ text: String) throws -> [Int] {
      guard let places = [Int](placesIn: text) else {
        throw corrupted(decoder, "hexadecimal digits")
      }
      return places
    }
    self.init(
      index: try container.decode(Int.self, forKey: .index),
      rows: try container.decode(Int.self, forKey: .rows),
      columns: try container.decode(Int.self, forKey: .columns),
      truth: try container.decode([String].self, forKey: .truth).map(places),
      predicted: try container.decode([String].self, forKey: .predicted).map(places),
      ignored: try places(container.decode(String.self, forKey: .ignored)))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(truth.map(\.placesText), forKey: .truth)
    try container.encode(predicted.map(\.placesText), forKey: .predicted)
    try container.encode(ignored.placesText, forKey: .ignored)
  }
}

extension [Int] {
  /// A bit a place, four to a hexadecimal digit, the first place in the first digit's lowest bit; up to
  /// the last digit that is not 0.
  fileprivate var placesText: String {
    guard let last = self.max() else { return "" }
    var digits = [UInt8](repeating: 0, count: last / 4 + 1)
    for place in self { digits[place / 4] |= 1 << UInt8(place % 4) }
    return String(decoding: digits.map { $0 < 10 ? 48 + $0 : 87 + $0 }, as: UTF8.self)
  }

  /// In rising order; `nil` where something is no digit.
  fileprivate init?(placesIn text: String) {
    self = []
    for (index, digit) in text.utf8.enumerated() {
      guard let bits = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
      for bit in 0..<4 where bits >> bit & 1 == 1 { append(4 * index + bit) }
    }
  }
}

private func corrupted(_ decoder: any Decoder, _ expected: String) -> DecodingError {
  .dataCorrupted(
    .init(codingPath: decoder.codingPath, debugDescription: "expected \(expected)"))
}
