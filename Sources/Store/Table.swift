import Core

/// One table of an evidence file.
struct Table: Sendable {
  let name: String
  let columns: [String]
  /// The columns that tell a row from the others come first: so many.
  let keyLength: Int
  let creation: String
  let insertion: String
  /// All rows in the order of their key, whatever the order in which they were written.
  let selection: String

  /// `definitions` has one column a line, in SQL, explained for those who ask SQLite for the schema.
  private init(_ name: String, key: String, _ definitions: String) {
    self.name = name
    // Bytes: what is a letter is of no matter here, and all tables are made at every start.
    let lines = definitions.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init)
    columns = lines.map { line in
      String(Substring(line.utf8.prefix { $0 != UInt8(ascii: " ") }))
    }
    keyLength = key.utf8.count { $0 == UInt8(ascii: ",") } + 1
    creation = """
      CREATE TABLE \(name) (
      \(lines.map { "  \($0)" }.joined(separator: "\n"))
        PRIMARY KEY (\(key))
      ) WITHOUT ROWID;
      """
    let marks = [String](repeating: "?", count: columns.count).joined(separator: ", ")
    insertion = "INSERT INTO \(name) VALUES (\(marks))"
    selection = "SELECT \(columns.joined(separator: ", ")) FROM \(name) ORDER BY \(key)"
  }
}

extension Table {
  /// `Unmk`, by which a file is known: SQLite documentation, "PRAGMA application_id".
  static let application = 0x556e_6d6b
  /// Counted up with each change of the tables: SQLite documentation, "PRAGMA user_version".
  static let version = 15

  static let all = [
    run, note, `class`, loss, problem, image, tile, overlap, lossSum, weightedSum, softSum,
    confusion, repair, distance,
    level, runLevel, glance,
  ]

  static let run = Table(
    "run", key: "key",
    """
    key TEXT NOT NULL, -- configuration, configuration_file, tool, listed, scheme (JSON: how everything was counted); at last: finished
    value TEXT NOT NULL,
    """)

  static let note = Table(
    "note", key: "id",
    """
    id INTEGER NOT NULL, -- from 0
    text TEXT NOT NULL, -- what was noticed when the images were looked for
    """)

  static let `class` = Table(
    "class", key: "id",
    """
    id INTEGER NOT NULL, -- its place in the configuration's list, from 0
    name TEXT NOT NULL,
    predicted_labels TEXT NOT NULL, -- in label maps, as 26 27
    true_labels TEXT NOT NULL,
    colors TEXT NOT NULL, -- in RGB-coded label maps, as [0, 0, 142] [0, 0, 70]
    """)

  static let loss = Table(
    "loss", key: "id",
    """
    id INTEGER NOT NULL, -- from 0
    name TEXT NOT NULL,
    """)

  static let problem = Table(
    "problem", key: "position",
    """
    position INTEGER NOT NULL, -- from 0
    image TEXT NOT NULL, -- the name of an image that could not be used
    what TEXT NOT NULL,
    place_file TEXT,
    place_line INTEGER, -- from 1
    place_byte INTEGER, -- from 0
    remedy TEXT NOT NULL,
    """)

  static let image = Table(
    "image", key: "id",
    """
    id INTEGER NOT NULL, -- its place in the list of the run, from 0
    name TEXT NOT NULL UNIQUE,
    image_group TEXT,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    slices INTEGER NOT NULL, -- of a volume; 1 of a picture
    ignored_px INTEGER NOT NULL,
    unlisted_px INTEGER NOT NULL, -- predicted as a label that no class has
    \(ColumnDefinitions(of: Remarks.self))
    counted_px INTEGER NOT NULL, -- all but the ignored ones
    unclassed_px INTEGER NOT NULL, -- counted, but truly no class
    overlapping_px INTEGER NOT NULL, -- truly several classes
    weight BLOB NOT NULL, -- sum of the pixels' sample weights, 0 where they have none; 16 bytes as below
    """)

