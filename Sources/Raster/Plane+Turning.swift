package import Core

extension Plane {
  /// The same numbers with rows and columns exchanged or reversed; none is copied.
  package func turned(_ turn: Turn) -> Plane {
    var plane = self
    if turn.exchangesSides { (plane.width, plane.height) = (height, width) }
    // Where the turned plane begins, and where its rows and columns lead from there.
    let size = (height: plane.height, width: plane.width)
    func byte(_ row: Int, _ column: Int) -> Int {
      let from = turn.source(row: row, column: column, height: size.height, width: size.width)
      return from.row * rowStride + from.column * columnStride
    }
    plane.offset = offset + byte(0, 0)
    plane.rowStride = byte(1, 0) - byte(0, 0)
    plane.columnStride = byte(0, 1) - byte(0, 0)
    return plane
  }
}
