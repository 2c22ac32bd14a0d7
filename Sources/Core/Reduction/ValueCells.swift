extension Values {
  /// Numbers, some of which do not exist, in half the room of an array of optionals: a run of
  /// 100,000 images has millions of them.
  package struct Cells: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
    /// NaN stands for what does not exist.
    private var numbers: [Double] = []

    package init(_ values: some Sequence<Double?>) {
      numbers.reserveCapacity(values.underestimatedCount)
      for value in values { append(value) }
    }

    package init(arrayLiteral elements: Double?...) { self.init(elements) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { numbers.count }

    package subscript(place: Int) -> Double? { numbers[place].isNaN ? nil : numbers[place] }

    package mutating func replace(_ place: Int, by value: Double?) {
      numbers[place] = value ?? .nan
    }

    package mutating func append(_ value: Double?) { numbers.append(value ?? .nan) }

    package mutating func reserveCapacity(_ count: Int) { numbers.reserveCapacity(count) }

    package static func += (cells: inout Cells, others: Cells) { cells.numbers += others.numbers }

    // NaN does not equal itself.
    package static func == (a: Cells, b: Cells) -> Bool { a.elementsEqual(b) }

    package func hash(into hasher: inout Hasher) { for value in self { hasher.combine(value) } }
  }
}
