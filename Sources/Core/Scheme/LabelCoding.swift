/// How the numbers of a side's label maps become labels: what a pixel's number means first, then the
/// step down that leaves 0 out.
package struct LabelCoding: Hashable, Codable, Sendable {
  package var encoding: LabelEncoding
  /// Whether 0 is nothing and every other label is one more than its class, as `reduce_zero_label` of
  /// MMSegmentation has it.
  package var reducesZero: Bool

  /// Whether a picture numbers objects whose labels a file beside it lists; they are put in their place
  /// before anything else.
  package var hasSegments: Bool

  package init(
    _ encoding: LabelEncoding = .class, reducesZero: Bool = false, hasSegments: Bool = false
  ) {
    self.encoding = encoding
    self.reducesZero = reducesZero
    self.hasSegments = hasSegments
  }

  /// The label that a number stands for; `nil` where it stands for nothing.
  ///
  /// 255 stays: MMSegmentation (transforms/loading.py, `LoadAnnotations`) makes it 254 and that 255
  /// again, because it is what data sets keep for void.
  package func label(of number: Int64) -> Int64? { reduced(encoding.label(number)) }

  /// The same of a colour; `nil` as well where the encoding reads none.
  package func label(ofColor color: ClassList.Color) -> Int64? {
    encoding.labelOfColor.flatMap { reduced($0(color)) }
  }

  private func reduced(_ label: Int64) -> Int64? {
    guard reducesZero, label != 255 else { return label }
    // The least number there is has none below it, and is no label of any list.
    return label == 0 ? nil : label &- 1
  }
}

extension LabelCoding: CustomStringConvertible {
  package var description: String {
    let numbers = hasSegments ? "the labels of listed segments" : "the encoding \(encoding.name)"
    return reducesZero ? "\(numbers), less one" : numbers
  }
}
