/// The version of a library, as `0.5` or `1.4.2`; numbers that are left out are 0.
package struct Version: Hashable, Sendable {
  /// Without zeros at the end.
  private var numbers: [Int]

  package init(_ numbers: Int...) { self.init(numbers) }

  private init(_ numbers: [Int]) {
    self.numbers = numbers
    while self.numbers.last == 0 { self.numbers.removeLast() }
  }

  /// `nil` where the text is no version.
  package init?(parsing text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    guard numbers.count == parts.count, parts.count <= 4 else { return nil }
    self.init(numbers)
  }

  /// Its first two numbers: releases of one line differ in mended faults alone, as a rule.
  var line: Version { Version(Array(numbers.prefix(2))) }
}

extension Version: Comparable {
  package static func < (left: Version, right: Version) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}

extension Version: CustomStringConvertible {
  /// At least two numbers.
  package var description: String {
    let padded = numbers + Array(repeating: 0, count: max(0, 2 - numbers.count))
    return padded.map(String.init).joined(separator: ".")
  }
}
