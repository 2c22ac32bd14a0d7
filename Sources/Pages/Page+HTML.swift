internal import Core

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension [Block] {
  /// One document that needs no other file and runs nothing: it can be mailed, archived by a CI
  /// system and opened from a disk.
  ///
  /// - Parameter pictures: the PNG files that it names; one that is not there is left out.
  package func html(_ pictures: [String: [UInt8]] = [:]) -> String {
    let title = compactMap {
      if case .title(let line) = $0 { line.html(asText: true) } else { nil }
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title.first ?? "unmask")</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>
      \(hasChart ? Chart.hatching : "")\(html(level: 2, pictures))</main>
      </body>
      </html>

      """
  }

  private var hasChart: Bool {
    contains { block in
      switch block {
      case .chart: true
      case .section(_, let body), .details(_, let body): body.hasChart
      default: false
      }
    }
  }

  /// - Parameter level: that of the headings of sections.
  fileprivate func html(level: Int, _ pictures: [String: [UInt8]]) -> String {
    map { $0.html(level: level, pictures) }.joined()
  }
}

extension Block {
  fileprivate func html(level: Int, _ pictures: [String: [UInt8]]) -> String {
    switch self {
    case .title(let line): return "<h1>\(line.html)</h1>\n"
    case .paragraph(let line): return "<p>\(line.html)</p>\n"
    case .lines(let lines): return "<p>\(lines.map(\.html).joined(separator: "<br>\n"))</p>\n"
    case .list(let items): return items.html
    case .steps(let lines):
      return "<ol>\n" + lines.map { "<li>\($0.html)</li>\n" }.joined() + "</ol>\n"
    case .code(let code): return "<pre><code>\(escapedHTML(code))</code></pre>\n"
    case .table(let table): return table.html
    case .warning(let line, let points, let rest):
      return "<aside class=\"warning\" role=\"note\">\n<p>\(line.html)</p>\n"
        + (points.isEmpty ? "" : points.map { Item($0) }.html)
        + (rest.map { "<p>\($0.html)</p>\n" } ?? "") + "</aside>\n"
    case .pictures(let shown):
      let figures = shown.compactMap { picture in
        pictures[picture.file].map { picture.html($0) }
      }
      return figures.isEmpty ? "" : "<div class=\"pictures\">\n\(figures.joined())</div>\n"
    case .chart(let chart): return chart.html(\.html, chart.table.html)
    case .trends(let trends): return trends.map { $0.html(\.html) }.joined()
    case .details(let summary, let body):
      return
        "<details>\n<summary>\(summary.html)</summary>\n\(body.html(level: level + 1, pictures))</details>\n"
    case .section(let heading, let body):
      let tag = "h\(Swift.min(level, 6))"
      return
        "<section>\n<\(tag)>\(heading.html)</\(tag)>\n\(body.html(level: level + 1, pictures))</section>\n"
    }
  }
}

extension Picture {
  fileprivate func html(_ bytes: [UInt8]) -> String {
    """
    <figure>
    <img src="data:image/png;base64,\(Data(bytes).base64EncodedString())" alt="\(escapedHTML(alt))" width="\(width)" height="\(height)">
    <figcaption>\(caption.html)</figcaption>
    </figure>

    """
  }
}

extension [Item] {
  fileprivate var html: String {
    "<ul>\n"
      + map { "<li>\($0.line.html)\($0.items.isEmpty ? "" : "\n" + $0.items.html)</li>\n" }.joined()
      + "</ul>\n"
  }
}

extension Table {
  /// In a box of its own, which scrolls sideways on a narrow screen.
  fileprivate var html: String {
    let classes = columns.indices.map(htmlClass)
    func cell(_ tag: String, _ scope: String, _ column: Int, _ line: Line) -> String {
      let scope = scope.isEmpty ? "" : " scope=\"\(scope)\""
      return "<\(tag)\(scope)\(classes[column])>\(line.html)</\(tag)>"
    }
    var text = "<div class=\"table\" tabindex=\"0\">\n<table>\n"
    if hasHeading {
      let heads = columns.enumerated().map { cell("th", "col", $0, $1.title) }
      text += "<thead>\n<tr>\(heads.joined())</tr>\n</thead>\n"
    }
    text += "<tbody>\n"
    for row in rows {
      let cells = row.enumerated().map { column, line in
        column == 0 ? cell("th", "row", column, line) : cell("td", "", column, line)
      }
      text += "<tr>\(cells.joined())</tr>\n"
    }
    return text + "</tbody>\n</table>\n</div>\n"
  }

  /// Numbers stand under each other, and short words are not broken.
  private func htmlClass(of column: Int) -> String {
    if columns[column].alignment == .right { return " class=\"number\"" }
    return rows.allSatisfy { $0[column].plain.count <= 24 } ? " class=\"short\"" : ""
  }
}

extension Line {
  fileprivate var html: String { html(asText: false) }

  /// - Parameter asText: without tags, for what a window calls the document.
  fileprivate func html(asText: Bool) -> String {
    asText ? spans.map(\.characters).joined() : spans.map(\.html).joined()
  }
}

extension Span {
  fileprivate var html: String {
    switch self {
    case .text, .name, .count: characters
    case .code: "<code>\(characters)</code>"
    case .number(let number, _):
      // Every digit, for scripts and for readers who point at it.
      if let number, number.isFinite, "\(number)" != characters {
        "<data value=\"\(number)\" title=\"\(number)\">\(characters)</data>"
      } else {
        characters
      }
    case .strong(let spans): "<strong>\(Line(spans).html)</strong>"
    case .emphasis(let spans): "<em>\(Line(spans).html)</em>"
    }
  }

  /// Without tags.
  fileprivate var characters: String {
    switch self {
    case .text(let text), .name(let text), .code(let text): escapedHTML(text)
    case .number(let number, let form): escapedHTML(form.text(number))
    case .count(let count): Figure.count(count)
    case .strong(let spans), .emphasis(let spans): spans.map(\.characters).joined()
    }
  }
}

/// Text that HTML takes as text, also within an attribute.
func escapedHTML(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.append(character)
    }
  }
  return result
}

private let style = """
  :root {
    color-scheme: light dark;
    --ground: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d5dae0; --shade: #f4f6f8;
    --link: #0757ba; --warning: #9a6700; --warning-ground: #fff8e1;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #0f1318; --text: #e2e7ed; --quiet: #9aa5b1; --line: #333c46; --shade: #1a2028;
      --link: #6cb0ff; --warning: #e3b341; --warning-ground: #2a2312;
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0; background: var(--ground); color: var(--text);
    font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    -webkit-text-size-adjust: 100%;
  }
  main { max-width: 68rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; }
  p, li, summary { max-width: 48rem; }
  p, ul, ol, pre, details, aside, .table { margin: 0 0 1rem; }
  ul, ol { padding-left: 1.3rem; }
  li { margin: 0.25rem 0; }
  h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
  h1 { font-size: clamp(1.35rem, 4.5vw, 1.9rem); margin: 0.5rem 0 1rem; }
  h2 { font-size: 1.3rem; margin: 2.5rem 0 0.75rem; padding-top: 0.6rem; border-top: 1px solid var(--line); }
  h3 { font-size: 1.08rem; margin: 1.75rem 0 0.5rem; }
  h4 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
  code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: 0.875em; padding: 0.1em 0.3em; border-radius: 4px; background: var(--shade);
    overflow-wrap: anywhere;
  }
  pre { padding: 0.75rem 1rem; border-radius: 6px; background: var(--shade); overflow-x: auto; }
  pre code { padding: 0; background: none; }
  .table { overflow-x: auto; }
  .table:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
  table { width: max-content; border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
  th, td { padding: 0.35rem 0.8rem 0.35rem 0; text-align: left; vertical-align: top; }
  th:last-child, td:last-child { padding-right: 0; }
  td, tbody th { border-top: 1px solid var(--line); }
  td { max-width: 24rem; }
  thead th { max-width: 8rem; color: var(--quiet); font-weight: 600; vertical-align: bottom; line-height: 1.3; }
  tbody th { font-weight: 500; }
  .number { text-align: right; }
  tbody .number, tbody .short { white-space: nowrap; }
  tbody tr:hover > * { background: var(--shade); }
  details { border: 1px solid var(--line); border-radius: 6px; padding: 0 1rem; }
  summary { cursor: pointer; padding: 0.6rem 0; font-weight: 600; }
  .warning {
    border-left: 4px solid var(--warning); background: var(--warning-ground);
    border-radius: 0 6px 6px 0; padding: 0.75rem 1rem;
  }
  .pictures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0 0 1.25rem; }
  .pictures figure { margin: 0; flex: 0 1 auto; min-width: 12rem; max-width: 100%; }
  .pictures figcaption { width: 0; min-width: 100%; max-width: none; font-size: 0.9rem; margin: 0.25rem 0 0; }
  img { max-width: 100%; height: auto; image-rendering: pixelated; }
  figure details { border: 0; padding: 0; margin: 0; }
  figure summary { font-weight: 400; font-size: 0.9rem; color: var(--quiet); padding: 0.25rem 0; }
  figure { margin: 0 0 1.5rem; }
  figcaption { max-width: 48rem; margin-bottom: 0.5rem; }
  .chart { overflow-x: auto; }
  .chart svg { display: block; max-width: 100%; min-width: 27rem; height: auto; }
  .warning > :last-child { margin-bottom: 0; }
  @media print {
    main { max-width: none; padding: 0; }
    .table, .chart { overflow: visible; }
    .chart svg { min-width: 0; }
    figure { break-inside: avoid; }
    table { width: 100%; font-size: 0.68rem; }
    td, th { max-width: none; padding-right: 0.5rem; }
    td code { overflow-wrap: anywhere; }
    tbody .number, tbody .short { white-space: normal; }
    details::details-content { content-visibility: visible; block-size: auto; }
    summary { break-after: avoid; }
    h2 { break-after: avoid; }
    tr { break-inside: avoid; }
  }
  """
