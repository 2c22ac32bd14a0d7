internal import Core
internal import Pages

/// Planes that use a small part of their levels: saved on another scale than they are read by.
extension SetUp {
  var unusedLevels: [SetUpFault] {
    guard scheme.kind == .probabilities, let most = glance.values.most, glance.values.count >= 64
    else { return [] }
    switch glance.values.levels {
    case 65535 where most * 65535 <= 255.5 && most > 0:
      return [
        SetUpFault(
          .unusedLevels, .warning, "16-bit planes hold 8-bit levels",
          "The highest level that was looked at is \(Int((most * 65535).rounded())) of 65,535: as probabilities these are at most \(most)",
          remedy: "Save the planes with 8 bits, or multiply their levels by 257",
          numbers: ["most": most])
      ]
    case 255 where most * 255 > 1.5 && most < 0.1:
      return [
        SetUpFault(
          .unusedLevels, .warning, "the planes use the lowest levels only",
          "The highest level that was looked at is \(Int((most * 255).rounded())) of 255: as probabilities these are at most \(most)",
          remedy:
            "If the planes hold labels say `kind: labels`; if they were saved on another scale, 0 to 100 say, save p · 255",
          numbers: ["most": most])
      ]
    default: return []
    }
  }
}
