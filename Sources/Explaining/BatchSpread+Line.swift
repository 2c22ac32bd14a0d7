internal import Core
internal import Pages
internal import Tables

extension BatchSpread {
  /// `between 0.00959 and 0.0106, and NaN in 3 of 20`
  var line: Line {
    let undefined = nan.map { "NaN in \(count: $0) of \(count: batchings)" as Line }
    guard let lowest, let highest else { return undefined ?? "" }
    let ends = apart([lowest, highest])
    return "between \(ends[0]) and \(ends[1])\(undefined.map { ", and \($0)" as Line })"
  }
}
