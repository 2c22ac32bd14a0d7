internal import Core

/// A document, from its title down; each of the renderers beside this file writes one form of it.
package typealias Page = [Block]

/// A piece of a document that stands on its own.
package enum Block: Hashable, Sendable {
  /// The title of the document.
  case title(Line)
  case paragraph(Line)
  /// Lines that belong together and break where they end.
  case lines([Line])
  case list([Item])
  /// A numbered list whose points follow from each other.
  case steps([Line])
  /// What can be pasted.
  case code(String)
  case table(Table)
  /// What a reader must know before the rest: a sentence, its points, and what follows from them.
  case warning(Line, points: [Line], rest: Line?)
  /// For places that can draw; elsewhere the tables say the same.
  case chart(Chart)
  /// Numbers over time, each a row of its own.
  case trends([Trend])
  /// Files beside the document, next to each other.
  case pictures([Picture])
  /// Folded away until someone wants it.
  case details(Line, [Block])
  case section(Line, [Block])

  package static func list(_ lines: [Line]) -> Block { .list(lines.map { Item($0) }) }
}

/// A picture in a file of its own, which a document of one file has within it.
package struct Picture: Hashable, Codable, Sendable {
  package var file: String
  /// For whoever does not see it.
  package var alt: String
  package var caption: Line
  package var width: Int
  package var height: Int

  package init(_ file: String, alt: String, caption: Line, _ width: Int, _ height: Int) {
    self.file = file
    self.alt = printable(alt)
    self.caption = caption
    self.width = width
    self.height = height
  }
}

/// A point of a list, and what is said under it.
package struct Item: Hashable, Sendable {
  package var line: Line
  package var items: [Item]

  package init(_ line: Line, _ items: [Item] = []) {
    self.line = line
    self.items = items
  }
}

/// Rows of cells under columns.
package struct Table: Hashable, Sendable {
  package var columns: [Column]
  /// Each with one cell a column; an empty cell says nothing.
  package private(set) var rows: [[Line]] = []
  /// Whether the columns have titles worth showing.
  package var hasHeading = true

  package struct Column: Hashable, Sendable {
    package var title: Line
    package var alignment: Alignment

    package enum Alignment: Hashable, Sendable {
      case left
      /// Of numbers.
      case right
    }
  }

  /// - Parameter textColumns: how many columns are text, before those that are numbers.
  package init(_ titles: [Line], textColumns: Int = 1) {
    columns = titles.enumerated().map { index, title in
      Column(title: title, alignment: index < textColumns ? .left : .right)
    }
  }

  package mutating func add(_ cells: [Line?]) {
    precondition(cells.count == columns.count, "a row has one cell a column")
    rows.append(cells.map { $0 ?? Line() })
  }
}
