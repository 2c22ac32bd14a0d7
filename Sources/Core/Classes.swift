/// The classes of a run, in the order of the configuration.
package struct ClassList: Hashable, Codable, Sendable {
  package var entries: [Entry]

  package struct Entry: Hashable, Codable, Sendable {
    package var name: String
    /// What label maps hold where this class is; the place in the list unless said otherwise.
    package var labels: PerSide<[Int64]>
    /// What RGB-coded label maps hold there.
    package var colors: [Color]

    package init(name: String, labels: PerSide<[Int64]>, colors: [Color] = []) {
      self.name = name
      self.labels = labels
      self.colors = colors
    }

    /// A class of one label, the same on both sides.
    package init(name: String, value: Int64) {
      self.init(name: name, labels: PerSide(both: [value]))
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

    /// The largest of the differences of the three parts.
    package func distance(to other: Color) -> Int {
      max(
        abs(Int(red) - Int(other.red)), abs(Int(green) - Int(other.green)),
        abs(Int(blue) - Int(other.blue)))
    }

    /// As the configuration writes it.
    package var text: String { "[\(red), \(green), \(blue)]" }
  }

  package init(_ entries: [Entry]) { self.entries = entries }

  package var count: Int { entries.count }
  package var names: [String] { entries.map(\.name) }

  /// Whether a label is several classes on a side, as a region is part of another.
  package var shareLabels: Bool {
    Side.allCases.contains { side in
      let labels = entries.flatMap { $0.labels[side] }
      return Set(labels).count < labels.count
    }
  }

  /// The first class that has a label on a side.
  package func entry(of label: Int64, on side: Side) -> Entry? {
    entries.first { $0.labels[side].contains(label) }
  }
}

extension ClassList.Color: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    (a.red, a.green, a.blue) < (b.red, b.green, b.blue)
  }
}
