internal import Core
internal import Raster

/// Numbers of a label map that mean nothing, with how often and where first.
struct ForeignLabels {
  private var found: [Int64: (count: Int, first: Int)] = [:]
  private var areColors = false
  /// Pixels whose colour was nearly that of a class.
  var nearColors = 0

  init(areColors: Bool = false) { self.areColors = areColors }

  mutating func note(_ value: Int64, at pixel: Int, count: Int = 1) {
    found[value, default: (0, pixel)].count += count
  }

  /// In a truth every number must mean something.
  ///
  /// - Parameter map: the classes of the truth; `nil` where a label may be several.
  func problem(
    in source: NumberPlane, _ map: LabelMap?, _ rules: DecodeRules
  ) -> Problem? {
    let sorted = found.sorted { $0.value.first < $1.value.first }
    guard let first = sorted.first else { return nil }
    let (row, column) = first.value.first.quotientAndRemainder(dividingBy: source.plane.width)
    let list = sorted.prefix(5).map { "\(text($0.key)) (\(Figure.count($0.value.count, "pixel")))" }
    let more = sorted.count > 5 ? " and \(sorted.count - 5) more" : ""
    return Problem(
      "truth has labels that are neither a class nor ignored: \(list.joined(separator: ", "))\(more), first at row \(row), column \(column)",
      at: .file(source.file),
      remedy: areColors
        ? "add the colour to a class or to ignore, or say ignore: unlisted; colours that are nearly right, as JPEG leaves them, are read with color_tolerance"
        : remedy(map.map { Set($0.labels).filter { $0 < Label.none } }, rules))
  }

  /// What the numbers may be comes before dropping them.
  ///
  /// - Parameter present: the classes that the truth has.
  private func remedy(_ present: Set<Label>?, _ rules: DecodeRules) -> String {
    let strays = found.keys.sorted()
    let rest = "add them to classes or to ignore, or say ignore: unlisted"
    if let encoding = objects(strays, rules) {
      return
        "they are \(encoding.factor) times a class plus the number of an object: say encoding: {truth: \(encoding.name)}; or \(rest)"
    }
    if strays == [0], !rules.areClassesExclusive, rules.kind != .labels {
      return
        "does 0 mean background? then say unclassed: 0, it is in no class and counts; if it is nothing say ignore: 0; or \(rest)"
    }
    if strays == [0] {
      return
        "does 0 mean background? then list it first, {name: background, value: 0}; if it is nothing say ignore: 0; or \(rest)"
    }
    if let present, strays == [255], let mask = mask(of: present, rules) {
      return "\(mask); or \(rest)"
    }
    let count = Int64(rules.classes.count)
    let isPlain = rules.classes.entries.enumerated().allSatisfy { place, entry in
      entry.labels.truth == [Int64(place)]
    }
    if strays == [count], isPlain {
      if let present, !present.contains(0) {
        let list = rules.classes.entries.enumerated().map { place, entry in
          "{name: \(yamlText(entry.name)), value: \(place + 1)}"
        }
        return
          "the list has the labels 0 to \(count - 1), and here there is no 0: are they numbered from 1? then say so, classes: [\(list.joined(separator: ", "))]; does 0 mean background? then write background at the head of classes; else \(rest)"
      }
      return
        "labels run from 0 to \(count) and the list has \(Figure.count(Int(count), "class", "classes")): does 0 mean background? then write background at the head of classes; else \(rest)"
    }
    return rest
  }

  /// Where 255 stands beside one class at most: the mask of one class, in a run of several, or void.
  ///
  /// Which class it is only the predictions tell, and the set-up names it once they are read.
  private func mask(of present: Set<Label>, _ rules: DecodeRules) -> String? {
    let entries = rules.classes.entries
    guard rules.kind == .labels, entries.count > 2, present.count == 1, let rest = present.first,
      entries[Int(rest)].labels.truth == [0]
    else { return nil }
    return
      "a truth of 0 and 255 alone is the mask of one class, or 255 is void: say ignore: 255, and a run then says which of the classes lies there, with the lines to write"
  }

  /// The encoding by which most stray numbers are objects of listed classes.
  private func objects(
    _ strays: [Int64], _ rules: DecodeRules
  ) -> (name: String, factor: Int64)? {
    guard rules.scheme.coding.truth.encoding == .class else { return nil }
    return [("cityscapes-instances", 1000), ("kitti-instances", 256)].first { _, factor in
      let objects = strays.filter {
        $0 >= factor && rules.classes.entry(of: $0 / factor, on: .truth) != nil
      }
      return objects.count * 2 > strays.count
    }
  }

  private func text(_ value: Int64) -> String {
    areColors ? "[\(value >> 16), \(value >> 8 & 255), \(value & 255)]" : "\(value)"
  }
}
