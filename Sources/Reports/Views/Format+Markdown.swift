internal import Pages

extension Format {
  /// For people, and for places that show Markdown as they do.
  package static let markdown = Format(
    "markdown",
    views: [ReportFile("report.md", isMain: true) { $0.record.page.markdown(within: 256 * 1024) }],
    comparison: [ReportFile("compare.md", isMain: true) { $0.page.markdown }],
    outlook: [ReportFile("outlook.md", isMain: true) { $0.page.markdown }])
}
