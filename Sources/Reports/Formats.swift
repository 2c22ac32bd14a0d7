package import Core

/// A form in which reports are written, as `report: {formats: […]}` names it.
///
/// A format is a page of its own with its documents, and its name in the list below.
package struct Format: Sendable {
  package let name: String
  /// Of a run, those that need its images.
  package let run: [ReportFile<Report>]
  /// Of a run, those that its record is enough for; `unmask render` makes them again.
  package let views: [ReportFile<RecordView>]
  /// Of two runs compared.
  package let comparison: [ReportFile<ComparisonReport>]
  /// Of predictions without a truth.
  package let outlook: [ReportFile<OutlookReport>]
  /// Whether it is written where nobody says which are; others are for particular places.
  package let isUsual: Bool

  init(
    _ name: String, isUsual: Bool = true, run: [ReportFile<Report>] = [],
    views: [ReportFile<RecordView>] = [], comparison: [ReportFile<ComparisonReport>] = [],
    outlook: [ReportFile<OutlookReport>] = []
  ) {
    self.name = name
    self.isUsual = isUsual
    self.run = run
    self.views = views
    self.comparison = comparison
    self.outlook = outlook
  }
}

extension Format: CaseIterable {
  /// In the order in which they are written, and in which their main file is what people open first.
  /// The record comes last: where it is new, everything is.
  package static let allCases: [Format] = [
    .markdown, .html, .csv, .xlsx, .junit, .codeQuality, .gitLabMetrics, .openMetrics, .sarif,
    .json,
  ]
}

extension Format {
  package static var usual: [Format] { allCases.filter(\.isUsual) }
}

/// One file of a format.
package struct ReportFile<Subject>: Sendable {
  /// Of the file.
  package let name: String
  /// Whether a person who wants to know how the run went may open it first.
  package let isMain: Bool
  private let writing: @Sendable (Subject, Sink) throws(Problem) -> Void

  package typealias Sink = ([UInt8]) throws(Problem) -> Void

  /// Hands the file's bytes on in parts.
  ///
  /// - Throws: Problem: `sink` failed, or a number of the record is not finite.
  package func write(_ subject: Subject, to sink: Sink) throws(Problem) {
    try writing(subject, sink)
  }

  init(
    _ name: String, isMain: Bool = false,
    writing: @escaping @Sendable (Subject, Sink) throws(Problem) -> Void
  ) {
    self.name = name
    self.isMain = isMain
    self.writing = writing
  }

  init(
    _ name: String, bytes: @escaping @Sendable (Subject) throws(Problem) -> [UInt8]
  ) {
    self.init(name) { subject, sink throws(Problem) in try sink(try bytes(subject)) }
  }

  init(
    _ name: String, isMain: Bool = false,
    _ text: @escaping @Sendable (Subject) throws(Problem) -> String
  ) {
    self.init(name, isMain: isMain) { subject, sink throws(Problem) in
      try sink(Array(try text(subject).utf8))
    }
  }
}

// MARK: - Its name stands for it

extension Format: RawRepresentable, Hashable {
  package var rawValue: String { name }

  package init?(rawValue: String) {
    guard let format = Format.allCases.first(where: { $0.name == rawValue }) else { return nil }
    self = format
  }
}

// MARK: - Several formats

extension Sequence<Format> {
  /// The names of a run's files in these formats, in the order of the list.
  package var runFiles: [String] { inOrder.flatMap { $0.run.map(\.name) + $0.views.map(\.name) } }

  /// What a person opens first of a run.
  package var mainRunFile: String? { inOrder.flatMap(\.views).mainFile() }

  package var comparisonFiles: [ReportFile<ComparisonReport>] { inOrder.flatMap(\.comparison) }

  /// Each once, in the order of the list.
  package var inOrder: [Format] { Format.allCases.filter { contains($0) } }
}

extension Sequence {
  /// The name of what a person opens first; `nil` where all are for machines.
  package func mainFile<Subject>() -> String? where Element == ReportFile<Subject> {
    first(where: \.isMain)?.name
  }
}
