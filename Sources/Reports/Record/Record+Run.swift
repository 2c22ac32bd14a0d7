package import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

// Which program said it, how it ended, and of what.
extension Record {
  struct Tool: Codable {
    var name = "unmask"
    var version: String
  }

  struct Status: Codable {
    var complete: Bool
    /// Of the headline; `nil` where there is none.
    var verdict: String?
    /// The class that fails worst.
    var worst: String?
    var hidden: [String]
    var muted: [String]
    var exposed: [String]
    var undetermined: [String]
    /// Kinds of faults of the set-up that are not accepted.
    var setup: [String]
  }

  struct SetUp: Codable {
    var kind: String
    var severity: String
    var title: String
    var statement: String
    var remedy: String
    var lines: [String]
    var numbers: [String: Double]

    init(_ fault: SetUpFault) {
      kind = fault.kind.rawValue
      severity = fault.severity.rawValue
      title = fault.title.plain
      statement = "\(fault.statement.plain)."
      remedy = "\(fault.remedy.plain)."
      lines = fault.lines
      numbers = fault.numbers
    }
  }

  struct Inputs: Codable {
    var configuration: String
    var predictions: String
    var truth: String
    /// What metrics call the run.
    var run: String?
    var kind: String
    var activation: String
    var classes: [String]
    var threshold: Double?
    var thresholds: [Double]?
    var images: Int
    var imagesUsed: Int
    var imagesDropped: Int
    var batchSize: Int?
    var countedPx: Int
    var ignoredPx: Int
    var unclassedPx: Int
    var overlappingPx: Int
    var unlistedPredictionsPx: Int
    var levels: Int?
    var quantised: String?
    var saturatedPx: Int?
    var saturatedWrongPx: Int?

    init(_ inputs: Report.Inputs, _ saving: Report.Saving) {
      configuration = inputs.configuration
      predictions = inputs.predictions
      truth = inputs.truth
      run = inputs.run
      kind = inputs.kind
      activation = inputs.activation
      classes = inputs.classes.names
      threshold = inputs.threshold
      thresholds = inputs.thresholds
      images = inputs.listed
      imagesUsed = inputs.used
      imagesDropped = inputs.dropped
      batchSize = inputs.batchSize
      countedPx = inputs.pixels
      ignoredPx = inputs.ignored
      unclassedPx = inputs.unclassed
      overlappingPx = inputs.overlapping
      unlistedPredictionsPx = inputs.unlistedPredictions
      levels = saving.levels
      quantised = saving.levels.map { _ in saving.quantisation.rawValue }
      saturatedPx = saving.allSaturated?.all
      saturatedWrongPx = saving.allSaturated?.wrong
    }
  }

  struct Fault: Codable {
    var image: String
    var what: String
    var file: String?
    var line: Int?
    var byte: Int?
    var remedy: String

    init(_ fault: ImageProblem) {
      image = fault.image
      what = fault.problem.what
      remedy = fault.problem.remedy
      switch fault.problem.place {
      case nil: break
      case .file(let file): self.file = file
      case .line(let line, let file): (self.file, self.line) = (file, line)
      case .byte(let byte, let file): (self.file, self.byte) = (file, byte)
      }
    }

    var problem: ImageProblem {
      let place: Problem.Place? = file.map { file in
        line.map { .line($0, file: file) } ?? byte.map { .byte($0, file: file) } ?? .file(file)
      }
      return ImageProblem(
        image: image, problem: Problem(what, at: place, remedy: remedy))
    }
  }

  /// A picture of a place where a class fails.
  struct Drawn: Codable {
    var file: String
    var className: String
    var image: String
    /// Of a volume, from 0.
    var slice: Int?
    var width: Int
    var height: Int
    /// The first and the last.
    var rows: [Int]
    var columns: [Int]
    var white: Double?
    var hasIgnored: Bool
    var isPredicted: Bool

    init(_ picture: Report.ClassPicture) {
      file = picture.name
      className = picture.className
      image = picture.image
      slice = picture.slice
      width = picture.width
      height = picture.height
      rows = [picture.rows.lowerBound, picture.rows.upperBound - 1]
      columns = [picture.columns.lowerBound, picture.columns.upperBound - 1]
      white = picture.white
      hasIgnored = picture.hasIgnored
      isPredicted = picture.isPredicted
    }
  }
}

extension Record {
  /// The pictures that its page shows.
  ///
  /// - Parameter bytes: of the file of this name beside the record; `nil` where there is none.
  package func pictures(
    _ bytes: (_ name: String) throws(Problem) -> [UInt8]?
  ) throws(Problem) -> [Report.ClassPicture] {
    var found: [Report.ClassPicture] = []
    for drawn in pictures {
      guard Report.ClassPicture.names.contains(drawn.file), let bytes = try bytes(drawn.file),
        let rows = range(drawn.rows), let columns = range(drawn.columns)
      else { continue }
      found.append(
        Report.ClassPicture(
          name: drawn.file, className: drawn.className, image: drawn.image, slice: drawn.slice,
          bytes: bytes,
          width: drawn.width, height: drawn.height, rows: rows, columns: columns,
          white: drawn.white, hasIgnored: drawn.hasIgnored, isPredicted: drawn.isPredicted))
    }
    return found
  }

  private func range(_ ends: [Int]) -> Range<Int>? {
    guard ends.count == 2, ends[0] >= 0, ends[1] >= ends[0], ends[1] < .max else { return nil }
    return ends[0]..<ends[1] + 1
  }
}
