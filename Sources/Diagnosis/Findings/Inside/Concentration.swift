internal import Core
internal import Pages
internal import Tables

/// Where a poor class is missed: in a few groups, tiles or images, or everywhere alike.
extension Examination {
  var concentration: [Finding] {
    poor.prefix(Examination.mostClasses).flatMap { c in
      [groups(of: c), tiles(of: c), images(of: c)].compactMap { place in
        Concentrated(place.places).map { finding(c, $0, place) }
      }
    }
  }

  private func finding(_ c: Int, _ found: Concentrated, _ place: Places) -> Finding {
    let all = place.places.count
    let names = found.worst.map(\.name)
    return Finding(
      .concentration, of: diagnosis.classes[c].name, about: .name(self.names[c]),
      "\(percent: found.missedShare) of its missed pixels are in \(names.count) of the \(count: all) \(text: place.plural) that have it (\(listed(names))), with \(percent: found.truthShare) of its pixels",
      remedy:
        "Look at \(text: names.count == 1 ? "that one" : "those") before the model as a whole",
      numbers: [
        "places": Double(names.count), "of_places": Double(all),
        "missed_share": found.missedShare, "pixel_share": found.truthShare,
      ])
  }

  private struct Places {
    var plural: String
    /// Those whose truth has the class.
    var places: [Concentrated.Place]

    init(_ plural: String, _ overlaps: [(name: String, overlap: Overlap)]) {
      self.plural = plural
      places = overlaps.filter { $0.overlap.truth > 0 }.map {
        .init(name: printable($0.name), missed: $0.overlap.onlyTrue, truth: $0.overlap.truth)
      }
    }
  }

  private func images(of c: Int) -> Places {
    Places("images", measurements.images.map { ($0.name, $0.tally.classes[c].overlap) })
  }

  private func groups(of c: Int) -> Places {
    var sums: [(name: String, overlap: Overlap)] = []
    var places: [String: Int] = [:]
    for image in measurements.images {
      guard let group = image.group else { continue }
      if let place = places[group] {
        sums[place].overlap += image.tally.classes[c].overlap
      } else {
        places[group] = sums.count
        sums.append((group, image.tally.classes[c].overlap))
      }
    }
    return Places("groups", sums)
  }

  /// Only where images are cut, which they are where a chain names tiles.
  private func tiles(of c: Int) -> Places {
    let cut = measurements.images.filter { $0.tiles.count > 1 }
    return Places(
      "tiles",
      cut.flatMap { image in
        image.tiles.enumerated().map { index, tile in
          ("\(image.name) tile \(index + 1)", tile.classes[c].overlap)
        }
      })
  }
}

/// The few places that have half of what is missed.
struct Concentrated {
  struct Place {
    var name: String
    var missed: Int
    var truth: Int
  }

  var worst: [Place]
  /// Of all missed pixels.
  var missedShare: Double
  /// Of all pixels of the class.
  var truthShare: Double

  /// `nil` where that means nothing: fewer than 4 places, or half of the misses in more than a
  /// quarter of them, or misses that just follow the class.
  init?(_ places: [Place]) {
    let missed = places.reduce(0) { $0 + $1.missed }
    let truth = places.reduce(0) { $0 + $1.truth }
    guard places.count >= 4, missed > 0 else { return nil }
    let sorted = places.enumerated().sorted { a, b in
      a.element.missed != b.element.missed
        ? a.element.missed > b.element.missed : a.offset < b.offset
    }.map(\.element)
    worst = []
    var taken = 0
    for place in sorted where 2 * taken < missed {
      worst.append(place)
      taken += place.missed
    }
    missedShare = Double(taken) / Double(missed)
    truthShare = Double(worst.reduce(0) { $0 + $1.truth }) / Double(truth)
    guard 4 * worst.count <= places.count, missedShare >= 1.25 * truthShare else { return nil }
  }
}
