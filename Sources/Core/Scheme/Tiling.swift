/// How an image is cut for chains that name tiles.
package enum Tiling: Hashable, Sendable {
  /// Into squares of so many pixels a side, each slice by itself; the last ones may be smaller.
  case side(Int)
  /// Into the slices of a volume. A picture is one slice.
  case slices

  /// How many tiles an image has.
  package func count(width: Int, height: Int, slices: Int) -> Int {
    switch self {
    case .slices: slices
    case .side(let side): ((width - 1) / side + 1) * ((height - 1) / side + 1) * slices
    }
  }
}

extension Tiling: CustomStringConvertible {
  package var description: String {
    switch self {
    case .side(let side): "tiles of \(side) pixels"
    case .slices: "slices"
    }
  }
}

/// As pipeline.yml has it: a number, or `slice`.
extension Tiling: Codable {
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let side = try? value.decode(Int.self), side > 0 {
      self = .side(side)
    } else {
      guard try value.decode(String.self) == Tiling.slice else {
        throw DecodingError.dataCorruptedError(in: value, debugDescription: "no tiling")
      }
      self = .slices
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .side(let side): try value.encode(side)
    case .slices: try value.encode(Tiling.slice)
    }
  }

  package static let slice = "slice"
}
