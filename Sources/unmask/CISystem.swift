internal import ArgumentParser
internal import Reports

/// For which CI system a run also says what it found.
enum CISystem: String, CaseIterable, ExpressibleByArgument {
  /// Whichever says that it is there.
  case auto
  case github, gitlab, none

  /// The one that is meant.
  var resolved: CISystem {
    guard self == .auto else { return self }
    if variable("GITHUB_ACTIONS") == "true" { return .github }
    return variable("GITLAB_CI") == "true" ? .gitlab : .none
  }

  /// What it reads besides the usual reports.
  var formats: [Format] { resolved == .gitlab ? [.codeQuality, .gitLabMetrics] : [] }
}
