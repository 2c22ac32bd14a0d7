internal import Workloads

/// The files of two runs, byte by byte; the store of evidence apart, whose pages may lie in another
/// order.
enum Reports {
  static func areSame(_ one: String, _ other: String) throws(Failure) -> Bool {
    let names = Files.names(in: one).filter { !$0.hasSuffix(".sqlite") }
    guard !names.isEmpty, names == Files.names(in: other).filter({ !$0.hasSuffix(".sqlite") })
    else { return false }
    for name in names
    where try Files.read("\(one)/\(name)") != Files.read("\(other)/\(name)") { return false }
    return true
  }

  /// The number that a chain leaves of a measure, from `reductions.csv`.
  static func value(of measure: String, by reduction: String, in folder: String) throws(Failure)
    -> Double?
  {
    let lines = try Files.text("\(folder)/reductions.csv").split(whereSeparator: \.isNewline)
      .map(fields)
    guard let value = lines.first?.firstIndex(of: "value") else { return nil }
    let rows = lines.filter { $0.count > value && $0[0] == measure && $0[1] == reduction }
    return rows.last.flatMap { Double($0[value]) }
  }

  /// A line of a CSV file; nothing here is quoted but commas.
  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
