extension String {
  /// In the order in which people number files: `frame 9` comes before `frame 10`.
  ///
  /// Bytes, but for runs of digits, which are compared as numbers; names that differ in zeros only are
  /// compared as bytes.
  func comesNaturallyBefore(_ other: String) -> Bool {
    let (a, b) = (Array(utf8), Array(other.utf8))
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[i].isDigit, b[j].isDigit {
        let (left, right) = (a.number(at: &i), b.number(at: &j))
        if left.count != right.count { return left.count < right.count }
        if left != right { return left.lexicographicallyPrecedes(right) }
      } else if a[i] != b[j] {
        return a[i] < b[j]
      } else {
        i += 1
        j += 1
      }
    }
    if i < a.count || j < b.count { return i == a.count }
    return a.lexicographicallyPrecedes(b)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 48 && self <= 57 }
}

extension [UInt8] {
  /// The digits from a place on, without leading zeros; moves the place behind them.
  fileprivate func number(at place: inout Int) -> ArraySlice<UInt8> {
    let start = place
    while place < count, self[place].isDigit { place += 1 }
    return self[start..<place].drop { $0 == 48 }
  }
}
