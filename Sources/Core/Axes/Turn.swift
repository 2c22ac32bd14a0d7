/// How an image lies compared with another of the same scene: rows and columns exchanged or reversed.
package enum Turn: String, CaseIterable, Codable, Sendable, CodingKeyRepresentable {
  case none
  case transposed
  case upsideDown = "upside-down"
  case mirrored
  case rotatedLeft = "rotated-left"
  case rotatedRight = "rotated-right"
  case rotatedHalf = "rotated-half"
  case antitransposed

  /// Whether width and height are exchanged.
  package var exchangesSides: Bool {
    switch self {
    case .transposed, .rotatedLeft, .rotatedRight, .antitransposed: true
    case .none, .upsideDown, .mirrored, .rotatedHalf: false
    }
  }

  /// What brings an image that lies so back.
  package var inverse: Turn {
    switch self {
    case .rotatedLeft: .rotatedRight
    case .rotatedRight: .rotatedLeft
    default: self
    }
  }

  /// Where a turned image finds what it shows at a row and column.
  ///
  /// - Parameters:
  ///   - height: the rows that the turned image has; `width` its columns.
  package func source(
    row: Int, column: Int, height: Int, width: Int
  ) -> (row: Int, column: Int) {
    switch self {
    case .none: (row, column)
    case .transposed: (column, row)
    case .upsideDown: (height - 1 - row, column)
    case .mirrored: (row, width - 1 - column)
    case .rotatedHalf: (height - 1 - row, width - 1 - column)
    case .rotatedLeft: (column, height - 1 - row)
    case .rotatedRight: (width - 1 - column, row)
    case .antitransposed: (width - 1 - column, height - 1 - row)
    }
  }
}
