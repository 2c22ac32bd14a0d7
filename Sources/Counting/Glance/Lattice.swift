/// Places of an image that stand for all of it: rows and columns at even distances, the same from
/// either end, so that the image may be turned and its lattice stays.
struct Lattice {
  let rows: [Int]
  let columns: [Int]

  /// At most `most` rows and columns.
  init(width: Int, height: Int, most: Int) {
    rows = Lattice.places(height, most)
    columns = Lattice.places(width, most)
  }

  var count: Int { rows.count * columns.count }

  private static func places(_ length: Int, _ most: Int) -> [Int] {
    let count = min(length, most)
    return (0..<count).map { place in
      func near(_ place: Int) -> Int { (2 * place + 1) * length / (2 * count) }
      return place < (count + 1) / 2 ? near(place) : length - 1 - near(count - 1 - place)
    }
  }
}
