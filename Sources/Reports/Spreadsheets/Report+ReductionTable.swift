internal import Core
internal import Diagnosis
internal import Pages
internal import Tables

extension Report {
  /// A step of a chain, of one class where classes are left.
  private struct StepRow: Sendable {
    var measure: String
    var reduction: String
    var place: Int
    /// `nil` where steps of several measures are added up.
    var step: Chain.Step?
    /// `nil` where the chain is refused: it has steps and no numbers, and left out nobody would miss it.
    var result: StepResult?
    var className: String?
    var value: Double?
    var low: Double?
    var high: Double?
  }

  /// Every step of every chain: how the pixels became one number.
  var reductionTable: DataTable {
    DataTable(
      "reductions", of: reductions.flatMap(rows),
      [
        .name("measure") { $0.measure },
        .name("reduction") { $0.reduction },
        .count("step") { $0.place },
        .word("operation") { $0.step?.description ?? "combine" },
        .word("axes") { $0.step?.axes.map(\.rawValue).joined(separator: " ") },
        .word("divides_by") { $0.result?.divisor?.text },
        .word("shape") { $0.result?.leftText },
        .name("class_name") { $0.className },
        .number("value") { $0.value },
        .number("lowest") { $0.result?.lowest },
        .number("highest") { $0.result?.highest },
        .number("value_lo") { $0.low },
        .number("value_hi") { $0.high },
      ])
  }

  private func rows(of reduced: Reduced) -> [StepRow] {
    guard !reduced.steps.isEmpty else {
      return (reduced.chain?.steps ?? []).enumerated().map { index, step in
        StepRow(
          measure: reduced.measure, reduction: reduced.reduction, place: index + 1, step: step)
      }
    }
    // Of a sum of several, the last step is of one of them.
    let isSum = reduced.chain == nil && reduced.steps.last?.value != reduced.value
    let sum = StepRow(
      measure: reduced.measure, reduction: reduced.reduction, place: reduced.steps.count + 1,
      value: reduced.value)
    let steps = reduced.steps.enumerated().flatMap { index, result in
      let (low, high) = (reduced.bounds?.low[index].values, reduced.bounds?.high[index].values)
      return result.values.enumerated().map { c, value in
        StepRow(
          measure: reduced.measure, reduction: reduced.reduction, place: index + 1,
          step: result.step, result: result,
          className: result.classValues == nil ? nil : headline.classes[c].name, value: value,
          low: low?[c], high: high?[c])
      }
    }
    return steps + (isSum ? [sum] : [])
  }
}

extension StepResult {
  /// One a class, or the one that there is.
  fileprivate var values: [Double?] { classValues ?? [value] }
}
