/// How many numbers of which kind there are.
struct Census: Sendable {
  var count = 0
  /// Of those that are finite.
  var range: ClosedRange<Double>?
  var notFinite = 0
  /// Whether all of them are whole.
  var areWhole = true
  /// How often each number occurs, where all are whole and few are different.
  var labels: [Int64: Int]?
  /// Whether neighbours that differ mostly differ by little, as in a picture of probabilities.
  var isSmooth = false

  /// More different numbers are no labels.
  static let mostLabels = 4096

  init(_ numbers: Numbers) {
    count = numbers.values.count
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in numbers.values {
      guard value.isFinite else {
        notFinite += 1
        areWhole = false
        continue
      }
      low = min(low, value)
      high = max(high, value)
      if areWhole, value != value.rounded() || value.magnitude > 0x1p53 { areWhole = false }
    }
    if low <= high { range = low...high }
    if areWhole { labels = Census.labels(in: numbers.values) }
    isSmooth = numbers.isSmooth(within: (high - low) * 0.03)
  }

  private static func labels(in values: [Double]) -> [Int64: Int]? {
    var counts: [Int64: Int] = [:]
    var last = (label: Int64.min, run: 0)
    for value in values {
      let label = Int64(value)
      if label == last.label {
        last.run += 1
        continue
      }
      if last.run > 0 { counts[last.label, default: 0] += last.run }
      guard counts.count <= mostLabels else { return nil }
      last = (label, 1)
    }
    if last.run > 0 { counts[last.label, default: 0] += last.run }
    return counts
  }

  /// Of several files.
  static func + (a: Census, b: Census) -> Census {
    var sum = a
    sum.count += b.count
    sum.notFinite += b.notFinite
    sum.areWhole = a.areWhole && b.areWhole
    sum.isSmooth = a.isSmooth || b.isSmooth
    if let (left, right) = a.range.flatMap({ left in b.range.map { (left, $0) } }) {
      sum.range =
        min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound)
    } else {
      sum.range = a.range ?? b.range
    }
    sum.labels = a.labels.flatMap { left in b.labels.map { left.merging($0, uniquingKeysWith: +) } }
    return sum
  }
}

extension Census {
  /// Whether there is nothing but 0 and one other number.
  var isTwofold: Bool {
    guard let labels else { return false }
    return labels.count <= 2 && labels.keys.allSatisfy { $0 >= 0 }
      && (labels.count < 2 || labels[0] != nil)
  }

  /// Whether all lie between 0 and 1, but for rounding.
  var areShares: Bool {
    guard let range else { return false }
    return notFinite == 0 && range.lowerBound >= -1e-5 && range.upperBound <= 1 + 1e-5
  }
}

extension Numbers {
  /// Whether most neighbours in a row that differ do so by at most `step`.
  fileprivate func isSmooth(within step: Double) -> Bool {
    guard let width = shape.last, width > 1 else { return false }
    var (small, large) = (0, 0)
    for index in values.indices.dropFirst() where index % width != 0 {
      let difference = (values[index] - values[index - 1]).magnitude
      if difference == 0 { continue }
      if difference <= step { small += 1 } else { large += 1 }
    }
    return small > large
  }
}

extension Numbers {
  /// The axis along which the numbers add up to 1 at almost every place, as a softmax leaves them.
  var axisOfOne: Int? {
    guard shape.count > 2 else { return nil }
    return shape.indices.first { axis in
      shape[axis] > 1 && shape[axis] <= Census.mostLabels && addUpToOne(along: axis)
    }
  }

  private func addUpToOne(along axis: Int) -> Bool {
    let (places, wrong) = sums(along: axis)
    return places > 0 && wrong * 100 <= places
  }

  /// At how many places sums were taken, and at how many they are not 1.
  private func sums(along axis: Int) -> (places: Int, wrong: Int) {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let length = shape[axis]
    var (places, wrong) = (0, 0)
    for start in stride(from: 0, to: values.count, by: inner * length) {
      for offset in 0..<inner {
        var sum = 0.0
        for k in 0..<length { sum += values[start + offset + k * inner] }
        places += 1
        if !((sum - 1).magnitude <= 0.02) { wrong += 1 }
      }
      // A few thousand places tell; where most are wrong there is nothing to find.
      if places > 4096, wrong * 10 > places { break }
    }
    return (places, wrong)
  }

  /// The least and the largest sum along an axis.
  func rangeOfSums(along axis: Int) -> ClosedRange<Double>? {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let length = shape[axis]
    guard inner > 0, length > 0 else { return nil }
    var (low, high) = (Double.infinity, -Double.infinity)
    for start in stride(from: 0, to: values.count, by: inner * length) {
      for offset in 0..<inner {
        var sum = 0.0
        for k in 0..<length { sum += values[start + offset + k * inner] }
        low = min(low, sum)
        high = max(high, sum)
      }
    }
    return low <= high ? low...high : nil
  }
}
