/// A direction along which the values of a run are laid out.
///
/// Declared from the outside in: a batch holds images, an image tiles, a tile pixels, a pixel one
/// value per class. The first four are nested: a coordinate lies in exactly one parent.
package enum Axis: String, CaseIterable, Codable, Sendable {
  case batch, image, tile, pixel, `class`

  /// batch, image, tile, pixel: from the outside in.
  package static let nested: [Axis] = [.batch, .image, .tile, .pixel]

  package var plural: String {
    switch self {
    case .batch: "batches"
    case .image: "images"
    case .tile: "tiles"
    case .pixel: "pixels"
    case .class: "classes"
    }
  }
}