  static let tile = Table(
    "tile", key: "image, tile",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- row by row, from 0
    counted_px INTEGER NOT NULL,
    unclassed_px INTEGER NOT NULL,
    overlapping_px INTEGER NOT NULL,
    weight BLOB NOT NULL,
    """)

  static let overlap = Table(
    "overlap", key: "image, tile, class",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- -1: the whole image
    class INTEGER NOT NULL,
    \(ColumnDefinitions(of: Overlap.self))
    first_px INTEGER NOT NULL, -- own pixels of which no class before it in the list is true too
    \(ColumnDefinitions(of: SaturatedCounts.self))
    \(ColumnDefinitions(of: TieCounts.self))
    ignored_px INTEGER NOT NULL, -- predicted as the class where the truth does not count
    \(ColumnDefinitions(of: BorderCounts.self))
    """)

  static let lossSum = Table(
    "loss_sum", key: "image, tile, class, loss",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- -1: the whole image
    class INTEGER NOT NULL,
    loss INTEGER NOT NULL,
    \(ColumnDefinitions(of: LossSum.self))
    own_value REAL NOT NULL, -- the sums once more, rounded, to be read
    other_value REAL NOT NULL,
    \(ColumnDefinitions(of: LossBounds.self, isOptional: true))
    \(cappedDefinitions)
    """)

  private static let cappedDefinitions = ColumnDefinitions(
    of: SplitSum.self, prefix: "capped_", isOptional: true,
    "the part of the sums that saturated wrong probabilities make")

  static let weightedSum = Table(
    "weighted_sum", key: "image, tile, class, loss",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- -1: the whole image
    class INTEGER NOT NULL,
    loss INTEGER NOT NULL,
    \(ColumnDefinitions(of: WeightedSum.self))
    """)

  static let softSum = Table(
    "soft_sum", key: "image, tile, class",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- -1: the whole image
    class INTEGER NOT NULL, -- a class without a row has sums of 0
    \(ColumnDefinitions(of: SoftSums.self))
    predicted_value REAL NOT NULL, -- the sums once more, rounded, to be read
    both_value REAL NOT NULL,
    predicted_squared_value REAL NOT NULL,
    """)

  /// A row for each true class: with one for each pair of classes, writing them was most of what evidence took.
  static let confusion = Table(
    "confusion_row", key: "image, tile, truth",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- -1: the whole image
    truth INTEGER NOT NULL, -- a class; the number of classes stands for no class
    predicted TEXT NOT NULL, -- JSON: each class that was predicted there, and of how many pixels; ask the view 'confusion'
    """)

  /// For those who ask in SQL; not read here.
  static let views = [
    """
    CREATE VIEW confusion AS -- a row for each pair of classes
      SELECT image, tile, truth, CAST(key AS INTEGER) AS predicted, value AS px
      FROM confusion_row, json_each(confusion_row.predicted);
    """
  ]

  static let repair = Table(
    "repair", key: "image, tile, truth",
    """
    image INTEGER NOT NULL,
    tile INTEGER NOT NULL, -- -1: the whole image
    truth INTEGER NOT NULL,
    cells BLOB NOT NULL, -- a sum for each class, in 16 bytes as above; empty: all are 0
    """)

  static let distance = Table(
    "distance", key: "image, class",
    """
    image INTEGER NOT NULL,
    class INTEGER NOT NULL, -- a class without a row has no boundary, or none was looked at
    predicted BLOB NOT NULL, -- of the prediction's boundary to the truth's: steps of the squared distance in px^2, and how many pixels are there, in turn; in LEB128
    predicted_unreached_px INTEGER NOT NULL, -- pixels of its boundary where the truth has none
    truth BLOB NOT NULL, -- the same of the truth's boundary
    truth_unreached_px INTEGER NOT NULL,
    """)

  static let level = Table(
    "level", key: "image, class",
    """
    image INTEGER NOT NULL,
    class INTEGER NOT NULL,
    own BLOB NOT NULL, -- 256 counts in LEB128; zeros at the end are left out
    other BLOB NOT NULL,
    """)

  static let glance = Table(
    "glance", key: "image",
    """
    image INTEGER NOT NULL, -- one of the few whose set-up was looked at
    seen TEXT NOT NULL, -- JSON
    """)

  static let runLevel = Table(
    "run_level", key: "class",
    """
    class INTEGER NOT NULL, -- -1: the class that was chosen
    kind TEXT NOT NULL, -- bits8, bits16; single, double: bins of probabilities
    own BLOB NOT NULL, -- counts as in level
    other BLOB NOT NULL,
    """)
}
