/// What of a picture with few colours are its labels.
///
/// Programs that make PNG files smaller keep what a picture looks like and not its numbers: they
/// write a grey label map as a palette in any order, or with fewer bits.
package enum PaletteReading: String, CaseIterable, Codable, Sendable {
  /// The numbers in the file: the indices of a palette.
  case index
  /// What the picture shows: the greys of a palette, or its colours where the classes have some; of
  /// a picture of 1, 2 or 4 bits the grey of 8.
  case shown
}
