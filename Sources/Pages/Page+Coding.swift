internal import Core

// A page within a record: whoever has the record can show it as any document again.

extension Block: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case title, text, lines, list, steps, code, table, warning, chart, trends, pictures, details,
      section
    case points, rest, blocks
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .title(let line): try container.encode(line, forKey: .title)
    case .paragraph(let line): try container.encode(line, forKey: .text)
    case .lines(let lines): try container.encode(lines, forKey: .lines)
    case .list(let items): try container.encode(items, forKey: .list)
    case .steps(let lines): try container.encode(lines, forKey: .steps)
    case .code(let text): try container.encode(text, forKey: .code)
    case .table(let table): try container.encode(table, forKey: .table)
    case .warning(let line, let points, let rest):
      try container.encode(line, forKey: .warning)
      try container.encode(points, forKey: .points)
      try container.encodeIfPresent(rest, forKey: .rest)
    case .pictures(let pictures): try container.encode(pictures, forKey: .pictures)
    case .chart(let chart): try container.encode(chart, forKey: .chart)
    case .trends(let trends): try container.encode(trends, forKey: .trends)
    case .details(let line, let blocks):
      try container.encode(line, forKey: .details)
      try container.encode(blocks, forKey: .blocks)
    case .section(let line, let blocks):
      try container.encode(line, forKey: .section)
      try container.encode(blocks, forKey: .blocks)
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func line(_ key: Key) throws -> Line { try container.decode(Line.self, forKey: key) }
    func blocks() throws -> [Block] { try container.decode([Block].self, forKey: .blocks) }
    let kinds = container.allKeys.filter { ![.points, .rest, .blocks].contains($0) }
    switch kinds.first {
    case .title: self = .title(try line(.title))
    case .text: self = .paragraph(try line(.text))
    case .lines: self = .lines(try container.decode([Line].self, forKey: .lines))
    case .list: self = .list(try container.decode([Item].self, forKey: .list))
    case .steps: self = .steps(try container.decode([Line].self, forKey: .steps))
    case .code: self = .code(try container.decode(String.self, forKey: .code))
    case .table: self = .table(try container.decode(Table.self, forKey: .table))
    case .warning:
      self = .warning(
        try line(.warning), points: try container.decode([Line].self, forKey: .points),
        rest: try container.decodeIfPresent(Line.self, forKey: .rest))
    case .pictures: self = .pictures(try container.decode([Picture].self, forKey: .pictures))
    case .chart: self = .chart(try container.decode(Chart.self, forKey: .chart))
    case .trends: self = .trends(try container.decode([Trend].self, forKey: .trends))
    case .details: self = .details(try line(.details), try blocks())
    case .section: self = .section(try line(.section), try blocks())
    default:
      // A newer version's block, of which nothing is known but that it is there.
      self = .paragraph("(a part that this version cannot show)")
    }
  }
}

extension Item: Codable {
  private enum CodingKeys: String, CodingKey {
    case line = "text"
    case items
  }

  package func encode(to encoder: any Encoder) throws {
    guard !items.isEmpty else { return try line.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(line, forKey: .line)
    try container.encode(items, forKey: .items)
  }

  package init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self),
      container.contains(.items)
    {
      self.init(
        try container.decode(Line.self, forKey: .line),
        try container.decode([Item].self, forKey: .items))
    } else {
      self.init(try Line(from: decoder))
    }
  }
}

extension Table: Codable {
  private enum Key: String, CodingKey { case columns, textColumns, rows, hasHeading }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(columns.map(\.title), forKey: .columns)
    try container.encode(columns.prefix { $0.alignment == .left }.count, forKey: .textColumns)
    try container.encode(rows, forKey: .rows)
    if !hasHeading { try container.encode(false, forKey: .hasHeading) }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode([Line].self, forKey: .columns),
      textColumns: try container.decode(Int.self, forKey: .textColumns))
    hasHeading = try container.decodeIfPresent(Bool.self, forKey: .hasHeading) ?? true
    for row in try container.decode([[Line]].self, forKey: .rows) {
      guard row.count == columns.count else {
        throw DecodingError.dataCorruptedError(
          forKey: .rows, in: container,
          debugDescription: "a row has \(row.count) cells and not \(columns.count)")
      }
      add(row)
    }
  }
}

extension Line: Codable {
  /// A line of one span is that span.
  package func encode(to encoder: any Encoder) throws {
    if spans.count == 1 {
      try spans[0].encode(to: encoder)
    } else {
      try spans.encode(to: encoder)
    }
  }

  package init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var spans: [Span] = []
      while !list.isAtEnd { spans.append(try list.decode(Span.self)) }
      self.init(spans)
    } else {
      self.init([try Span(from: decoder)])
    }
  }
}

extension Span: Codable {
  private enum Key: String, CodingKey {
    case name, code, count, strong, emphasis, number, form
  }

  /// Our own words as they are, a number to read as it is; all others say what they are.
  package func encode(to encoder: any Encoder) throws {
    if case .text(let text) = self {
      var container = encoder.singleValueContainer()
      return try container.encode(text)
    }
    if case .number(let number, .figure) = self, number?.isFinite ?? true {
      var container = encoder.singleValueContainer()
      return number == nil ? try container.encodeNil() : try container.encode(number)
    }
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .text: break
    case .name(let name): try container.encode(name, forKey: .name)
    case .code(let code): try container.encode(code, forKey: .code)
    case .count(let count): try container.encode(count, forKey: .count)
    case .strong(let spans): try container.encode(Line(spans), forKey: .strong)
    case .emphasis(let spans): try container.encode(Line(spans), forKey: .emphasis)
    case .number(let number, let form):
      if let number, !number.isFinite {
        try container.encode("\(number)", forKey: .number)
      } else {
        try container.encode(number, forKey: .number)
      }
      try container.encode(form, forKey: .form)
    }
  }

  package init(from decoder: any Decoder) throws {
    if let single = try? decoder.singleValueContainer() {
      if single.decodeNil() {
        self = .number(nil, .figure)
        return
      }
      if let text = try? single.decode(String.self) {
        self = .text(text)
        return
      }
      if let number = try? single.decode(Double.self) {
        self = .number(number, .figure)
        return
      }
    }
    let container = try decoder.container(keyedBy: Key.self)
    func spans(_ key: Key) throws -> [Span] { try container.decode(Line.self, forKey: key).spans }
    switch container.allKeys.first(where: { $0 != .form }) {
    case .name: self = .name(try container.decode(String.self, forKey: .name))
    case .code: self = .code(try container.decode(String.self, forKey: .code))
    case .count: self = .count(try container.decode(Int.self, forKey: .count))
    case .strong: self = .strong(try spans(.strong))
    case .emphasis: self = .emphasis(try spans(.emphasis))
    case .number:
      let number =
        try? container.decode(String.self, forKey: .number)
      self = .number(
        try number.map { Double($0) } ?? container.decode(Double?.self, forKey: .number),
        try container.decode(Number.self, forKey: .form))
    default: self = .text("")
    }
  }
}

extension Number: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }

  package init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    self = Number.named.first { $0.name == name } ?? .written(name)
  }

  private static let named: [Number] = [.figure, .percent, .signed, .exact]

  private var name: String {
    switch self {
    case .figure: "figure"
    case .percent: "percent"
    case .signed: "signed"
    case .exact: "exact"
    case .written(let text): text
    }
  }
}
