internal import Core
internal import Raster

extension Lattice {
  /// Where each place finds the prediction that a turn brings there.
  func places(of turn: Turn) -> [Int] {
    let (height, width) = (rows.count, columns.count)
    func place(_ row: Int, _ column: Int) -> Int { row * width + column }
    return (0..<height).flatMap { i in
      (0..<width).map { j in
        let from = turn.source(row: i, column: j, height: height, width: width)
        return place(from.row, from.column)
      }
    }
  }

  func numbers(of plane: Plane) -> [Double] {
    var number = [0.0]
    return rows.flatMap { y in
      columns.map { x in
        let pixel = y * plane.width + x
        var span = number.mutableSpan
        plane.load(pixel..<(pixel + 1), into: &span)
        return number[0]
      }
    }
  }

  func labels(of map: LabelMap) -> [Label] {
    var label = [Label.none]
    return rows.flatMap { y in
      columns.map { x in
        let pixel = y * map.plane.width + x
        var span = label.mutableSpan
        map.load(pixel..<(pixel + 1), into: &span)
        return label[0]
      }
    }
  }

  /// The numbers of a label map; `nil` where one is no whole number.
  func labels(of plane: Plane) -> [Int64]? {
    var number: [Int64] = [0]
    var labels: [Int64] = []
    for y in rows {
      for x in columns {
        let pixel = y * plane.width + x
        var span = number.mutableSpan
        guard plane.loadLabels(pixel..<(pixel + 1), into: &span) == nil else { return nil }
        labels.append(number[0])
      }
    }
    return labels
  }
}
