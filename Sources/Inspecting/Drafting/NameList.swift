internal import Configuration
internal import Core
internal import Decoding

/// The names of classes as a file beside the data gives them.
struct NameList: Sendable {
  var path: String
  /// By label.
  var names: [Int64: String]

  /// The names of labels 0 to `count` − 1; `nil` where the list has other labels.
  func ordered(_ count: Int) -> [String]? {
    guard names.count == count else { return nil }
    let listed = (0..<count).compactMap { names[Int64($0)] }
    return listed.count == count && Set(listed).count == count ? listed : nil
  }

  /// Those among some files that name classes: nnU-Net's dataset.json, data.yaml of Ultralytics, and
  /// lists with one name a line.
  static func all(among paths: [String]) -> [NameList] {
    paths.sorted().compactMap { path in
      let name = FileName(path)
      switch (name.stem.lowercased(), name.ending.lowercased()) {
      case ("dataset", ".json"), ("data", ".yaml"), ("data", ".yml"), ("dataset", ".yaml"):
        return NameList(settings: path)
      case ("classes", ".txt"), ("labels", ".txt"), ("class_names", ".txt"), ("obj", ".names"):
        return NameList(lines: path)
      default: return nil
      }
    }
  }

  /// JSON is YAML as well.
  private init?(settings path: String) {
    guard let root = try? Setting(parsing: readText(path), file: path),
      let entries = try? root.entries,
      let listed = entries.first(where: { ["labels", "names"].contains($0.key) })?.value
    else { return nil }
    self.init(path: path, names: [:])
    for (place, item) in ((try? listed.list) ?? []).enumerated() {
      names[Int64(place)] = try? item.string
    }
    // {"road": 1} or {"1": "road"}
    for entry in (try? listed.entries) ?? [] {
      if let label = try? entry.value.int {
        names[Int64(label)] = entry.key
      } else if let label = Int64(entry.key), let name = try? entry.value.string {
        names[label] = name
      }
    }
    if names.isEmpty { return nil }
  }

  private init?(lines path: String) {
    guard let text = try? readText(path) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
    guard (1...4096).contains(lines.count) else { return nil }
    self.init(
      path: path,
      names: Dictionary(
        uniqueKeysWithValues: lines.enumerated().map { (Int64($0), $1) }))
  }

  private init(path: String, names: [Int64: String]) {
    self.path = path
    self.names = names
  }
}

extension Substring {
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// A text file beside the data whose lines are just these images.
func list(of images: Set<String>, among paths: [String]) -> String? {
  paths.sorted().first { path in
    guard [".txt", ".lst"].contains(FileName(path).ending.lowercased()),
      let text = try? readText(path)
    else { return false }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
    return lines.count == images.count && Set(lines) == images
  }
}
