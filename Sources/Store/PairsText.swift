/// Whole numbers by whole numbers as JSON, `{"0":12,"7":3}`, which SQLite can take apart.
struct PairsText {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  mutating func add(_ key: Int, _ count: Int) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    add(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    add(count)
  }

  private mutating func add(_ number: Int) {
    var (rest, digits) = (number.magnitude, 1)
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
    rest = number.magnitude
    for place in stride(from: start + digits - 1, through: start, by: -1) {
      bytes[place] += UInt8(rest % 10)
      rest /= 10
    }
  }

  var text: String { String(decoding: bytes + [UInt8(ascii: "}")], as: UTF8.self) }

  /// `nil` where a text is not written so.
  static func pairs(in text: String) -> [(key: Int, count: Int)]? {
    var pairs: [(Int, Int)] = []
    var reader = Reader(rest: Array(text.utf8)[...])
    guard reader.take("{") else { return nil }
    while !reader.take("}") {
      guard pairs.isEmpty || reader.take(","), reader.take("\""), let key = reader.number(),
        reader.take("\""), reader.take(":"), let count = reader.number()
      else { return nil }
      pairs.append((key, count))
    }
    return reader.rest.isEmpty ? pairs : nil
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ sign: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: sign) else { return false }
      rest.removeFirst()
      return true
    }

    /// Of at most 18 digits, which no sum of two makes overflow.
    mutating func number() -> Int? {
      var (number, digits) = (0, 0)
      while let digit = rest.first, (0x30...0x39).contains(digit), digits < 18 {
        number = number * 10 + Int(digit - 0x30)
        digits += 1
        rest.removeFirst()
      }
      return digits > 0 ? number : nil
    }
  }
}
