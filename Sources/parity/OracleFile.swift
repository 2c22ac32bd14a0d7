import Counting
import Foundation

/// One file of an oracle: what one framework printed for one set.
struct OracleFile {
  var results: [OracleResult]
  /// `sample_weight`, where the file says it.
  var imageWeights: [Double]?

  /// `nil` where the file is not an oracle's.
  init?(_ path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let results = root["results"] as? [[String: Any]]
    else { return nil }
    self.results = results.compactMap(OracleResult.init)
    let meta = root["meta"] as? [String: Any]
    imageWeights = (meta?["sample_weight"] as? [NSNumber])?.map(\.doubleValue)
  }
}

/// One value of an oracle.
struct OracleResult {
  var id: String
  var isDouble: Bool
  /// Flat, in the order of the array; `nil` inside for NaN, and as a whole where it is not an
  /// array.
  var numbers: [Double?]?
  /// A dictionary, its keys joined by `/`.
  var named: [String: Double?]?
  /// What the framework said instead of a value.
  var failure: String?
  /// A large array: some of its values, and what is true of all.
  var map: Map?

  struct Map {
    var shape: [Int]
    var samples: [(index: [Int], value: Double)]
    var mean: Double
    var smallest: Double
    var largest: Double
    var deviation: Double
  }

  init?(_ result: [String: Any]) {
    guard let id = result["id"] as? String else { return nil }
    // The same id has two forms of call, with an index behind it or not.
    let isBoth = (result["call"] as? String)?.hasSuffix("return_counts=True)") ?? false
    let isClamped = (result["call"] as? String)?.contains(".clamp_min(1e-7)),lab)") ?? false
    self.id = isBoth ? "\(id), both" : isClamped ? "\(id), clamped" : id
    let dtype = result["dtype"] as? String
    // Of masks, what counts is what comes out.
    isDouble = (dtype == "bool" ? result["result_dtype"] as? String : dtype) == "float64"
    failure = result["error"].map { String(describing: $0) }
    map = Map(result)
    // Of some dictionaries the digits were not written, and their numbers were.
    let digits = result["value17"].flatMap { ($0 as? [String: Any])?.isEmpty == true ? nil : $0 }
    guard let value = digits ?? result["value"] else { return }
    if let dictionary = value as? [String: Any] {
      let named = flat(dictionary)
      self.named = named.isEmpty ? nil : named
      // `evaluate` prints its metrics beside the loss.
      if let loss = named["loss"] { (self.named, numbers) = (nil, [loss]) }
    } else {
      numbers = flat(value)
    }
  }
}

private func flat(_ dictionary: [String: Any]) -> [String: Double?] {
  var named: [String: Double?] = [:]
  for (key, value) in dictionary {
    if let inner = value as? [String: Any] {
      for (rest, number) in flat(inner) { named["\(key)/\(rest)"] = number }
    } else if let number = flat(value)?.first {
      named[key] = number
    }
  }
  return named
}

private func flat(_ value: Any) -> [Double?]? {
  if value is NSNull { return [nil] }
  if let text = value as? String { return text == "nan" ? [nil] : Double(text).map { [$0] } }
  if let number = value as? NSNumber { return [number.doubleValue] }
  guard let list = value as? [Any] else { return nil }
  var numbers: [Double?] = []
  for item in list {
    guard let part = flat(item) else { return nil }
    numbers += part
  }
  return numbers
}

extension OracleResult.Map {
  init?(_ result: [String: Any]) {
    guard let stats = (result["map_stats"] as? [String: Any]).map(flat),
      let shape = result["result_shape"] as? [Int],
      let mean = stats["mean"] ?? nil, let smallest = stats["min"] ?? nil,
      let largest = stats["max"] ?? nil, let deviation = stats["std"] ?? nil
    else { return nil }
    self.shape = shape
    (self.mean, self.smallest) = (mean, smallest)
    (self.largest, self.deviation) = (largest, deviation)
    samples = (result["map_samples"] as? [[String: Any]] ?? []).compactMap { sample in
      guard let index = sample["index"] as? [Int],
        let value = (sample["value17"] as? String).flatMap(Double.init)
      else { return nil }
      return (index, value)
    }
  }

  var numbers: [Double?] { [mean, smallest, largest, deviation] + samples.map(\.value) }

  /// The same of the product's map, which is laid out in the same order.
  func numbers(of values: [Double]) -> [Double?] {
    guard values.count == shape.reduce(1, *) else { return [] }
    let statistics = MapStatistics(of: values)
    let places = samples.map { sample in
      zip(shape, sample.index).reduce(0) { $0 * $1.0 + $1.1 }
    }
    return [
      statistics.mean, statistics.smallest, statistics.largest, statistics.deviation,
    ] + places.map { values[$0] }
  }
}
