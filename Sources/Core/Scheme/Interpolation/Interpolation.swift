/// A function by which a library gives planes another size: which pixels of a plane each pixel of
/// the result is made of.
///
/// Each works on the two axes apart: first every row is made as long as rows become, then every
/// column. To add one, write a file beside this page that says it along one axis, and name it in
/// ``all``.
package struct Interpolation: Sendable {
  /// As the configuration writes it: `torch.bilinear`.
  package let name: String
  package let rule: Rule

  /// What a result is made of, along one axis, of `input` pixels that become `output`; neither is 0.
  package enum Rule: Sendable {
    /// One pixel that stays as it is, so that also labels can be resized: its place for each place
    /// of the result.
    case nearest(@Sendable (_ input: Int, _ output: Int) -> [Int])
    /// Several pixels with their weights, for each place of the result.
    case weighted(Arithmetic, @Sendable (_ input: Int, _ output: Int) -> [[Tap]])
  }

  /// A pixel that a result is made of.
  package struct Tap: Hashable, Sendable {
    package var place: Int
    package var weight: Double

    package init(_ place: Int, _ weight: Double) {
      self.place = place
      self.weight = weight
    }
  }

  /// How numbers and weights become a number; of both axes the result is a `Float`.
  package enum Arithmetic: Sendable {
    /// Products and sum in `Double`.
    case sum
    /// Of two taps `a + (b - a) * weight of b`, in `Float`.
    case lerp
  }

  init(_ name: String, _ rule: Rule) {
    self.name = name
    self.rule = rule
  }

  package var isNearest: Bool { if case .nearest = rule { true } else { false } }

  /// Whether a result may be less than the least number of a plane, or more than the largest: some weight
  /// is negative.
  package var leavesRange: Bool {
    guard case .weighted(_, let taps) = rule else { return false }
    return taps(8, 13).joined().contains { $0.weight < 0 }
  }
}

extension Interpolation {
  package static let all = [
    torchBilinear, torchBilinearAlignCorners, torchBicubic, torchNearest, torchNearestExact,
    tfBilinear, tfNearest, openCVLinear, openCVNearest, pillowBilinear, pillowNearest,
  ]

  /// Those that keep every number, and so are for labels too.
  package static let nearest = all.filter(\.isNearest)
}

// A function is known by its name.
extension Interpolation: Hashable, Codable {
  package static func == (a: Interpolation, b: Interpolation) -> Bool { a.name == b.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// - Throws: DecodingError: no interpolation has the name.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let interpolation = Interpolation.all.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no interpolation")
    }
    self = interpolation
  }

  /// - Throws: EncodingError: the encoder does not take the name.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
