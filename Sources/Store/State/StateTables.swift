import GRDB

/// The tables of a state, made and changed step by step: a state of an older version is brought up when it is opened.
enum StateTables {
  /// `UnmS`, by which a state is known: SQLite documentation, "PRAGMA application_id".
  static let application = 0x556e_6d53

  static let names = [
    "scheme", "sighting", "image", "listing", "run", "run_class", "run_check",
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: images and runs") { database in
      try database.execute(
        sql: "\(images)\n\(runs)")
    }
    migrator.registerMigration("2: how a run counted") { database in
      // Of older runs it is not known.
      try database.execute(sql: "ALTER TABLE run ADD COLUMN scheme INTEGER REFERENCES scheme")
    }
    return migrator
  }

  /// Images by content. What is no longer needed goes by the run that needed it last.
  private static let images = """
    CREATE TABLE scheme (
      id INTEGER PRIMARY KEY,
      text TEXT NOT NULL UNIQUE -- the program that counted, and JSON: how everything was counted
    );
    CREATE TABLE sighting (
      place BLOB PRIMARY KEY, -- a hash of the paths that an image was read from
      stamp BLOB NOT NULL, -- a hash of what the system said of the files there: sizes, times, numbers
      content BLOB NOT NULL, -- BLAKE3 of what they held
      run INTEGER NOT NULL -- that needed it last, give or take a few
    ) WITHOUT ROWID;
    CREATE TABLE image (
      id INTEGER PRIMARY KEY,
      content BLOB NOT NULL,
      scheme INTEGER NOT NULL REFERENCES scheme,
      run INTEGER NOT NULL,
      checksum INTEGER NOT NULL, -- CRC-32 of the evidence
      evidence BLOB NOT NULL -- packed: how many bytes it inflates to (0: not deflated), and the bytes
    );
    CREATE UNIQUE INDEX image_content ON image (content, scheme);
    """

  private static let runs = """
    CREATE TABLE listing (
      id INTEGER PRIMARY KEY,
      scheme INTEGER NOT NULL REFERENCES scheme,
      run INTEGER NOT NULL,
      images BLOB NOT NULL, -- packed: which images a run had, under which names
      record BLOB NOT NULL -- packed JSON: its configuration, and images that could not be used
    );
    CREATE TABLE run (
      number INTEGER PRIMARY KEY, -- from 1, in the order in which they ended
      series TEXT NOT NULL, -- runs of one series are compared with each other
      name TEXT, -- of the directory that {run} stands for, or what the configuration calls it
      started REAL NOT NULL, -- seconds since 1970
      ended REAL NOT NULL,
      host TEXT NOT NULL,
      tool TEXT NOT NULL,
      configuration TEXT NOT NULL,
      predictions TEXT NOT NULL,
      truth TEXT NOT NULL,
      exit_code INTEGER NOT NULL,
      verdict TEXT, -- of the headline
      headline TEXT NOT NULL,
      value REAL, -- what it printed
      value_lo REAL,
      value_hi REAL,
      images INTEGER NOT NULL, -- of the run
      images_used INTEGER NOT NULL,
      images_counted INTEGER NOT NULL, -- and not taken from earlier nights
      new_record TEXT, -- why it is not compared with the runs before it
      same_as INTEGER, -- nothing had changed since that run, which has the classes and checks
      inputs BLOB, -- a hash of all that decides the reports; empty: they are made again in any case
      output BLOB, -- a hash of the reports' files as they were left
      listing INTEGER -- its evidence, as long as that is kept
    );
    CREATE INDEX run_series ON run (series, number);
    CREATE TABLE run_class (
      run INTEGER NOT NULL,
      position INTEGER NOT NULL, -- in the configuration's list, from 0
      class TEXT NOT NULL,
      state TEXT NOT NULL,
      verdict TEXT,
      badness REAL, -- by the headline: 0 is perfect
      iou REAL,
      dice REAL,
      loss REAL,
      pixel_share REAL,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE run_check (
      run INTEGER NOT NULL,
      position INTEGER NOT NULL,
      id TEXT NOT NULL,
      class TEXT,
      state TEXT NOT NULL,
      value REAL,
      lim REAL, -- what the value was held against
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    """
}
