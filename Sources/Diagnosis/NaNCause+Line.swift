internal import Core
package import Pages
package import Tables

extension NaNCause {
  /// `NaN: batch 6 of 12 (img_5) has nothing to divide by`
  package var line: Line {
    let place: Line =
      axis == .class
      ? "the class \(Line(listing: names.map { "\(name: $0)" }, most: 3))"
      : "\(text: axis.rawValue) \(first) of \(groups) (\(Line(listing: names.map { "\(code: $0)" }, most: 3)))"
    let others: Line =
      undefined > 1 ? ", and so have \(count: undefined - 1, "other") of the \(groups)" : ""
    let whose = className.map { " for \(name: $0)" as Line }
    return "NaN: \(place) has nothing to divide by\(whose)\(others)"
  }
}
