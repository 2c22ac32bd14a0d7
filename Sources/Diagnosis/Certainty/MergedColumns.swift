internal import Core
internal import Measures

/// The statistics themselves, of a chain that adds all places up before it makes values: the chain
/// is applied to the drawn sums.
struct MergedColumns: DrawnColumns {
  private let tables: [MeasureTable]
  private let chain: Chain
  /// Columns of one table: those of each class, then the counted pixels and what they weigh.
  private let width: Int

  init?(_ tables: [MeasureTable], _ chain: Chain) {
    guard chain.mergesPlaces, !chain.isSelective || chain.hasScore else { return nil }
    self.tables = tables
    self.chain = chain
    width = tables[0].columns(of: 0).count
  }

  var count: Int { tables.count * width }

  func row(_ place: Int) -> [Double] { tables.flatMap { $0.columns(of: place) } }

  func value(of table: Int, _ sums: Span<Double>) -> Double? {
    let columns = (0..<width).map { sums[table * width + $0] }
    return tables[table].merged(from: columns).value(by: chain)
  }
}

extension MeasureTable {
  /// A place's statistics, class by class, its pixels and what they weigh.
  fileprivate func columns(of place: Int) -> [Double] {
    let entry = layout.places[place]
    let classes = 0..<layout.classes
    func cell<Cell>(_ table: PlaceTable<Cell>, _ c: Int) -> Cell {
      table.cells[place * layout.classes + c]
    }
    let statistics: [Double] =
      switch self {
      case .separable(let table, _), .categorical(let table, _, _):
        classes.flatMap { c in
          cell(table.sums, c).columns + (table.weighted.map { cell($0, c).columns } ?? [])
        }
      case .score(let table, _, _): classes.flatMap { cell(table, $0).cells }
      case .softRatio(let table, _): classes.flatMap { cell(table, $0).columns }
      }
    return statistics + classes.map { Double(layout.truth[place * layout.classes + $0]) }
      + [Double(entry.pixels), Double(entry.pixels) * entry.sampleWeight]
  }

  /// The table of one place that has these sums.
  fileprivate func merged(from columns: [Double]) -> MeasureTable {
    let classes = layout.classes
    let pixels = columns[columns.count - 2]
    let truth = columns[(columns.count - 2 - classes)..<(columns.count - 2)].map { Int($0) }
    let place = Layout.Place(
      batch: 0, image: 0, tile: 0, pixels: Int(pixels),
      sampleWeight: pixels > 0 ? columns[columns.count - 1] / pixels : 1)
    let layout = layout.replacing(places: [place], truth: truth)
    let width = (columns.count - 2 - classes) / max(1, classes)
    func part(_ c: Int, _ range: Range<Int>) -> ArraySlice<Double> {
      columns[(c * width + range.lowerBound)..<(c * width + range.upperBound)]
    }
    func table<Cell: Statistic>(_ cell: (Int) -> Cell) -> PlaceTable<Cell> {
      PlaceTable(layout: layout, cells: (0..<classes).map(cell))
    }
    func losses(_ old: LossTable) -> LossTable {
      LossTable(
        sums: table { LossSum(columns: Array(part($0, 0..<4))) }, terms: old.terms,
        weighted: old.weighted == nil
          ? nil : table { WeightedSum(columns: Array(part($0, 4..<8))) })
    }
    return switch self {
    case .separable(let old, let loss): .separable(losses(old), loss)
    case .categorical(let old, _, let overlapping):
      .categorical(losses(old), repairs: nil, overlapping: overlapping)
    case .score(_, _, let score):
      .score(table { Overlap(cells: part($0, 0..<4).span) }, confusions: nil, score)
    case .softRatio(_, let loss):
      .softRatio(table { SoftSums(columns: Array(part($0, 0..<4))) }, loss)
    }
  }
}

extension LossSum {
  fileprivate var columns: [Double] {
    [Double(positive), Double(negative), Double(positives), Double(negatives)]
  }

  fileprivate init(columns: [Double]) {
    self.init(
      positive: ExactSum(drawn: columns[0]), negative: ExactSum(drawn: columns[1]),
      positives: Int(columns[2]), negatives: Int(columns[3]))
  }
}

extension WeightedSum {
  fileprivate var columns: [Double] {
    [Double(positive), Double(negative), Double(positiveWeight), Double(negativeWeight)]
  }

  fileprivate init(columns: [Double]) {
    self.init(
      positive: ExactSum(drawn: columns[0]), negative: ExactSum(drawn: columns[1]),
      positiveWeight: ExactSum(drawn: columns[2]), negativeWeight: ExactSum(drawn: columns[3]))
  }
}

extension SoftSums {
  fileprivate var columns: [Double] {
    [Double(predicted), Double(both), Double(predictedSquared), Double(truth)]
  }

  fileprivate init(columns: [Double]) {
    self.init(
      predicted: ExactSum(drawn: columns[0]), both: ExactSum(drawn: columns[1]),
      predictedSquared: ExactSum(drawn: columns[2]), truth: Int(columns[3]))
  }
}

extension ExactSum {
  /// A sum of sums, which may be larger than one term; 2⁶⁶ is more than any run's.
  fileprivate init(drawn value: Double) {
    let limited = max(-0x1p66, min(0x1p66, value))
    self.init(units: Int128((limited * 0x1p60).rounded()))
  }
}
