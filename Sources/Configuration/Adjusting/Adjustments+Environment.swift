internal import Core
internal import Decoding

// `${NAME}` in a path stands for a variable of the environment, for directories that carry a date.

extension Adjustments {
  /// The keys whose values are paths, and whether these are patterns.
  private static let paths = [
    "decode.predictions": true, "decode.truth": true, "decode.names": false,
    "sample_weight.images": false, "report.to": false,
  ]

  /// The settings with every variable in a path filled in.
  func filled(_ setting: Setting) throws(Problem) -> Setting {
    switch setting.content {
    case .mapping(let entries):
      var filled: [Setting.Entry] = []
      for entry in entries {
        filled.append(.init(key: entry.key, value: try self.filled(entry.value)))
      }
      return setting.containing(.mapping(filled))
    case .text(let text, let isQuoted):
      guard let isPattern = Adjustments.paths[setting.path], text.contains("${") else {
        return setting
      }
      let (path, names) = try filled(text, isPattern: isPattern, setting)
      var filled = setting.containing(.text(path, isQuoted: isQuoted))
      filled.origin.variables = names
      return filled
    case .list: return setting
    }
  }

  private func filled(
    _ text: String, isPattern: Bool, _ setting: Setting
  ) throws(Problem) -> (path: String, names: [String]) {
    var (path, rest, names) = ("", text[...], [String]())
    while let start = rest.firstRange(of: "${") {
      path += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else {
        throw setting.problem("'${' has no '}'", remedy: "write ${NAME}")
      }
      let name = String(rest[..<end])
      guard let value = environment(name), !value.isEmpty else {
        throw setting.problem(
          "the variable '\(printable(name))' of the environment is not set",
          remedy: "set it: \(printable(name))=… unmask run, or write the path out")
      }
      path += isPattern ? value.literalInPattern : value
      names.append(name)
      rest = rest[rest.index(after: end)...]
    }
    return (path + rest, names)
  }
}
