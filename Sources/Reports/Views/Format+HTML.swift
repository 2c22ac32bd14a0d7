internal import Pages

extension Format {
  /// For people with a browser, as CI systems keep it: one file without any other.
  package static let html = Format(
    "html", views: [ReportFile("report.html", isMain: true) { $0.record.page.html($0.pictures) }],
    comparison: [ReportFile("compare.html", isMain: true) { $0.page.html() }],
    outlook: [ReportFile("outlook.html", isMain: true) { $0.page.html() }])
}
