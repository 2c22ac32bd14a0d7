internal import Core
internal import Tables

/// The statistics themselves, of a chain that adds all places up before it makes values: the chain
/// is applied to the sums of those that are left.
struct MergedColumns: SummedColumns {
  private let table: ColumnTable
  private let changes: [ChainJackknife.Change]
  private let chain: Chain
  /// The classes whose repair is added up too.
  private let repaired: [Int]
  private let sizes: [Double]

  init?(
    _ table: MeasureTable, _ changes: [ChainJackknife.Change], repaired: [Int], _ chain: Chain
  ) {
    guard chain.mergesPlaces, !chain.isSelective || chain.hasScore,
      let columns = ColumnTable(table)
    else { return nil }
    self.table = columns
    self.changes = changes
    self.chain = chain
    self.repaired = repaired
    sizes = table.sizes(in: chain)
    count = columns.columns(of: 0, repaired).count
  }

  let count: Int

  func row(_ place: Int) -> [Double] { table.columns(of: place, repaired) }
  func size(_ place: Int) -> Double { sizes[place] }

  func values(_ sums: Span<Double>) -> [Double?] {
    let merged = table.merged(from: sums, repaired)
    return changes.map { $0(merged)?.value(by: chain) }
  }
}

/// A table of numbers side by side; what is sparse has no columns.
private enum ColumnTable {
  case losses(Losses)
  case ratios(any ColumnRatios)

  init?(_ table: MeasureTable) {
    switch table {
    case .losses(let losses): self = .losses(losses)
    case .ratios(let ratios):
      guard let ratios = ratios as? any ColumnRatios else { return nil }
      self = .ratios(ratios)
    }
  }

  private var layout: Layout {
    switch self {
    case .losses(let losses): losses.layout
    case .ratios(let ratios): ratios.layout
    }
  }
}

private protocol ColumnRatios: Ratios where Cell: ColumnStatistic {}

extension RatioTable: ColumnRatios where Cell: ColumnStatistic {}

extension ColumnTable {
  /// A place's statistics, class by class, each class's own pixels, all pixels and what they weigh;
  /// then what repairing some classes would change.
  fileprivate func columns(of place: Int, _ repaired: [Int]) -> [Double] {
    let entry = layout.places[place]
    let classes = layout.classes
    var columns: [Double] = []
    switch self {
    case .losses(let losses):
      losses.table.sums.append(place, to: &columns)
      losses.table.weighted?.append(place, to: &columns)
    case .ratios(let ratios): ratios.append(place, to: &columns)
    }
    columns += layout.truth[(place * classes)..<((place + 1) * classes)].map(Double.init)
    columns += [
      Double(entry.pixels), Double(entry.ignored), Double(entry.pixels) * entry.sampleWeight,
    ]
    for c in repaired {
      switch self {
      case .losses(let losses):
        guard let repairs = losses.repairs?[place] else { continue }
        columns += (0..<classes).map { k in
          repairs.isEmpty ? 0 : Double(repairs[k * classes + c])
        }
      case .ratios(let ratios):
        guard let confusion = ratios.confusions?[place] else { continue }
        var row = [Double](repeating: 0, count: classes)
        confusion.forEachPrediction(ofTruth: c) { predicted, count in
          if predicted < classes { row[predicted] = Double(count) }
        }
        columns += row
      }
    }
    return columns
  }

  /// The table of one place that has these sums.
  fileprivate func merged(from columns: Span<Double>, _ repaired: [Int]) -> MeasureTable {
    let classes = 0..<layout.classes
    var next = 0
    func take() -> Double {
      defer { next += 1 }
      return columns[next]
    }
    func cells<Cell: ColumnStatistic>(_: PlaceTable<Cell>) -> [Cell] {
      let count = Cell.columnCount
      return classes.map { _ in
        defer { next += count }
        return Cell(drawn: columns.extracting(next..<(next + count)))
      }
    }
    func wholePlace() -> Layout {
      let truth = classes.map { _ in Int(take()) }
      let (pixels, ignored, weight) = (take(), take(), take())
      let place = Layout.Place(
        batch: 0, image: 0, tile: 0, pixels: Int(pixels), ignored: Int(ignored),
        sampleWeight: pixels > 0 ? weight / pixels : 1)
      return layout.replacing(places: [place], truth: truth)
    }
    switch self {
    case .losses(var losses):
      let old = losses.table
      let (sums, weighted) = (cells(old.sums), old.weighted.map(cells))
      let layout = wholePlace()
      losses.table = LossTable(
        sums: PlaceTable(layout: layout, cells: sums), terms: old.terms,
        weighted: weighted.map { PlaceTable(layout: layout, cells: $0) })
      guard losses.repairs != nil else { return .losses(losses) }
      var repairs = [ExactSum](repeating: .zero, count: classes.count * classes.count)
      for c in repaired {
        for k in classes { repairs[k * classes.count + c] = ExactSum(drawn: take()) }
      }
      losses.repairs = [repairs]
      return .losses(losses)
    case .ratios(let ratios):
      func merged<Of: ColumnRatios>(_ ratios: Of) -> Of {
        var merged = ratios
        let sums = cells(ratios.cells)
        merged.cells = PlaceTable(layout: wholePlace(), cells: sums)
        guard ratios.confusions != nil else { return merged }
        var entries: [Confusion.Entry] = []
        for c in repaired {
          for k in classes {
            entries.append(.init(truth: c, predicted: k, count: Int(take())))
          }
        }
        merged.confusions = [Confusion(entries)]
        return merged
      }
      return .ratios(merged(ratios))
    }
  }
}

extension ColumnRatios {
  fileprivate func append(_ place: Int, to columns: inout [Double]) {
    cells.append(place, to: &columns)
  }
}

extension PlaceTable where Cell: ColumnStatistic {
  /// A place's statistics, class by class.
  fileprivate func append(_ place: Int, to columns: inout [Double]) {
    for cell in cells[(place * layout.classes)..<((place + 1) * layout.classes)] {
      cell.append(to: &columns)
    }
  }
}
