internal import Core
internal import Pages

/// Truth maps that number objects: a class times 1000 or 256, and which one of it.
///
/// Where labels of no class are ignored, every numbered object is, without a word.
extension SetUp {
  var instanceIDs: [SetUpFault] {
    guard scheme.ignored.unlisted, scheme.coding.truth.encoding == .class else { return [] }
    var lost: [Int64: Int] = [:]
    for entry in glance.labels.entries where !isListed(entry.truth) {
      lost[entry.truth, default: 0] += entry.count
    }
    let pixels = glance.labels.entries.reduce(0) { $0 + $1.count }
    // A few stray numbers prove nothing.
    let found = [(1000, "cityscapes-instances"), (256, "kitti-instances")].compactMap {
      divisor, encoding -> (divisor: Int64, encoding: String, pixels: Int, labels: [Int64])? in
      let divisor = Int64(divisor)
      let labels = lost.keys.filter { $0 >= divisor && isClass($0 / divisor) }.sorted()
      let count = labels.reduce(0) { $0 + (lost[$1] ?? 0) }
      return labels.count > 1 ? (divisor, encoding, count, labels) : nil
    }.max { $0.pixels < $1.pixels }
    guard let found, found.pixels * 500 >= pixels else { return [] }
    let classes = Set(found.labels.map { $0 / found.divisor }).sorted().compactMap { value in
      self.classes.entry(of: value, on: .truth).map { Line.name($0.name) }
    }
    return [
      SetUpFault(
        .instanceIDs, .error, "the truth numbers objects, and they are ignored",
        "\(percent: Double(found.pixels) / Double(pixels)) of the truth that was looked at is labelled \(listed(found.labels.map { "\(Int($0))" })): \(Int(found.divisor)) times the class \(listed(classes)), plus the number of an object. `ignore: unlisted` drops all of it",
        remedy: "Say under `decode` how the truth is numbered",
        lines: ["encoding: {truth: \(found.encoding)}"],
        numbers: ["ignored_share": Double(found.pixels) / Double(pixels)])
    ]
  }

  /// Whether a number of the truth is a class, or named as ignored.
  func isListed(_ number: Int64) -> Bool {
    guard let label = scheme.coding.truth.label(of: number) else { return true }
    return isClass(label) || scheme.ignored.labels.contains(label)
  }
}
