/// The classes of a run, in the order of the configuration.
package struct ClassList: Hashable, Codable, Sendable {
  package var entries: [Entry]

  package struct Entry: Hashable, Codable, Sendable {
    package var name: String
    /// What a label map holds where this class is; the place in the list unless said otherwise.
    package var value: Int64
    /// What an RGB-coded label map holds.
    package var color: Color?

    package init(name: String, value: Int64, color: Color? = nil) {
      self.name = name
      self.value = value
      self.color = color
    }
  }

  package struct Color: Hashable, Codable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  /// As many as there can be: labels have 16 bits, and the last of them mean other things.
  package static let most = 65_533

  package init(_ entries: [Entry]) { self.entries = entries }

  package var count: Int { entries.count }
  package var names: [String] { entries.map(\.name) }
}
