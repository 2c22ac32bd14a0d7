/// How probabilities became the levels of a plane, which says what a level may have been.
package enum Quantisation: String, CaseIterable, Codable, Sendable {
  /// round(p · 255): half a level to either side.
  case round
  /// floor(p · 255), as `(p * 255).astype(uint8)` has it: up to the next level.
  ///
  /// The top level means exactly 1: in single precision no smaller p reaches 255, or 65535.
  case truncate
}
