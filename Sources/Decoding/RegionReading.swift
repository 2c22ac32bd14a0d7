internal import Core
internal import Raster

/// Turns a label map into a mask a class where one label is several classes, or none: the whole tumour
/// is labels 1, 2 and 3, its core 1 and 3, and what is around it is in no class and counts.
struct RegionReading {
  /// Of each label by its place: whether it is in each class.
  private let members: [[Bool]]
  private let reading: LabelReading
  private let rules: DecodeRules

  init(_ rules: DecodeRules, _ side: Side) {
    let classes = rules.classes.entries
    // Labels that are no class and count stand among the others, in no class.
    let labels = Set(classes.flatMap { $0.labels[side] }).union(rules.scheme.unclassed).sorted()
    members = labels.map { label in classes.map { $0.labels[side].contains(label) } }
    var plain = rules.scheme
    plain.classes = ClassList(
      labels.map { ClassList.Entry(name: "\($0)", labels: PerSide(both: [$0])) })
    reading = LabelReading(plain, side)
    self.rules = rules
  }

  func truth(of side: inout DecodedSide) throws(Problem) -> Truth {
    let (map, foreign) = try reading.map(of: side.planes[0], notingForeign: true)
    if let problem = foreign.problem(in: side.planes[0], nil, rules) { throw problem }
    let labels = map.labels
    return labels.contains(.ignored)
      ? .standings(planes(labels, side)) : .masks(planes(labels, side))
  }

  func masks(of side: inout DecodedSide) throws(Problem) -> [Plane] {
    planes(try reading.map(of: side.planes[0], notingForeign: false).map.labels, side)
  }

  /// A standing a class and pixel; without ignored labels the same as a mask.
  private func planes(_ labels: [Label], _ side: DecodedSide) -> [Plane] {
    rules.classes.entries.indices.map { c in
      let standings = labels.map { label in
        label == .ignored
          ? Standing.ignored
          : Int(label) < members.count && members[Int(label)][c] ? Standing.own : Standing.other
      }
      return Plane(
        packed: Bytes(standings), element: .u1, width: side.width, height: side.height)
    }
  }
}
