internal import Core
internal import Tables

extension MeasureTable {
  /// How much each place counts in the value of a chain that adds all places up; together they
  /// count 1.
  ///
  /// What a place has of a class is what it adds to the number that the class's value divides by. The
  /// classes count alike, unless their pixels are added up too.
  func sizes(in chain: Chain) -> [Double] {
    // Asked for once: what a ratio is made of is found out each time.
    let layout = layout
    let classes = layout.classes
    let extents = extents(byOwnPixels: chain.weighsOwnPixels)
    // Exact sums, so that the order of the images is no matter.
    var sums = [ExactSum](repeating: .zero, count: chain.addsUpClasses ? 1 : classes)
    for (index, extent) in extents.enumerated() where layout.isAveraged[index % classes] {
      let sum = index % sums.count
      sums[sum] = sums[sum] + extent
    }
    let present = Double(sums.count { $0 != .zero })
    return layout.places.indices.map { place in
      (0..<classes).reduce(0) { size, c in
        let whole = sums[c % sums.count]
        let extent = extents[place * classes + c]
        return whole == .zero || !layout.isAveraged[c]
          ? size : size + Double(extent) / Double(whole) / present
      }
    }
  }

  /// Place by place, class by class.
  private func extents(byOwnPixels: Bool) -> [ExactSum] {
    switch self {
    case .ratios(let ratios): return ratios.extents
    case .losses(let losses):
      let layout = losses.layout
      return layout.places.indices.flatMap { place in
        (0..<layout.classes).map { c in
          ExactSum(near: 1)
            * (byOwnPixels
              ? layout.truth[place * layout.classes + c] : layout.places[place].pixels)
        }
      }
    }
  }
}

extension Ratios {
  fileprivate var extents: [ExactSum] { cells.cells.map(\.extent) }
}

extension Chain {
  fileprivate var weighsOwnPixels: Bool {
    reductions.contains { [.balanced, .inversePrevalence, .truth].contains($0.weight) }
  }

  /// Whether the pixels of all classes make one value.
  fileprivate var addsUpClasses: Bool {
    for step in steps {
      switch step {
      case .reduce(let reduction) where reduction.axes.contains(.class): return true
      case .reduce: continue
      default: return false
      }
    }
    return false
  }
}
