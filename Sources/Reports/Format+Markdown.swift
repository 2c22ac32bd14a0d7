internal import Pages

extension Format {
  /// For people, and for places that show Markdown as they do.
  package static let markdown = Format(
    "markdown", run: [ReportFile("report.md", isMain: true) { $0.page.markdown }],
    comparison: [ReportFile("compare.md", isMain: true) { $0.page.markdown }])
}
