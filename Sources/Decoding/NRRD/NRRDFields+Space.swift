import Core
import Raster

// What the fields say of the axes, and of the space that they lie in.

extension NRRDFields {
  func kinds(_ dimension: Int) throws(Problem) -> [String?] {
    guard let text = self["kinds"] else { return .init(repeating: nil, count: dimension) }
    return try perAxis("kinds", text.words, dimension).map {
      $0 == "???" || $0 == "none" ? nil : $0
    }
  }

  func spacings(_ dimension: Int) throws(Problem) -> [Double?] {
    guard let text = self["spacings"] else { return .init(repeating: nil, count: dimension) }
    var spacings: [Double?] = []
    for word in try perAxis("spacings", text.words, dimension) {
      guard let number = Double(word) else {
        throw damaged("spacings", "has '\(printable(word, most: 60))', and not a number")
      }
      // NaN stands for an axis that has none.
      spacings.append(number.isFinite ? number : nil)
    }
    return spacings
  }

  /// The axes that have a direction, and where they lead in a patient.
  func space(_ dimension: Int) throws(Problem) -> (axes: [Int], affine: Affine?)? {
    guard let text = self["space directions"] else { return nil }
    let vectors = try perAxis("space directions", text.vectors, dimension)
    var steps: [(axis: Int, vector: [Double])] = []
    for (axis, text) in vectors.enumerated() where text.lowercased() != "none" {
      guard let vector = vector(text) else {
        throw damaged("space directions", "has '\(printable(text, most: 60))', and no vector")
      }
      // What pynrrd and ITK write of an axis without a direction, besides 'none'.
      if vector.allSatisfy(\.isNaN) { continue }
      guard vector.allSatisfy(\.isFinite) else {
        throw damaged("space directions", "has '\(printable(text, most: 60))', and no vector")
      }
      steps.append((axis, vector))
    }
    let axes = steps.map(\.axis)
    guard let space = self["space"].flatMap(Self.patientSpace), let unit = try unit(),
      steps.count == 3, steps.allSatisfy({ $0.vector.count == space.dimension })
    else { return (axes, nil) }
    var origin = [Double](repeating: 0, count: space.dimension)
    if let text = self["space origin"] {
      guard let told = vector(text), told.count == space.dimension, told.allSatisfy(\.isFinite)
      else { throw damaged("space origin", "is '\(printable(text, most: 60))', and no vector") }
      origin = told
    }
    // Three steps within space and time leave time alone, or they are no volume.
    guard steps.allSatisfy({ $0.vector.dropFirst(3).allSatisfy { $0 == 0 } }) else {
      return (axes, nil)
    }
    let affine = Affine(
      steps: steps.map { $0.vector.map { $0 * unit } }, origin: origin.map { $0 * unit },
      in: space.space)
    return (axes, affine)
  }

  /// The spaces of a patient, alone and with time: "Space and orientation information", `space`.
  private static func patientSpace(_ name: String) -> (space: Affine.Space, dimension: Int)? {
    switch name.lowercased() {
    case "right-anterior-superior", "ras": (.ras, 3)
    case "left-anterior-superior", "las": (.las, 3)
    case "left-posterior-superior", "lps": (.lps, 3)
    case "right-anterior-superior-time", "rast": (.ras, 4)
    case "left-anterior-superior-time", "last": (.las, 4)
    case "left-posterior-superior-time", "lpst": (.lps, 4)
    default: nil
    }
  }

  /// How many millimetres one is; `nil` where that is not known, or differs between directions.
  private func unit() throws(Problem) -> Double? {
    guard let text = self["space units"] else { return 1 }
    let units = Set(text.split(separator: "\"").map(\.trimmingBlanks).filter { !$0.isEmpty })
    guard units.count == 1, let unit = units.first else { return nil }
    switch unit.lowercased() {
    case "mm", "millimeter", "millimetre": return 1
    case "cm": return 10
    case "m": return 1000
    case "um", "µm", "micron", "microns": return 1e-3
    default: return nil
    }
  }

  /// `(1,0,0.5)`
  private func vector(_ text: String) -> [Double]? {
    guard text.hasPrefix("("), text.hasSuffix(")") else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0.trimmingBlanks) }
    return numbers.count == parts.count ? numbers : nil
  }
}

extension String {
  /// Vectors and words one after the other; blanks within brackets belong to the vector.
  fileprivate var vectors: [String] {
    var (all, current, depth) = ([String](), "", 0)
    for character in self {
      if character == "(" { depth += 1 }
      if (character == " " || character == "\t") && depth == 0 {
        if !current.isEmpty { all.append(current) }
        current = ""
      } else {
        current.append(character)
      }
      if character == ")" { depth -= 1 }
    }
    return current.isEmpty ? all : all + [current]
  }
}
