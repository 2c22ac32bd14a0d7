internal import Decoding
internal import Raster

/// Numbers on a grid, in row-major order: all that a file holds, or evenly spaced ones of very many.
struct Numbers: Sendable {
  var shape: [Int]
  var values: [Double]
  /// Whether some were left out.
  var isSample = false

  /// As many as are looked at of one array.
  static let most = 1 << 22
}

extension Numbers {
  init(_ plane: Plane) {
    shape = [plane.height, plane.width]
    values = [Double](repeating: 0, count: plane.pixels)
    var span = values.mutableSpan
    plane.load(0..<plane.pixels, into: &span)
  }

  init(_ array: NumberArray) {
    var view = array
    while view.count > Numbers.most, let longest = view.longestAxis { view.skip(along: longest) }
    isSample = view.shape != array.shape
    shape = view.shape
    values = []
    // A plane has two axes, so one that is missing has the length 1.
    while view.shape.count < 2 {
      view.shape.insert(1, at: 0)
      view.strides.insert(0, at: 0)
    }
    guard view.count > 0, let wide = view.widened() else { return }
    values.reserveCapacity(view.count)
    let (row, column) = (view.shape.count - 2, view.shape.count - 1)
    for index in indices(of: Array(view.shape.dropLast(2))) {
      values += Numbers(wide.plane(rowAxis: row, columnAxis: column, at: index + [0, 0])).values
    }
  }
}

extension Numbers {
  /// Those that are there, in one row.
  func without(_ noData: Double?) -> Numbers {
    guard let noData else { return self }
    let values = values.filter { $0 != noData && !($0.isNaN && noData.isNaN) }
    return values.count == self.values.count
      ? self : Numbers(shape: [1, values.count], values: values, isSample: isSample)
  }
}

extension NumberArray {
  fileprivate var count: Int { shape.reduce(1, *) }

  fileprivate var longestAxis: Int? {
    shape.indices.max { shape[$0] < shape[$1] }
  }

  /// Leaves every second place of an axis.
  fileprivate mutating func skip(along axis: Int) {
    shape[axis] = (shape[axis] + 1) / 2
    strides[axis] *= 2
  }
}

/// Every place on a grid, the last axis running fastest.
private func indices(of shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { places, length in
    places.flatMap { place in (0..<length).map { place + [$0] } }
  }
}
