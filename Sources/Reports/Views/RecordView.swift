internal import Core

/// A record as it is shown somewhere.
package struct RecordView: Sendable {
  package var record: Record
  /// What its configuration is called there, where checks have their lines: a path from the root of the
  /// repository, for those that show one.
  package var configuration: String
  /// The PNG files that its page names, as far as they are there.
  package var pictures: [String: [UInt8]] = [:]

  /// - Parameter configuration: `nil` is as the run named it.
  package init(_ record: Record, configuration: String? = nil) {
    self.record = record
    self.configuration = configuration ?? record.inputs.configuration
  }
}

extension RecordView {
  package mutating func take(_ pictures: [Report.ClassPicture]) {
    for picture in pictures { self.pictures[picture.name] = picture.bytes }
  }
}

/// What a CI system is told of: the set-up, what could not be used, and each check.
struct Notice {
  var kind: Kind
  /// Under which the same thing is known from run to run.
  var id: String
  var text: String
  var className: String?
  /// In the configuration.
  var line: Int?

  enum Kind { case error, warning }
}

extension RecordView {
  /// The worst first: what makes every number wrong or lacking, then what fails, then what warns; classes
  /// that fail unseen also where no check is about them.
  var notices: [Notice] {
    let setUp = record.setup.filter { $0.severity != "accepted" }.map { fault in
      Notice(
        kind: fault.severity == "error" ? .error : .warning, id: "set-up",
        text: "\(fault.title): \(fault.statement) \(fault.remedy)")
    }
    let problems = record.problems.map(\.problem).causes.map { cause in
      Notice(
        kind: .error, id: "inputs",
        text:
          "\(Figure.count(cause.problems.count, "image")) could not be used: \(cause.first.problem.description)"
      )
    }
    var order: [String: Int] = [:]
    for check in record.checks where order[check.id] == nil { order[check.id] = order.count }
    let checks = record.checks.filter { $0.state != "pass" }.sorted { a, b in
      (order[a.id] ?? 0, -a.excess) < (order[b.id] ?? 0, -b.excess)
    }.map { check in
      Notice(
        kind: check.state == "fail" ? .error : .warning, id: check.id, text: check.sentence,
        className: check.className, line: check.line)
    }
    let said = Set(checks.compactMap(\.className))
    let unseen = record.classes.filter { found in
      ["HIDDEN", "MUTED"].contains(found.verdict) && !said.contains(found.name)
    }.map { found in
      Notice(
        kind: .warning, id: "\(found.verdict?.lowercased() ?? "hidden")-class",
        text: found.sentence, className: found.name)
    }
    // The set-up first, also where it only warns: it may be the cause of all that follows.
    let rest = problems + checks + unseen
    return setUp + rest.filter { $0.kind == .error } + rest.filter { $0.kind == .warning }
  }
}
