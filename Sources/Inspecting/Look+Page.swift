internal import Core
internal import Decoding
package import Pages

extension Look {
  /// What `unmask inspect` says of a file.
  package var page: Page {
    [.section("\(name: path)", [.table(table)])]
  }

  private var table: Table {
    var table = Table(["", ""], textColumns: 2)
    table.hasHeading = false
    if case .archive = form { table.add(["archive", "\(count: members.count, "array")"]) }
    for member in members {
      for (title, text) in rows(of: member) { table.add([title, text]) }
    }
    return table
  }

  private func rows(of member: Member) -> [(Line, Line)] {
    let size = "(\(member.shape.map(String.init).joined(separator: ", ")))"
    var rows: [(Line, Line)] = []
    switch form {
    case .picture(let header, let palette):
      rows.append(("picture", "\(header.width) × \(header.height), \(text: member.type)"))
      if !palette.isEmpty { rows.append(("palette", palette.line)) }
    case .runs(let images):
      rows.append(("runs", "masks of \(count: images, "image"), the first of \(text: size)"))
    case .pages: rows.append(("TIFF", "\(text: member.type), \(text: size)"))
    case .volume: rows.append(("volume", "\(text: member.type), \(text: size)"))
    case .array: rows.append(("array", "\(text: member.type), \(text: size)"))
    case .archive:
      rows.append(("array", "\(code: "#\(member.name)"): \(text: member.type), \(text: size)"))
    }
    return rows + member.numbers + [("looks like", member.meaning.line(of: member))]
  }
}

extension Look.Member {
  fileprivate var numbers: [(Line, Line)] {
    if let colors {
      let most = colors.sorted { ($1.value, $0.key.text) < ($0.value, $1.key.text) }
      let listed: [Line] = most.map {
        "\(text: $0.key.text) \(percent: Double($0.value) / Double(census.count))"
      }
      return [("colours", "\(count: colors.count): \(Line(listing: listed, most: 8))")]
    }
    if meaning.kind == .picture { return [("colours", "more than label maps have")] }
    var rows: [(Line, Line)] = []
    if let range = census.range {
      rows.append(("range", census.areWhole ? range.exact : range.line))
    }
    if census.notFinite > 0 {
      rows.append(("not finite", "\(count: census.notFinite, "number")"))
    }
    if let sums, let axis = meaning.classAxis {
      rows.append(
        ("sums", "\(sums.line) over \(shape[axis]) classes"))
    }
    if let labels = census.labels, !labels.isEmpty, meaning.kind != .levels {
      rows.append(("labels", Line(labels: labels)))
      if labels.count > 1, labels.count <= 300 { rows.append(("pixels", Line(counts: labels))) }
    }
    if let noData { rows.append(("nothing is", "\(exact: noData), by the file's nodata tag")) }
    if isSample { rows.append(("looked at", "evenly spaced numbers, \(count: census.count)")) }
    return rows
  }
}

extension ClosedRange<Double> {
  fileprivate var line: Line { "\(lowerBound) … \(upperBound)" }
  fileprivate var exact: Line { "\(exact: lowerBound) … \(exact: upperBound)" }
}

extension Line {
  /// `0…5, and 255 in 3.2 % of the pixels`
  init(labels: [Int64: Int], most: Int = 20) {
    let all = labels.values.reduce(0, +)
    guard let share = labels[255], let rest = Optional(labels.keys.filter { $0 != 255 }),
      let last = rest.max(), last < 254
    else {
      self = .text(runs(of: labels.keys, most: most))
      return
    }
    self =
      "\(text: runs(of: rest, most: most)), and 255 in \(percent: Double(share) / Double(max(1, all))) of the pixels"
  }

  /// How often each label occurs, the most frequent first.
  fileprivate init(counts labels: [Int64: Int]) {
    let most = labels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(listing: most.map { "\(text: "\($0.key)"): \(count: $0.value)" }, most: 12)
  }
}

/// `0…5, 7, 9…11`
func runs(of labels: some Sequence<Int64>, most: Int = 20) -> String {
  var runs: [ClosedRange<Int64>] = []
  for label in labels.sorted() {
    if let last = runs.last, last.upperBound == label - 1 {
      runs[runs.count - 1] = last.lowerBound...label
    } else {
      runs.append(label...label)
    }
  }
  let texts = runs.flatMap { run in
    switch run.count {
    case 1: ["\(run.lowerBound)"]
    case 2: ["\(run.lowerBound)", "\(run.upperBound)"]
    default: ["\(run.lowerBound)…\(run.upperBound)"]
    }
  }
  let shown = texts.prefix(most).joined(separator: ", ")
  return texts.count > most ? "\(shown), … \(runs[runs.count - 1].upperBound)" : shown
}

extension PNGImage.RGB {
  var text: String { "[\(red), \(green), \(blue)]" }
  var isGrey: Bool { red == green && green == blue }
}

extension [PNGImage.RGB] {
  fileprivate var line: Line {
    let first = map { $0.isGrey ? "\($0.red)" : $0.text }
    let shown = Line(listing: first.map(Line.text), most: 6)
    return allSatisfy(\.isGrey)
      ? "\(count: count, "grey"): \(shown)" : "\(count: count, "colour"): \(shown)"
  }
}

extension Meaning {
  /// The guess in words, with what to write into pipeline.yml.
  fileprivate func line(of member: Look.Member) -> Line {
    let classes = classAxis.map { member.shape[$0] }
    let letters = axes.filter { $0 != "1" }
    let order: Line = letters.isEmpty || letters == "HW" ? "" : ", \(code: "axes: \(letters)")"
    switch kind {
    case .labels where member.census.holdsObjects:
      return "numbers of objects: a label and its object, or an object alone\(order)"
    case .labels: return "a label map: `kind: labels`\(order)"
    case .mask: return "a mask of one class, or a label map of two: `kind: labels`\(order)"
    case .masks: return "a mask of each of \(count: classes ?? 0, "class", "classes")\(order)"
    case .levels: return "probabilities of one class, as levels: `kind: probabilities`\(order)"
    case .probabilities, .logits: return real(classes, order)
    case .colors: return "a label map in colours, which classes with `color` read"
    case .picture: return "a picture of the scene, neither truth nor predictions"
    case .unknown: return "nothing that is read as truth or predictions"
    }
  }

  private func real(_ classes: Int?, _ order: Line) -> Line {
    let many: Line = classes.map { "\(count: $0, "class", "classes")" } ?? "one class"
    let unsure: Line = axes.isEmpty ? "; which axis is which cannot be told: say `axes`" : order
    if kind == .logits {
      return "logits of \(many), since they leave 0 to 1: `kind: logits`\(unsure)"
    }
    return addsUpToOne
      ? "probabilities of \(many) that add up to 1: `kind: probabilities`, `activation: softmax`\(unsure)"
      : "probabilities of \(many) that do not add up to 1: `kind: probabilities`, `activation: sigmoid`\(unsure)"
  }
}
