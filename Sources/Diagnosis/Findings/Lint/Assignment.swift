/// The pairing of rows with columns that has the largest sum, one to one: the Hungarian method.
///
/// Rows are added one by one; each takes the cheapest way through columns that are taken already
/// (Kuhn 1955, with Jonker and Volgenant's shortest paths). n³ steps.
///
/// - Parameter gains: n rows of n columns; the larger, the better.
/// - Returns: for each row its column, from 0.
package func bestAssignment(_ gains: [[Double]]) -> [Int] {
  let count = gains.count
  // Prices of rows and columns; index 0 is a column that belongs to no row.
  var rowPrices = [Double](repeating: 0, count: count + 1)
  var columnPrices = [Double](repeating: 0, count: count + 1)
  var rowOf = [Int](repeating: 0, count: count + 1)
  for row in 1..<(count + 1) {
    rowOf[0] = row
    var column = 0
    var previous = [Int](repeating: 0, count: count + 1)
    var distances = [Double](repeating: .infinity, count: count + 1)
    var isDone = [Bool](repeating: false, count: count + 1)
    repeat {
      isDone[column] = true
      let current = rowOf[column]
      var (nearest, step) = (0, Double.infinity)
      for other in 1..<(count + 1) where !isDone[other] {
        let cost = -gains[current - 1][other - 1] - rowPrices[current] - columnPrices[other]
        if cost < distances[other] { (distances[other], previous[other]) = (cost, column) }
        if distances[other] < step { (nearest, step) = (other, distances[other]) }
      }
      for other in 0...count {
        if isDone[other] {
          rowPrices[rowOf[other]] += step
          columnPrices[other] -= step
        } else {
          distances[other] -= step
        }
      }
      column = nearest
    } while rowOf[column] != 0
    while column != 0 {
      rowOf[column] = rowOf[previous[column]]
      column = previous[column]
    }
  }
  var columns = [Int](repeating: 0, count: count)
  for column in 1..<(count + 1) { columns[rowOf[column] - 1] = column - 1 }
  return columns
}
