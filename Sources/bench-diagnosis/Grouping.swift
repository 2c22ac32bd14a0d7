/// What distinguishes the rows of a table.
struct Grouping: Sendable {
  let name: String
  private let key: @Sendable (Case) -> (order: Double, text: String)

  static let support = Grouping(name: "images that have it") { found in
    let bounds = [0, 1, 10, 20, 30, 50, 100, 300]
    let index = bounds.lastIndex { $0 <= found.support } ?? 0
    let low = bounds[index]
    let text =
      index + 1 == bounds.count
      ? "\(low) or more"
      : bounds[index + 1] == low + 1 ? "\(low)" : "\(low)–\(bounds[index + 1] - 1)"
    return (Double(low), text)
  }

  static let images = Grouping(name: "images in all") {
    (Double($0.trial.images), "\($0.trial.images)")
  }

  static let prevalence = Grouping(name: "prevalence") {
    ($0.trial.prevalence, "\($0.trial.prevalence)")
  }

  static let presence = Grouping(name: "presence") {
    ($0.trial.presence, "\(Int(($0.trial.presence * 100).rounded())) %")
  }

  static let spread = Grouping(name: "spread of sizes") { ($0.sizeSpread, "\($0.sizeSpread)") }

  static let plantedIoU = Grouping(name: "true IoU") { ($0.iou, "\($0.iou)") }

  static let iou = Grouping(name: "true IoU") { found in
    let bounds = [0, 0.5, 0.7, 0.9]
    let texts = ["below 0.5", "0.5–0.7", "0.7–0.9", "0.9 or more"]
    let index = bounds.lastIndex { $0 <= found.iou } ?? 0
    return (bounds[index], texts[index])
  }

  static let route = Grouping(name: "headline") { found in
    let name = found.trial.route.name
    return (Double(Route.all.firstIndex { $0.name == name } ?? 0), name)
  }

  /// In the order of their keys.
  func groups<Element>(
    _ elements: [Element], _ found: (Element) -> Case?
  ) -> [(name: String, members: [Element])] {
    var groups: [String: (order: Double, members: [Element])] = [:]
    for element in elements {
      guard let (order, text) = found(element).map(key) else { continue }
      groups[text, default: (order, [])].members.append(element)
    }
    return groups.sorted { $0.value.order < $1.value.order }.map { ($0.key, $0.value.members) }
  }
}
