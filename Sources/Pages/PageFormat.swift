/// How a page is shown where it is asked for.
package enum PageFormat: String, CaseIterable, Sendable {
  case terminal, markdown, html

  package func text(of page: Page) -> String {
    switch self {
    case .terminal: page.terminal
    case .markdown: page.markdown
    case .html: page.html()
    }
  }
}
