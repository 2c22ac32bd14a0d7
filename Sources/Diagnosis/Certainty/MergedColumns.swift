internal import Core
internal import Tables

/// The statistics themselves, of a chain that adds all places up before it makes values: the chain
/// is applied to the drawn sums.
struct MergedColumns: DrawnColumns {
  private let table: MeasureTable
  private let changes: [ChainResampling.Change]
  private let chain: Chain
  /// The classes whose repair is drawn too.
  private let repaired: [Int]

  init?(
    _ table: MeasureTable, _ changes: [ChainResampling.Change], repaired: [Int], _ chain: Chain
  ) {
    guard chain.mergesPlaces, !chain.isSelective || chain.hasScore else { return nil }
    self.table = table
    self.changes = changes
    self.chain = chain
    self.repaired = repaired
  }

  var count: Int { table.columns(of: 0, repaired).count }

  func row(_ place: Int) -> [Double] { table.columns(of: place, repaired) }

  func value(of change: Int, _ sums: Span<Double>) -> Double? {
    changes[change](table.merged(from: sums, repaired))?.value(by: chain)
  }

  func values(_ sums: Span<Double>) -> [Double?] {
    let drawn = table.merged(from: sums, repaired)
    return changes.map { $0(drawn)?.value(by: chain) }
  }
}

extension MeasureTable {
  /// A place's statistics, class by class, each class's own pixels, all pixels and what they weigh;
  /// then what repairing some classes would change.
  fileprivate func columns(of place: Int, _ repaired: [Int]) -> [Double] {
    let entry = layout.places[place]
    let classes = layout.classes
    var columns: [Double] = []
    func add(_ table: PlaceTable<some ColumnStatistic>) {
      for cell in table.cells[(place * classes)..<((place + 1) * classes)] {
        cell.append(to: &columns)
      }
    }
    switch self {
    case .separable(let table, _), .categorical(let table, _, _):
      add(table.sums)
      if let weighted = table.weighted { add(weighted) }
    case .score(let table, _, _): add(table)
    case .softRatio(let table, _): add(table)
    }
    columns += layout.truth[(place * classes)..<((place + 1) * classes)].map(Double.init)
    columns += [Double(entry.pixels), Double(entry.pixels) * entry.sampleWeight]
    for c in repaired {
      switch self {
      case .categorical(_, let repairs?, _):
        columns += (0..<classes).map { k in
          repairs[place].isEmpty ? 0 : Double(repairs[place][k * classes + c])
        }
      case .score(_, let confusions?, _):
        var row = [Double](repeating: 0, count: classes)
        confusions[place].forEachPrediction(ofTruth: c) { predicted, count in
          if predicted < classes { row[predicted] = Double(count) }
        }
        columns += row
      default: break
      }
    }
    return columns
  }

  /// The table of one place that has these sums.
  fileprivate func merged(from columns: Span<Double>, _ repaired: [Int]) -> MeasureTable {
    let own = layout
    let classes = 0..<own.classes
    var next = 0
    func take() -> Double {
      defer { next += 1 }
      return columns[next]
    }
    func cells<Cell: ColumnStatistic>() -> [Cell] {
      let count = Cell.columnCount
      return classes.map { _ in
        defer { next += count }
        return Cell(drawn: columns.extracting(next..<(next + count)))
      }
    }
    var sums: [LossSum] = []
    var weighted: [WeightedSum]?
    var overlaps: [Overlap] = []
    var soft: [SoftSums] = []
    switch self {
    case .separable(let old, _), .categorical(let old, _, _):
      sums = cells()
      if old.weighted != nil { weighted = cells() }
    case .score: overlaps = cells()
    case .softRatio: soft = cells()
    }
    let truth = classes.map { _ in Int(take()) }
    let (pixels, weight) = (take(), take())
    let place = Layout.Place(
      batch: 0, image: 0, tile: 0, pixels: Int(pixels),
      sampleWeight: pixels > 0 ? weight / pixels : 1)
    let layout = own.replacing(places: [place], truth: truth)
    func losses(_ old: LossTable) -> LossTable {
      LossTable(
        sums: PlaceTable(layout: layout, cells: sums), terms: old.terms,
        weighted: weighted.map { PlaceTable(layout: layout, cells: $0) })
    }
    switch self {
    case .separable(let old, let loss): return .separable(losses(old), loss)
    case .categorical(let old, let repairs, let overlapping):
      guard repairs != nil else {
        return .categorical(losses(old), repairs: nil, overlapping: overlapping)
      }
      var cells = [ExactSum](repeating: .zero, count: classes.count * classes.count)
      for c in repaired {
        for k in classes { cells[k * classes.count + c] = ExactSum(drawn: take()) }
      }
      return .categorical(losses(old), repairs: [cells], overlapping: overlapping)
    case .score(_, let confusions, let score):
      var entries: [Confusion.Entry] = []
      for c in confusions == nil ? [] : repaired {
        for k in classes {
          entries.append(.init(truth: c, predicted: k, count: Int(take())))
        }
      }
      return .score(
        PlaceTable(layout: layout, cells: overlaps),
        confusions: confusions.map { _ in [Confusion(entries)] }, score)
    case .softRatio(_, let loss):
      return .softRatio(PlaceTable(layout: layout, cells: soft), loss)
    }
  }
}
