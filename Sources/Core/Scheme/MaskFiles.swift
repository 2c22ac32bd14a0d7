/// How many files the mask of a class has.
package struct MaskFiles: Hashable, Codable, Sendable {
  package var parts: Parts
  package var absent: Absent

  package init(parts: Parts = .one, absent: Absent = .missing) {
    self.parts = parts
    self.absent = absent
  }

  package enum Parts: String, CaseIterable, Codable, Sendable {
    /// One file a class and image.
    case one
    /// A class is where any of its files has it.
    case union
  }

  package enum Absent: String, CaseIterable, Codable, Sendable {
    /// A class without a file makes the image unusable.
    case missing
    /// A class without a file is nowhere in the image.
    case empty
  }
}
